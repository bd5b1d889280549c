import { type Day, type Instant, localDay } from '../../../shared/clock.ts';
import { inParallel } from '../../../shared/many.ts';
import { firstDay, type Month, monthOf, plusMonths } from '../../../shared/month.ts';
import { GROUP_POLICY, type Policies, type PolicyValues, type SiteFacts } from '../../../shared/policy.ts';
import { Refusal, refuse } from '../../../shared/refusal.ts';
import type { Directory } from '../../../shared/units.ts';
import { type AlertCounts, alertCounts } from '../alerts/store.ts';
import type { Collection } from '../collection/store.ts';
import { type Figures, report } from '../figures.ts';
import type { Improvements } from '../improvements/store.ts';
import { monthId } from '../months/month.ts';
import type { Months } from '../months/store.ts';
import { readSpan } from '../reading.ts';
import { serviceOf } from '../service/reading.ts';
import { serviceView } from '../service/view.ts';
import type { Span } from '../span.ts';
import type { Reporting } from '../store.ts';
import { type Content, LEADING, monthsOf, type Point, spanOf } from './content.ts';

export interface Sources {
  reporting: Reporting;
  collection: Collection;
  months: Months;
  improvements: Improvements;
  policies: Policies;
  directory: Directory;
  /** Where alerts are counted. */
  alerts: Parameters<typeof alertCounts>[0];
}

/** Under what the group itself is kept: no site's. */
export const GROUP = GROUP_POLICY;
/** Months that lines over time are drawn of. */
const TREND = 12;
/** Items read side by side. */
const SIDE_BY_SIDE = 50;

/** Whether a period is over at every one of some sites, by their own calendars. @returns a refusal where it isn't */
export const isOver = (sites: readonly SiteFacts[], period: string, now: Instant): Refusal | undefined => {
  const { to } = spanOf(period);
  return sites.every(({ timeZone }) => localDay(now, timeZone) > to)
    ? undefined
    : refuse('report.not-over', { period });
};

/** A month so many before the one a day lies in. */
const monthsBefore = (day: Day, months: number): Month => plusMonths(monthOf(day), -months);
/** Twelve months that end with the period's last. */
const trendSpan = (to: string): Span => ({ from: firstDay(monthsBefore(to, TREND - 1)), to });

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
export const readFigures = async (
  { reporting }: Sources,
  sites: readonly string[],
  period: string,
  policy: PolicyValues,
) => {
  const span = spanOf(period);
  const over = trendSpan(span.to);
  const [{ cells, before }, trend] = await Promise.all([
    readSpan(reporting, sites, span, 'month'),
    readSpan(reporting, sites, over, 'month'),
  ]);
  const { total, previous } = report(cells, 'month', span, before, policy);
  const { periods } = report(trend.cells, 'month', over, trend.before, policy);
  return { cells, before, previous, figures: total, trend: trendOf(periods, span.to) };
};

export const readClosed = async ({ months }: Sources, site: string, period: string) => {
  const heads = await months.heads(site, monthsOf(period).map(monthId));
  return heads.flatMap(({ state }) => (state ? [{ month: state.month, hash: state.hash }] : []));
};

/** Complaints, callbacks and promises broken down; nothing where there are more of them than can be read at once. */
export const readService = async (
  sources: Sources,
  sites: string[],
  span: Span,
  { now, policy }: { now: Instant; policy: PolicyValues },
): Promise<Pick<Content, 'service'>> => {
  try {
    const found = await serviceOf(sources, sites, span, { at: now, policy });
    return { service: serviceView(found, { ...span, sites, at: now }) };
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
};

/** How many alerts (预警) there were in the months of a period at some sites, by kind. */
export const readAlerts = async (
  { alerts }: Sources,
  sites: readonly string[],
  period: string,
): Promise<AlertCounts> => {
  const asked = sites.flatMap((site) => monthsOf(period).map((month) => ({ site, month })));
  const all = await inParallel(asked, SIDE_BY_SIDE, ({ site, month }) => alertCounts(alerts, site, month));
  const sum = (kind: keyof AlertCounts) => {
    const of = (name: keyof AlertCounts['major']) => all.reduce((total, one) => total + one[kind][name], 0);
    return { raised: of('raised'), acknowledged: of('acknowledged'), late: of('late') };
  };
  return { major: sum('major'), rise: sum('rise'), 'at-risk': sum('at-risk') };
};
