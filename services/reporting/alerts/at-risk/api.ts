import * as z from 'zod';
import { inParallel } from '../../../../shared/aws/many.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import { pageByName, paging, siteOnly } from '../../../../shared/http/schemas.ts';
import { ordered } from '../../../../shared/journal/ordered.ts';
import type { Access } from '../../../../shared/people/access.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { GROUP_POLICY, type PolicyValues, type SiteFacts } from '../../../../shared/policy/policy.ts';
import { formatted } from '../../../../shared/sheet/files.ts';
import type { Language } from '../../../../shared/text/catalogue.ts';
import { type Clock, HOUR, type Instant, iso, localDay } from '../../../../shared/time/clock.ts';
import { firstDay, monthOf, plusMonths } from '../../../../shared/time/month.ts';
import {
  asOfView,
  caseView,
  MEASURE_IDS,
  type MeasureId,
  rowName,
  sitesFor,
  sitesIn,
  summed,
  tallyOf,
} from '../../figures/contract.ts';
import type { CountCell, Reporting, RunningCase } from '../../figures/contract-store.ts';
import { forecastOf, type Risk, risksOf } from './at-risk.ts';
import { type Heads, ownersOf } from './owners.ts';
import { atRiskFiles } from './sheets.ts';
import { atRiskOut, caseAtRiskView, dueOf, riskView } from './view.ts';

export interface AtRiskDeps {
  reporting: Reporting;
  heads: Heads;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<AtRiskDeps>();
type Place = Pick<SiteFacts, 'site' | 'timeZone'>;
/** Sites asked at once. */
const WIDTH = 100;

const asked = z.strictObject({
  within: z.coerce
    .number()
    .int()
    .min(1)
    .max(72)
    .optional()
    .meta({ description: 'Hours ahead, 1 to 72; as many as the policy says where absent' }),
  measure: z.enum(MEASURE_IDS).optional(),
  ...paging,
  ...formatted,
});

/** The counts of the days of which something is at risk. */
const daysOf = async (reporting: Reporting, sites: readonly Place[], risks: readonly Risk[]): Promise<CountCell[]> => {
  const days = risks.map(({ day }) => day).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return [];
  return (await inParallel(sites, WIDTH, ({ site }) => reporting.days(site, from, to))).flat();
};

/** The counts of each site's month and of the one before: where nothing is at risk, too, they say how much was heard of. */
const monthsOf = async (reporting: Reporting, sites: readonly Place[], until: Instant): Promise<CountCell[]> => {
  const found = await inParallel(sites, WIDTH, ({ site, timeZone }) => {
    const month = monthOf(localDay(until, timeZone));
    return reporting.cells(site, 'month', { from: firstDay(plusMonths(month, -1)), to: firstDay(month) });
  });
  return found.flat();
};

/** How the figures at risk stand, over all the sites asked: their days together. */
const forecastsOf = (cells: readonly CountCell[], risks: readonly Risk[], policy: PolicyValues, language: Language) => {
  const byDay = Map.groupBy(cells, ({ day }) => day);
  return risks
    .toSorted((a, b) => a.first - b.first || MEASURE_IDS.indexOf(a.measure) - MEASURE_IDS.indexOf(b.measure))
    .map((risk) => {
      const tally = tallyOf(summed(byDay.get(risk.day) ?? []), risk.measure);
      return riskView(risk, forecastOf(risk.measure, tally, risk.cases.length, policy), language);
    });
};

const nameOf = (one: RunningCase) => `${ordered(dueOf(one))}~${rowName(one.key)}`;

/** What is due at some sites by an instant and not done: figure by figure, and the cases with who owes them. */
const atRisk = async (
  { reporting, heads }: AtRiskDeps,
  sites: readonly Place[],
  {
    until,
    measure,
    limit,
    after,
  }: { until: Instant; measure?: MeasureId | undefined; limit: number; after?: string | undefined },
  { now, policy, language }: { now: Instant; policy: PolicyValues; language: Language },
) => {
  const read = await inParallel(sites, WIDTH, ({ site }) => reporting.running(site, until));
  const wanted = (one: RunningCase) => measure === undefined || (one.dues[measure] ?? until + 1) <= until;
  const cases = read
    .flatMap(({ items }) => items)
    .filter(wanted)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const risks = risksOf(cases, until).filter((risk) => measure === undefined || risk.measure === measure);
  const { items, next } = pageByName(cases, nameOf, { limit, after });
  const [days, months, owners, rows] = await Promise.all([
    daysOf(reporting, sites, risks),
    monthsOf(reporting, sites, until),
    ownersOf(heads, items, until),
    reporting.rows(items.map(({ key }) => key)),
  ]);
  return {
    until: iso(until),
    asOf: asOfView([...days, ...months]),
    figures: forecastsOf(days, risks, policy, language),
    more: read.some(({ more }) => more),
    items: items.flatMap((one, i) => {
      const [first] = Object.keys(one.dues) as MeasureId[];
      const stands = first && rows[i] && caseView(rows[i], measure ?? first);
      return stands ? [caseAtRiskView(stands, one, owners.get(rowName(one.key)), now)] : [];
    }),
    ...(next === undefined ? {} : { next }),
  };
};

export const atRiskRoutes: Route<AtRiskDeps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/at-risk',
    summary:
      'What is due at a site in the next hours and not done, with who owes it, and what becomes of the figures if none of it is',
    who: 'staff',
    params: siteOnly,
    query: asked,
    answer: atRiskOut,
    files: atRiskFiles,
    async handle({ params: { site }, query: { within, format: _, ...query }, now, language }, deps) {
      const [facts, { values: policy }] = await Promise.all([deps.policies.site(site), deps.policies.at(site, now)]);
      const until = now + (within ?? policy.atRiskHours) * HOUR;
      return atRisk(deps, [facts], { ...query, until }, { now, policy, language });
    },
  }),
  route({
    method: 'GET',
    path: '/at-risk',
    summary: 'The same of several sites, their days together, against the group’s targets',
    who: 'staff',
    query: asked.extend({ sites: sitesIn }),
    answer: atRiskOut,
    files: atRiskFiles,
    async handle({ query: { sites: named, within, format: _, ...query }, person, now, language }, deps) {
      const [sites, { values: policy }] = await Promise.all([
        sitesFor(person, named, deps.policies),
        deps.policies.at(GROUP_POLICY, now),
      ]);
      const until = now + (within ?? policy.atRiskHours) * HOUR;
      return atRisk(deps, sites, { ...query, until }, { now, policy, language });
    },
  }),
];
