import { type Day, type Instant, localDay, startOfDay } from '../../../shared/clock.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { inParallel } from '../../../shared/many.ts';
import { GROUP_POLICY, type Policies, type SiteFacts } from '../../../shared/policy.ts';
import { type Refusal, refuse } from '../../../shared/refusal.ts';
import { compareRates } from '../change.ts';
import type { Collection } from '../collection/store.ts';
import { compared, type Figures, report, summed } from '../figures.ts';
import type { Improvement } from '../improvements/improvement.ts';
import type { Improvements } from '../improvements/store.ts';
import { isLate } from '../improvements/view.ts';
import { monthId } from '../months/month.ts';
import type { Months } from '../months/store.ts';
import { readSpan } from '../reading.ts';
import { everySite } from '../sites.ts';
import type { Span } from '../span.ts';
import type { Reporting } from '../store.ts';
import {
  type Content,
  type ImprovementLine,
  LEADING,
  MOST,
  monthsOf,
  type Point,
  type SiteLine,
  spanOf,
} from './content.ts';
import { readArrears, readMoney } from './money.ts';

export interface Sources {
  reporting: Reporting;
  collection: Collection;
  months: Months;
  improvements: Improvements;
  policies: Policies;
}

/** Under what the group itself is kept: no site's. */
export const GROUP = GROUP_POLICY;
/** Months that lines over time are drawn of. */
const TREND = 12;
/** Finished improvements looked through, the newest first. */
const FINISHED = 100;
/** Sites asked side by side. */
const SIDE_BY_SIDE = 50;

/** Whether a period is over at every one of some sites, by their own calendars. @returns a refusal where it isn't */
export const isOver = (sites: readonly SiteFacts[], period: string, now: Instant): Refusal | undefined => {
  const { to } = spanOf(period);
  return sites.every(({ timeZone }) => localDay(now, timeZone) > to)
    ? undefined
    : refuse('report.not-over', { period });
};

/** A month so many before the one a day lies in. */
const monthsBefore = (day: string, months: number): string => {
  const n = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
};
/** Twelve months that end with the period's last. */
const trendSpan = (to: string): Span => ({ from: `${monthsBefore(to, TREND - 1)}-01`, to });

/** Each of those months, also where nothing was counted. */
const trendOf = (
  periods: readonly { period: string; figures: Pick<Figures, (typeof LEADING)[number]> }[],
  to: string,
): Point[] => {
  if (periods.length === 0) return [];
  const known = new Map(periods.map(({ period, figures }) => [period, figures]));
  return Array.from({ length: TREND }, (_, i) => monthsBefore(to, TREND - 1 - i)).map((month) => ({
    month,
    rates: Object.fromEntries(LEADING.map((id) => [id, known.get(month)?.[id].rate ?? null])) as Point['rates'],
  }));
};

/** What a report says of the targets: its figures beside those before, and twelve months of them. */
const readFigures = async (
  { reporting, policies }: Sources,
  site: string,
  sites: readonly string[],
  period: string,
  now: Instant,
) => {
  const span = spanOf(period);
  const over = trendSpan(span.to);
  const [{ cells, before }, trend, { values }] = await Promise.all([
    readSpan(reporting, sites, span, 'month'),
    readSpan(reporting, sites, over, 'month'),
    policies.at(site, site === GROUP ? now : startOfDay(span.to, (await policies.site(site)).timeZone)),
  ]);
  const { total, previous } = report(cells, 'month', span, before, values);
  return {
    cells,
    before,
    values,
    previous,
    figures: total,
    trend: trendOf(report(trend.cells, 'month', over, trend.before, values).periods, span.to),
  };
};

const lineOf = (
  { id, site, state }: Current<Improvement>,
  { departments }: SiteFacts,
  now: Instant,
): ImprovementLine[] => {
  if (!state) return [];
  const { topic, words, post, dueDay, status, said } = state;
  const department = departments.find((one) => one.id === post.department)?.name;
  const owner = { post, ...(department === undefined ? {} : { department }) };
  return [{ id, site, topic, words, ...owner, dueDay, status, late: isLate(state, now), ...(said ? { said } : {}) }];
};

