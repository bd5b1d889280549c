import * as z from 'zod';
import type { Access } from '../../../shared/access.ts';
import { type Clock, HOUR, type Instant, iso } from '../../../shared/clock.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { pageByName, paging, siteOnly } from '../../../shared/http/schemas.ts';
import { inParallel } from '../../../shared/many.ts';
import { GROUP_POLICY, type Policies, type PolicyValues } from '../../../shared/policy.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import { summed } from '../figures.ts';
import { MEASURE_IDS, type MeasureId } from '../measures/measure.ts';
import { rowName } from '../row.ts';
import { sitesFor, sitesIn } from '../sites.ts';
import type { Reporting, RunningCase } from '../store.ts';
import { tallyOf } from '../tally.ts';
import { caseView } from '../view.ts';
import { forecastOf, type Risk, risksOf } from './at-risk.ts';
import { type Heads, ownersOf } from './owners.ts';
import { atRiskOut, caseAtRiskView, dueOf, riskView } from './view.ts';

export interface AtRiskDeps {
  reporting: Reporting;
  heads: Heads;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<AtRiskDeps>();
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
});

/** How the figures at risk stand, over all the sites asked: their days together. */
const forecastsOf = async (
  reporting: Reporting,
  sites: readonly string[],
  risks: readonly Risk[],
  policy: PolicyValues,
  language: Language,
) => {
  const days = risks.map(({ day }) => day).sort();
  const [from, to] = [days[0] as string, days.at(-1) as string];
  const cells = (await inParallel(sites, WIDTH, (site) => reporting.days(site, from, to))).flat();
  const byDay = Map.groupBy(cells, ({ day }) => day);
  return risks
    .toSorted((a, b) => a.first - b.first || MEASURE_IDS.indexOf(a.measure) - MEASURE_IDS.indexOf(b.measure))
    .map((risk) => {
      const tally = tallyOf(summed(byDay.get(risk.day) ?? []), risk.measure);
      return riskView(risk, forecastOf(risk.measure, tally, risk.cases.length, policy), language);
    });
};

const nameOf = (one: RunningCase) => `${String(dueOf(one)).padStart(15, '0')}~${rowName(one.key)}`;

/** What is due at some sites by an instant and not done: figure by figure, and the cases with who owes them. */
const atRisk = async (
  { reporting, heads }: AtRiskDeps,
  sites: readonly string[],
  {
    until,
    measure,
    limit,
    after,
  }: { until: Instant; measure?: MeasureId | undefined; limit: number; after?: string | undefined },
  { now, policy, language }: { now: Instant; policy: PolicyValues; language: Language },
) => {
  const read = await inParallel(sites, WIDTH, (site) => reporting.running(site, until));
  const wanted = (one: RunningCase) => measure === undefined || (one.dues[measure] ?? until + 1) <= until;
  const cases = read
    .flatMap(({ items }) => items)
    .filter(wanted)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const risks = risksOf(cases, until).filter((risk) => measure === undefined || risk.measure === measure);
  const { items, next } = pageByName(cases, nameOf, { limit, after });
  const [figures, owners, rows] = await Promise.all([
    risks.length === 0 ? [] : forecastsOf(reporting, sites, risks, policy, language),
    ownersOf(heads, items, until),
    reporting.rows(items.map(({ key }) => key)),
  ]);
  return {
    until: iso(until),
    figures,
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
    async handle({ params: { site }, query: { within, ...query }, now, language }, deps) {
      const { values: policy } = await deps.policies.at(site, now);
      const until = now + (within ?? policy.atRiskHours) * HOUR;
      return atRisk(deps, [site], { ...query, until }, { now, policy, language });
    },
  }),
  route({
    method: 'GET',
    path: '/at-risk',
    summary: 'The same of several sites, their days together, against the group’s targets',
    who: 'staff',
    query: asked.extend({ sites: sitesIn }),
    answer: atRiskOut,
    async handle({ query: { sites: named, within, ...query }, person, now, language }, deps) {
      const [sites, { values: policy }] = await Promise.all([
        sitesFor(person, named, deps.policies),
        deps.policies.at(GROUP_POLICY, now),
      ]);
      const until = now + (within ?? policy.atRiskHours) * HOUR;
      const ids = sites.map(({ site }) => site);
      return atRisk(deps, ids, { ...query, until }, { now, policy, language });
    },
  }),
];
