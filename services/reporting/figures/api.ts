import * as z from 'zod';
import { invalid } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, pageAmong, paging, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import type { Access } from '../../../shared/people/access.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { GROUP_POLICY, type PolicyValues, type SiteFacts } from '../../../shared/policy/policy.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { type Clock, type Day, startOfDay } from '../../../shared/time/clock.ts';
import { casesOf } from './cases.ts';
import type { CountCell } from './cell-store.ts';
import { closingByPeriod, closingOf, NOTHING } from './closing.ts';
import { report, summed } from './figures.ts';
import { asOfView } from './fresh.ts';
import { league } from './league.ts';
import { MEASURE_IDS, STATES } from './measures/measure.ts';
import { readSpan } from './reading.ts';
import { caseFiles, leagueFiles, reportFiles } from './sheets.ts';
import { sitesFor, sitesIn } from './sites.ts';
import { checked, DAYS, DAYS_MAX, PERIODS, type Period, type Span, spanBefore } from './span.ts';
import type { Reporting } from './store.ts';
import { casesOut, leagueOut, reportOut } from './view.ts';

export interface Deps {
  reporting: Reporting;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();

const range = z.strictObject({
  from: dayIn,
  to: dayIn.meta({ description: `Included; ${DAYS_MAX}` }),
  by: z.enum(PERIODS).default('month'),
  ...formatted,
});

const opened = z.strictObject({
  day: dayIn.optional().meta({ description: 'One day; or else `from` and `to`' }),
  from: dayIn.optional(),
  to: dayIn.optional().meta({ description: `Included; at most ${DAYS.day} days from \`from\`` }),
  state: z.enum(STATES).optional(),
  ...paging,
  ...formatted,
});

/** The days asked for, as a span. */
const spanOf = ({
  day,
  from = day,
  to = day,
}: {
  day?: Day | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
}) => {
  if (from === undefined || to === undefined) throw invalid({ field: 'query.day', rule: 'field.day-or-span' });
  checked({ from, to });
  return { from, to };
};

/** The figures of some sites' days together. */
const reportOn = async (reporting: Reporting, sites: string[], query: FiguresQuery, policy: PolicyValues) => {
  const { cells, before, closed } = await readSpan(reporting, sites, query, query.by);
  const { periods, ...rest } = report(cells, query.by, query, before, policy);
  const by = closingByPeriod(sites.length, query, query.by, closed);
  return {
    ...query,
    sites,
    asOf: asOfView(cells),
    closing: closingOf(sites, query, closed),
    periods: periods.map((one) => ({ ...one, closing: by.get(one.period) ?? NOTHING })),
    ...rest,
  };
};
/** Each site's counts in a span and in the one before. */
const readSites = async (reporting: Reporting, sites: readonly SiteFacts[], span: Span) => {
  const { cells, before } = await readSpan(
    reporting,
    sites.map(({ site }) => site),
    span,
    'month',
  );
  const [now, then] = [cells, before].map((some) => Map.groupBy(some, ({ site }) => site));
  const of = (some: Map<string, CountCell[]> | undefined, site: string) => summed(some?.get(site) ?? []);
  return { asOf: asOfView(cells), countsOf: (site: string) => ({ now: of(now, site), before: of(then, site) }) };
};
type FiguresQuery = Span & { by: Period };

export const figureRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/figures',
    summary:
      "A site's figures by day, week, month, quarter or year, against the targets of its policy on the last day asked for and the span before",
    who: 'staff',
    params: siteOnly,
    query: range,
    answer: reportOut,
    files: reportFiles,
    async handle({ params: { site }, query }, { reporting, policies }) {
      checked(query, query.by);
      const { timeZone } = await policies.site(site);
      const { values } = await policies.at(site, startOfDay(query.to, timeZone));
      return reportOn(reporting, [site], query, values);
    },
  }),
  route({
    method: 'GET',
    path: '/figures',
    summary: 'The figures of several sites, their days together, each its own calendar’s, against the group’s targets',
    who: 'staff',
    query: range.extend({ sites: sitesIn }),
    answer: reportOut,
    files: reportFiles,
    async handle({ query: { sites: named, ...query }, person, now }, { reporting, policies }) {
      checked(query, query.by);
      const [sites, { values }] = await Promise.all([
        sitesFor(person, named, policies),
        policies.at(GROUP_POLICY, now),
      ]);
      return reportOn(
        reporting,
        sites.map(({ site }) => site),
        query,
        values,
      );
    },
  }),
  route({
    method: 'GET',
    path: '/figures/league',
    summary: 'Sites in the order of their rate in one measure, all against the group’s targets',
    who: 'staff',
    query: z.strictObject({
      measure: z.enum(MEASURE_IDS),
      from: dayIn,
      to: dayIn.meta({ description: `Included; at most ${DAYS.month} days from \`from\`` }),
      sites: sitesIn,
      ...paging,
      ...formatted,
    }),
    answer: leagueOut,
    files: leagueFiles,
    async handle({ query: { sites: named, limit, after, ...query }, person, now }, { reporting, policies }) {
      checked(query);
      const [sites, { values }] = await Promise.all([
        sitesFor(person, named, policies),
        policies.at(GROUP_POLICY, now),
      ]);
      const { asOf, countsOf } = await readSites(reporting, sites, query);
      const places = league(query.measure, sites, countsOf, values);
      return {
        ...query,
        asOf,
        previous: spanBefore(query),
        ...pageAmong(places, ({ site }) => site, { limit, after }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/figures/{measure}/cases',
    summary: "The cases behind a site's figure of a day or a range of days, with why each stands where it does",
    who: 'staff',
    params: z.object({ site: siteParam, measure: z.enum(MEASURE_IDS) }),
    query: opened,
    answer: casesOut,
    files: caseFiles,
    handle: ({ params: { site, measure }, query, person }, { reporting }) =>
      casesOf(reporting, [site], { ...query, ...spanOf(query), measure, person }),
  }),
  route({
    method: 'GET',
    path: '/figures/{measure}/cases',
    summary: 'The cases behind a figure of several sites, site by site',
    who: 'staff',
    params: z.object({ measure: z.enum(MEASURE_IDS) }),
    query: opened.extend({ sites: sitesIn }),
    answer: casesOut,
    files: caseFiles,
    async handle({ params: { measure }, query: { sites: named, ...query }, person }, { reporting, policies }) {
      const span = spanOf(query);
      const sites = (await sitesFor(person, named, policies)).map(({ site }) => site);
      return casesOf(reporting, sites, { ...query, ...span, measure, person });
    },
  }),
];
