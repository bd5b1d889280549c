import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Access } from '../../shared/access.ts';
import { addDays, type Clock, type Day, iso, startOfDay } from '../../shared/clock.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { idParam, pageOf, paging, siteOnly, siteParam } from '../../shared/http/schemas.ts';
import { derivedId } from '../../shared/ids.ts';
import { DEFAULT_POLICY, type Policies } from '../../shared/policy.ts';
import type { Role } from '../../shared/posts.ts';
import { invalid, notFound, Refusal } from '../../shared/refusal.ts';
import { PERIODS, report } from './figures.ts';
import { MEASURE_IDS, MEASURES, STATES } from './measures/measure.ts';
import type { Send } from './rebuild.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';
import type { Cell, Reporting } from './store.ts';
import { caseOut, caseView, dayIn, rebuildOut, reportOut } from './view.ts';

export interface Deps {
  reporting: Reporting;
  rebuilds: Rebuilds;
  send: Send;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
/** Days in one answer, at most. */
const DAYS = 400;
/** Sites read side by side. */
const SIDE_BY_SIDE = 8;
/** Index pages looked through for one page of cases, at most; a page may be short and still have a next. */
const LOOKS = 5;
const EXAMPLES = 20;

const range = z.strictObject({
  from: dayIn,
  to: dayIn.meta({ description: `Included; at most ${DAYS} days from \`from\`` }),
  by: z.enum(PERIODS).default('month'),
});

const checked = ({ from, to }: { from: Day; to: Day }) => {
  if (to < from) throw invalid({ field: 'query.to', rule: 'not before from' });
  if (to > addDays(from, DAYS - 1)) throw invalid({ field: 'query.to', rule: `at most ${DAYS} days from from` });
};

/** Roles that hold for the whole group. */
const GROUP: Role[] = ['quality-manager', 'group-manager', 'administrator'];
const REBUILD: Role[] = ['quality-manager', 'administrator'];

export const routes: Route<Deps>[] = [
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
    async handle({ query }, { reporting }) {
      checked(query);
      const sites = await reporting.sites();
      const days: Cell[] = [];
      for (let i = 0; i < sites.length; i += SIDE_BY_SIDE) {
        const some = sites.slice(i, i + SIDE_BY_SIDE).map((site) => reporting.days(site, query.from, query.to));
        days.push(...(await Promise.all(some)).flat());
      }
      return { ...query, ...report(days, query.by, DEFAULT_POLICY) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/figures/{measure}/cases',
    summary: 'The cases behind a figure of a day, with why each stands where it does',
    who: 'staff',
    params: z.object({ site: siteParam, measure: z.enum(MEASURE_IDS) }),
    query: z.strictObject({ day: dayIn, state: z.enum(STATES).optional(), ...paging }),
    answer: pageOf(caseOut),
    async handle({ params: { site, measure }, query: { day, state, limit, after } }, { reporting }) {
      const items: z.input<typeof caseOut>[] = [];
      let next = after;
      for (let look = 0; look < LOOKS; look++) {
        const page = await reporting.cases(site, MEASURES[measure].family, day, 100, next);
        for (const row of page.rows) {
          const found = caseView(row, measure);
          if (!found || (state !== undefined && found.state !== state)) continue;
          items.push(found);
          if (items.length === limit) return { items, next: found.id };
        }
        next = page.next;
        if (next === undefined) return { items };
      }
      return next === undefined ? { items } : { items, next };
    },
  }),
  route({
    method: 'POST',
    path: '/figures/rebuild',
    summary: 'Recompute every figure from the journals and compare; with `repair`, put right what differs',
    who: REBUILD,
    body: z.strictObject({ repair: z.boolean().default(false) }),
    answer: rebuildOut,
    status: 202,
    async handle({ body, actor, now, once }, { rebuilds, send }) {
      const asked = createHash('sha256').update(once.scope).digest('hex').slice(0, 26);
      const rebuild = await rebuilds.start({
        id: derivedId('rebuild', `_${asked}`),
        status: 'running',
        step: 0,
        cursor: { pass: 0 },
        repair: body.repair,
        startedAt: now,
        by: actor.staff,
        body: once.body,
        events: 0,
        rows: 0,
        days: 0,
      });
      if (rebuild.body !== once.body) throw new Refusal('conflict', 'request.key-reused');
      // Told again when asked again: whoever started it may have died before saying so.
      if (rebuild.step === 0) await send({ rebuild: rebuild.id, step: 0, tries: 0 });
      // The same answer however often it is asked: as it was when it began.
      const begun = { ...rebuild, status: 'running' as const, events: 0, rows: 0, days: 0 };
      return rebuildView(begun, { count: 0, examples: [] });
    },
  }),
  route({
    method: 'GET',
    path: '/figures/rebuild/{rebuild}',
    summary: 'How far a rebuild is, and what it found to differ',
    who: REBUILD,
    params: z.object({ rebuild: idParam('rebuild') }),
    answer: rebuildOut,
    async handle({ params }, { rebuilds }) {
      const rebuild = await rebuilds.read(params.rebuild);
      if (!rebuild) throw notFound(params.rebuild);
      return rebuildView(rebuild, await rebuilds.differences(rebuild.id, EXAMPLES));
    },
  }),
];

const rebuildView = (
  { id, status, repair, startedAt, by, events, rows, days }: Rebuild,
  { count, examples }: Awaited<ReturnType<Rebuilds['differences']>>,
): z.input<typeof rebuildOut> => ({
  id,
  status,
  repair,
  startedAt: iso(startedAt),
  by,
  events,
  rows,
  days,
  differences: count,
  examples,
});
