import * as z from 'zod';
import type { Access } from '../../shared/access.ts';
import { addDays, type Clock, type Day, startOfDay } from '../../shared/clock.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { dayIn, pageOf, paging, siteOnly, siteParam } from '../../shared/http/schemas.ts';
import { GROUP_POLICY, type Policies } from '../../shared/policy.ts';
import type { Role } from '../../shared/posts.ts';
import { invalid } from '../../shared/refusal.ts';
import { casesOf } from './cases.ts';
import { PERIODS, report } from './figures.ts';
import { MEASURE_IDS, STATES } from './measures/measure.ts';
import type { Cell, Reporting } from './store.ts';
import { caseOut, reportOut } from './view.ts';

export interface Deps {
  reporting: Reporting;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
/** Days in one answer, at most. */
const DAYS = 400;
/** Sites read side by side. */
const SIDE_BY_SIDE = 8;
/** Sites read in one page of their list. */
const SITES = 100;

const range = z.strictObject({
  from: dayIn,
  to: dayIn.meta({ description: `Included; at most ${DAYS} days from \`from\`` }),
  by: z.enum(PERIODS).default('month'),
});

const checked = ({ from, to }: { from: Day; to: Day }) => {
  if (to < from) throw invalid({ field: 'query.to', rule: 'not before from' });
  if (to > addDays(from, DAYS - 1)) throw invalid({ field: 'query.to', rule: `at most ${DAYS} days from from` });
};

const opened = z.strictObject({
  day: dayIn.optional().meta({ description: 'One day; or else `from` and `to`' }),
  from: dayIn.optional(),
  to: dayIn.optional().meta({ description: `Included; at most ${DAYS} days from \`from\`` }),
  state: z.enum(STATES).optional(),
  ...paging,
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
  if (from === undefined || to === undefined) throw invalid({ field: 'query.day', rule: 'a day, or from and to' });
  checked({ from, to });
  return { from, to };
};

/** Roles that hold for the whole group. */
const GROUP: Role[] = ['quality-manager', 'group-manager', 'administrator'];

export const figureRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/figures',
    summary: "A site's figures by day, week or month, against the targets of its policy on the last day asked for",
    who: 'staff',
    params: siteOnly,
    query: range,
    answer: reportOut,
    async handle({ params, query }, { reporting, policies }) {
      checked(query);
      const { timeZone } = await policies.site(params.site);
      const [days, { values }] = await Promise.all([
        reporting.days(params.site, query.from, query.to),
        policies.at(params.site, startOfDay(query.to, timeZone)),
      ]);
      return { ...query, ...report(days, query.by, values) };
    },
  }),
  route({
    method: 'GET',
    path: '/figures',
    summary: "The group's figures: every site's days together, each its own calendar's, against the group's targets",
    who: GROUP,
    query: range,
    answer: reportOut,
    async handle({ query, now }, { reporting, policies }) {
      checked(query);
      const days: Cell[] = [];
      for (let page = await policies.list(SIDE_BY_SIDE); ; ) {
        const some = page.items.map(({ site }) => reporting.days(site, query.from, query.to));
        days.push(...(await Promise.all(some)).flat());
        const last = page.items.at(-1);
        if (!page.more || !last) break;
        page = await policies.list(SIDE_BY_SIDE, last.site);
      }
      return { ...query, ...report(days, query.by, (await policies.at(GROUP_POLICY, now)).values) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/figures/{measure}/cases',
    summary: "The cases behind a site's figure of a day or a range of days, with why each stands where it does",
    who: 'staff',
    params: z.object({ site: siteParam, measure: z.enum(MEASURE_IDS) }),
    query: opened,
    answer: pageOf(caseOut),
    handle: ({ params: { site, measure }, query }, { reporting }) =>
      casesOf(reporting, [site], { ...query, ...spanOf(query), measure }),
  }),
  route({
    method: 'GET',
    path: '/figures/{measure}/cases',
    summary: "The cases behind a group's figure, site by site",
    who: GROUP,
    params: z.object({ measure: z.enum(MEASURE_IDS) }),
    query: opened,
    answer: pageOf(caseOut),
    async handle({ params: { measure }, query }, { reporting, policies }) {
      const sites: string[] = [];
      for (let page = await policies.list(SITES); ; page = await policies.list(SITES, sites.at(-1))) {
        sites.push(...page.items.map(({ site }) => site));
        if (!page.more) break;
      }
      return casesOf(reporting, sites, { ...query, ...spanOf(query), measure });
    },
  }),
];
