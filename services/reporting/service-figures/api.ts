import * as z from 'zod';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, oneLine, pageByName, paging, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import type { Access, Person } from '../../../shared/people/access.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { GROUP_POLICY } from '../../../shared/policy/policy.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { type Clock, type Instant, startOfDay } from '../../../shared/time/clock.ts';
import { buildingFrom } from '../../../shared/values/place.ts';
import { KINDS } from '../../complaints/events.ts';
import {
  asOfView,
  caseFiles,
  casesOf,
  casesOut,
  checked,
  DAYS,
  type Span,
  STATES,
  sitesFor,
  sitesIn,
} from '../figures/contract.ts';
import { onLines } from './cases.ts';
import { ATTEMPTS, DAYS_OPEN, TIMINGS } from './dimensions.ts';
import { OFTEN, READ_MAX, type Deps as Reading, repeatersOf, serviceOf } from './reading.ts';
import { repeaterKey } from './repeats.ts';
import { repeaterFiles, serviceFiles } from './sheets.ts';
import { repeatersOut, repeaterView, serviceOut, serviceView } from './view.ts';

export interface Deps extends Reading {
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();

export const span = {
  from: dayIn,
  to: dayIn.meta({ description: `Included; at most ${DAYS.day} days from \`from\`; ${READ_MAX}` }),
};
const asked = z.strictObject({
  ...span,
  repeatFrom: z.coerce
    .number()
    .int()
    .min(2)
    .max(50)
    .default(OFTEN)
    .meta({ description: 'From how many complaints on a unit is one that complains often' }),
  ...formatted,
});

/** What the report's numbers open into. */
const figure = z.enum(['closing', 'not-valid', 'closed', 'reopened', 'Q3', 'reached', 'promised']);
export const line = oneLine.max(60).optional();
const opened = z.strictObject({
  from: dayIn,
  to: dayIn.meta({ description: `Included; at most ${DAYS.day} days from \`from\`` }),
  state: z.enum(STATES).optional(),
  kind: z.enum(KINDS).optional(),
  department: line.meta({ description: 'Empty: those of which it isn’t known' }),
  building: oneLine
    .max(60)
    .overwrite(buildingFrom)
    .optional()
    .meta({ description: 'Empty: those of which it isn’t known' }),
  days: z.enum(DAYS_OPEN).optional().meta({ description: 'How long it was open, or is by now' }),
  attempts: z.enum(ATTEMPTS).optional(),
  timing: z.enum(TIMINGS).optional(),
  ...paging,
  ...formatted,
});
type Opened = Omit<z.output<typeof opened>, 'format'>;

/** The cases behind a number of the report, at some sites. */
const casesBehind = (
  { reporting, directory }: Deps,
  sites: readonly string[],
  of: z.output<typeof figure>,
  { from, to, state, limit, after, ...lines }: Opened,
  { person, now: at }: { person: Person; now: Instant },
) => {
  checked({ from, to });
  const keep = onLines(of, lines, { directory, at });
  return casesOf(reporting, sites, { measure: of, from, to, person, state, limit, after, keep });
};
const spanIn = ({ from, to }: Span): Span => ({ from, to });

export const serviceRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/service',
    summary:
      "A site's complaints by kind, department and building, how long they were open, who complained often; callbacks by attempts and time; promised replies kept",
    who: 'staff',
    params: siteOnly,
    query: asked,
    answer: serviceOut,
    files: serviceFiles,
    async handle({ params: { site }, query, person, now }, deps) {
      checked(query);
      const { timeZone } = await deps.policies.site(site);
      const { values: policy } = await deps.policies.at(site, startOfDay(query.to, timeZone));
      const found = await serviceOf(deps, person, [site], spanIn(query), {
        at: now,
        policy,
        atLeast: query.repeatFrom,
      });
      return serviceView(found, { ...spanIn(query), sites: [site], at: now });
    },
  }),
  route({
    method: 'GET',
    path: '/service',
    summary: 'The same of several sites together, each by its own calendar',
    who: 'staff',
    query: asked.extend({ sites: sitesIn }),
    answer: serviceOut,
    files: serviceFiles,
    async handle({ query, person, now }, deps) {
      const [seen, { values: policy }] = await Promise.all([
        sitesFor(person, query.sites, deps.policies),
        deps.policies.at(GROUP_POLICY, now),
      ]);
      const sites = seen.map(({ site }) => site);
      const found = await serviceOf(deps, person, sites, spanIn(query), { at: now, policy, atLeast: query.repeatFrom });
      return serviceView(found, { ...spanIn(query), sites, at: now });
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/service/repeats',
    summary: 'The units of a site that complained often, those with most complaints first, each with its complaints',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: asked.extend(paging),
    answer: repeatersOut,
    files: repeaterFiles,
    async handle({ params: { site }, query, person }, deps) {
      await deps.policies.site(site);
      const { cells, units, unitOf } = await repeatersOf(deps, person, site, spanIn(query), query.repeatFrom);
      const { items, ...next } = pageByName(units, repeaterKey, query);
      return { asOf: asOfView(cells), items: items.map((one) => repeaterView(one, unitOf)), ...next };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/service/{figure}/cases',
    summary: "The cases behind a number of a site's service report: of a figure, and of lines of its breakdowns",
    who: 'staff',
    params: z.object({ site: siteParam, figure }),
    query: opened,
    answer: casesOut,
    files: caseFiles,
    handle: ({ params: { site, figure: of }, query: { format: _, ...query }, person, now }, deps) =>
      casesBehind(deps, [site], of, query, { person, now }),
  }),
  route({
    method: 'GET',
    path: '/service/{figure}/cases',
    summary: 'The cases behind a number of the service report of several sites, site by site',
    who: 'staff',
    params: z.object({ figure }),
    query: opened.extend({ sites: sitesIn }),
    answer: casesOut,
    files: caseFiles,
    async handle({ params: { figure: of }, query: { sites: named, format: _, ...query }, person, now }, deps) {
      const sites = (await sitesFor(person, named, deps.policies)).map(({ site }) => site);
      return casesBehind(deps, sites, of, query, { person, now });
    },
  }),
];
