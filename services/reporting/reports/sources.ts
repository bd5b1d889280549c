import { inParallel } from '../../../shared/aws/many.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { GROUP_POLICY, type PolicyValues, type SiteFacts } from '../../../shared/policy/policy.ts';
import { type Day, type Instant, localDay } from '../../../shared/time/clock.ts';
import { firstDay, type Month, monthOf, plusMonths } from '../../../shared/time/month.ts';
import { type AlertCounts, alertCounts, totalOf } from '../alerts/contract-store.ts';
import type { Collection } from '../collections/contract-store.ts';
import {
  type Counts,
  casesOn,
  type DayCounts,
  type Figures,
  report,
  type Span,
  spanBefore,
  sum,
  summed,
} from '../figures/contract.ts';
import type { Reporting } from '../figures/contract-store.ts';
import { monthId } from '../months/contract.ts';
import type { Months } from '../months/contract-store.ts';
import { foldCases, readCases, SERVICE_FAMILIES, serviceView } from '../service-figures/contract.ts';
import { type Content, LEADING, monthsOf, type Point, spanOf } from './content.ts';
import type { Improvements } from './improvements/store.ts';

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

/** A refusal where a period is not over yet at every one of some sites, by their own calendars, or was before they opened. */
export const refusedTime = (sites: readonly SiteFacts[], period: string, now: Instant): Refusal | undefined => {
  const { to } = spanOf(period);
  if (!sites.every(({ timeZone }) => localDay(now, timeZone) > to)) return refuse('report.not-over', { period });
  const began = sites.some(({ since, timeZone }) => since === undefined || localDay(since, timeZone) <= to);
  return began ? undefined : refuse('report.before-opening', { period });
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

/** Counts of a site in a period, and in the one before. */
export interface SiteCounts {
  site: string;
  now: Counts;
  before: Counts;
}

/**
 * What a report says of the targets: its figures beside those before, and twelve months of them. Every site's months are read
 * once and added up as they come, so that ten thousand sites need no more room than one.
 * @param each keeps of each site what is said of it by itself
 */
export const readFigures = async (
  { reporting }: Sources,
  sites: readonly string[],
  period: string,
  policy: PolicyValues,
  each?: (one: SiteCounts) => void,
) => {
  const span = spanOf(period);
  const [over, previous] = [trendSpan(span.to), spanBefore(span)];
  const [from = over.from] = [previous.from, over.from].sort();
  const read = { from, to: span.to };
  const months = new Map<Day, Counts>();
  const within = (parts: readonly DayCounts[], { from, to }: Span) =>
    parts.filter(({ day }) => from <= day && day <= to);
  await inParallel(sites, SIDE_BY_SIDE, async (site) => {
    const cells = await reporting.cells(site, 'month', read);
    for (const { day, counts } of cells) months.set(day, sum([months.get(day) ?? {}, counts]));
    each?.({ site, now: summed(within(cells, span)), before: summed(within(cells, previous)) });
  });
  const parts = [...months].map(([day, counts]): DayCounts => ({ day, counts }));
  const now = within(parts, span);
  const { total } = report(now, 'month', span, within(parts, previous), policy);
  const { periods } = report(within(parts, over), 'month', over, [], policy);
  return { counts: summed(now), previous, figures: total, trend: trendOf(periods, span.to) };
};

export const readClosed = async ({ months }: Sources, site: string, period: string) => {
  const heads = await months.heads(site, monthsOf(period).map(monthId));
  return heads.flatMap(({ state }) => (state ? [{ month: state.month, hash: state.hash }] : []));
};

/** Cases that a report breaks down, at most: as many rows as its function holds at once. */
const CASES = 100_000;

/**
 * Complaints, callbacks and promises broken down, read site by site; nothing where there are more of them than can be held.
 * @param counts of the period: they say how many there are
 */
export const readService = async (
  { reporting, directory }: Sources,
  sites: string[],
  span: Span,
  { now, policy, counts }: { now: Instant; policy: PolicyValues; counts: Counts },
): Promise<Pick<Content, 'service'>> => {
  const cases = SERVICE_FAMILIES.reduce((all, family) => all + casesOn(counts, family), 0);
  if (cases > CASES) return {};
  const read = await inParallel(sites, SIDE_BY_SIDE, (site) => readCases(reporting, [site], span, CASES));
  const found = await foldCases(directory, read, span, { at: now, policy });
  const view = serviceView(found, { ...span, sites, at: now });
  // Whose homes complained often is for whoever may see the list; a report says how many.
  const { repeats, ...complaints } = view.complaints;
  return { service: { ...view, complaints: { ...complaints, repeats: { ...repeats, top: [] } } } };
};

/** How many alerts (预警) there were in the months of a period at some sites, by rule. */
export const readAlerts = async (
  { alerts }: Sources,
  sites: readonly string[],
  period: string,
): Promise<AlertCounts> => {
  const asked = sites.flatMap((site) => monthsOf(period).map((month) => ({ site, month })));
  const all = await inParallel(asked, SIDE_BY_SIDE, ({ site, month }) => alertCounts(alerts, site, month));
  return totalOf(all);
};