/** What is to become better: all that is planned, and what was done or dropped since the period began. */
const readImprovements = async ({ improvements }: Sources, facts: SiteFacts, from: Day, now: Instant) => {
  const { site, timeZone } = facts;
  const since = startOfDay(from, timeZone);
  const [open, ended] = await Promise.all([
    improvements.list(site, false, FINISHED),
    improvements.list(site, true, FINISHED),
  ]);
  const lately = ended.items.filter(({ state }) => (state?.endedAt ?? 0) >= since);
  return [...open.items, ...lately].flatMap((one) => lineOf(one, facts, now));
};

/** Late ones first, then by the day they are due. */
const improvementsOf = (all: readonly ImprovementLine[]): Content['improvements'] => {
  const order = ({ late, dueDay, id }: ImprovementLine) => `${late ? 0 : 1}${dueDay}${id}`;
  const sorted = [...all].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const ofStatus = (status: ImprovementLine['status']) => all.filter((one) => one.status === status);
  const open = ofStatus('planned');
  return {
    lines: sorted.slice(0, MOST),
    more: Math.max(0, sorted.length - MOST),
    open: open.length,
    late: open.filter(({ late }) => late).length,
    done: ofStatus('done').length,
    dropped: ofStatus('dropped').length,
  };
};

const readClosed = async ({ months }: Sources, site: string, period: string) => {
  const heads = await months.heads(site, monthsOf(period).map(monthId));
  return heads.flatMap(({ state }) => (state ? [{ month: state.month, hash: state.hash }] : []));
};

/** Everything that the report of a site says, as it stands now. */
export const composeSite = async (sources: Sources, site: string, period: string, now: Instant): Promise<Content> => {
  const facts = await sources.policies.site(site);
  const { name, timeZone } = facts;
  const span = spanOf(period);
  const [{ figures, previous, trend }, collection, arrears, improvements, closed] = await Promise.all([
    readFigures(sources, site, [site], period, now),
    readMoney(sources.collection, [site], 'building', period),
    readArrears(sources.collection, [site], period),
    readImprovements(sources, facts, span.from, now),
    readClosed(sources, site, period),
  ]);
  return {
    site,
    name,
    zone: timeZone,
    period,
    span,
    previous,
    composedAt: now,
    closed,
    figures,
    trend,
    collection,
    arrears,
    improvements: improvementsOf(improvements),
  };
};

/** How many of the targets a site missed. */
const missed = ({ figures }: SiteLine): number => LEADING.filter((id) => figures[id].onTarget === false).length;
/** Sites by how many of the targets they missed, the most first; then by the callback rate, the lowest first; then by id. */
const furthestFirst = (a: SiteLine, b: SiteLine): number => {
  const [x, y] = [a.figures.Q3.rate, b.figures.Q3.rate];
  return missed(b) - missed(a) || (x && y ? compareRates(x, y) : 0) || (a.site < b.site ? -1 : 1);
};

/** Everything that the report of the group says: all its sites together, and each beside the others. */
export const composeGroup = async (sources: Sources, period: string, now: Instant): Promise<Content> => {
  const all = await everySite(sources.policies);
  const ids = all.map(({ site }) => site);
  const span = spanOf(period);
  const [read, collection, arrears, improvements] = await Promise.all([
    readFigures(sources, GROUP, ids, period, now),
    readMoney(sources.collection, ids, 'site', period),
    readArrears(sources.collection, ids, period),
    inParallel(all, SIDE_BY_SIDE, (one) => readImprovements(sources, one, span.from, now)),
  ]);
  const { cells, before, values, previous, figures, trend } = read;
  const [bySite, beforeBySite] = [cells, before].map((some) => Map.groupBy(some, ({ site }) => site));
  const lines = all.map(({ site, name }): SiteLine => {
    const [now, then] = [summed(bySite?.get(site) ?? []), summed(beforeBySite?.get(site) ?? [])];
    const of = (id: (typeof LEADING)[number]) => {
      const { rate, onTarget = null, change } = compared(id, now, then, values);
      return [id, { rate, onTarget, change }] as const;
    };
    return { site, name, figures: Object.fromEntries(LEADING.map(of)) as SiteLine['figures'] };
  });
  return {
    site: GROUP,
    name: '',
    zone: all[0]?.timeZone ?? 'UTC',
    period,
    span,
    previous,
    composedAt: now,
    closed: [],
    figures,
    trend,
    collection,
    arrears,
    sites: {
      lines: lines.sort(furthestFirst).slice(0, MOST),
      more: Math.max(0, lines.length - MOST),
      count: lines.length,
      missing: lines.filter((line) => missed(line) > 0).length,
    },
    improvements: improvementsOf(improvements.flat()),
  };
};
