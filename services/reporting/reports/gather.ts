import { inParallel } from '../../../shared/aws/many.ts';
import type { PolicyValues, SiteFacts } from '../../../shared/policy/policy.ts';
import { type Instant, startOfDay } from '../../../shared/time/clock.ts';
import { compared, compareRates, everySite } from '../figures/contract.ts';
import { type Content, LEADING, MOST, monthsOf, type SiteLine, spanOf } from './content.ts';
import { improvementsOf, readImprovements } from './improving.ts';
import { readArrears, readMoney } from './money.ts';
import { GROUP, readAlerts, readClosed, readFigures, readService, type SiteCounts, type Sources } from './sources.ts';

/** Sites asked side by side. */
const SIDE_BY_SIDE = 50;

/** Names of the departments that some sites have; where sites name one differently, as the last does. */
const namesOf = (all: readonly SiteFacts[]): Record<string, string> =>
  Object.fromEntries(all.flatMap(({ departments }) => departments.map(({ id, name }) => [id, name])));

/** Everything that the report of a site says, as it stands now. */
export const gatherSite = async (sources: Sources, site: string, period: string, now: Instant): Promise<Content> => {
  const facts = await sources.policies.site(site);
  const { name, timeZone } = facts;
  const span = spanOf(period);
  const { values: policy } = await sources.policies.at(site, startOfDay(span.to, timeZone));
  const { counts, figures, previous, trend } = await readFigures(sources, [site], period, policy);
  const [service, alerts, collection, arrears, improvements, closed] = await Promise.all([
    readService(sources, [site], span, { now, policy, counts }),
    readAlerts(sources, [site], period),
    readMoney(sources.collection, [site], 'building', period),
    readArrears(sources.collection, [site], period),
    readImprovements(sources, facts, span.from, now),
    readClosed(sources, site, period),
  ]);
  return {
    v: 1,
    site,
    name,
    zone: timeZone,
    departments: namesOf([facts]),
    placeFormat: facts.placeFormat,
    period,
    span,
    previous,
    composedAt: now,
    closed,
    signed: { months: closed.length, of: monthsOf(period).length },
    figures,
    trend,
    ...service,
    alerts,
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

/** How a site stands in each target. */
const standingOf = ({ now, before }: Omit<SiteCounts, 'site'>, policy: PolicyValues): SiteLine['figures'] => {
  const of = (id: (typeof LEADING)[number]) => {
    const { rate, onTarget = null, change } = compared(id, now, before, policy);
    return [id, { rate, onTarget, change }] as const;
  };
  return Object.fromEntries(LEADING.map(of)) as SiteLine['figures'];
};

/** Everything that the report of the group says: all its sites together, and each beside the others. */
export const gatherGroup = async (sources: Sources, period: string, now: Instant): Promise<Content> => {
  const all = await everySite(sources.policies);
  const ids = all.map(({ site }) => site);
  const span = spanOf(period);
  const zone = all[0]?.timeZone ?? 'UTC';
  const { values: policy } = await sources.policies.at(GROUP, startOfDay(span.to, zone));
  const lines: SiteLine[] = [];
  const names = new Map(all.map(({ site, name }) => [site, name]));
  const { counts, previous, figures, trend } = await readFigures(sources, ids, period, policy, ({ site, ...of }) => {
    lines.push({ site, name: names.get(site) ?? site, figures: standingOf(of, policy) });
  });
  const [service, alerts, collection, arrears, improvements, closed] = await Promise.all([
    readService(sources, ids, span, { now, policy, counts }),
    readAlerts(sources, ids, period),
    readMoney(sources.collection, ids, 'site', period),
    readArrears(sources.collection, ids, period),
    inParallel(all, SIDE_BY_SIDE, (one) => readImprovements(sources, one, span.from, now)),
    inParallel(ids, SIDE_BY_SIDE, (site) => readClosed(sources, site, period)),
  ]);
  return {
    v: 1,
    site: GROUP,
    name: '',
    zone,
    departments: namesOf(all),
    period,
    span,
    previous,
    composedAt: now,
    closed: [],
    signed: { months: closed.flat().length, of: ids.length * monthsOf(period).length },
    figures,
    trend,
    ...service,
    alerts,
    collection,
    arrears,
    sites: {
      lines: lines.sort(furthestFirst).slice(0, MOST),
      more: Math.max(0, lines.length - MOST),
      count: lines.length,
      missing: lines.filter((line) => missed(line) > 0).length,
      idle: lines.filter(({ figures }) => LEADING.every((id) => figures[id].rate === null)).length,
    },
    improvements: improvementsOf(improvements.flat()),
  };
};
