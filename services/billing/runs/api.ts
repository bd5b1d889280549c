import * as z from 'zod';
import { placed } from '../../../shared/directory/units.ts';
import { notFound, refuse } from '../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { limitOf } from '../../../shared/journal/limit.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { firstDay, lastDay, plusMonths } from '../../../shared/time/month.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { checkPeriod, FEE_MANAGERS, periodIn, periodOfRun, runId } from '../tariffs/contract.ts';
import { scheduleBetween } from '../tariffs/contract-store.ts';
import { cancel, issue } from './decide.ts';
import { stretchesOf } from './part.ts';
import type { PlanDeps } from './plan-store.ts';
import { allUnits, preview, UNITS_MAX } from './preview-work.ts';
import { buildingsPage, leftOutPage } from './progress-store.ts';
import type { Run, RunEvent } from './run.ts';
import { billsPage, type Runs } from './store.ts';
import {
  buildingOut,
  leftOutOut,
  previewOut,
  runBillsOut,
  runOut,
  runParam,
  runSheetOut,
  runView,
  totalsView,
} from './view.ts';

export interface Deps extends CaseDeps, PlanDeps, Runs {
  policies: CaseDeps['policies'];
}

const route = routesFor<Deps>();
const RUN = '/sites/{site}/runs/{run}';
const one = z.object({ site: siteParam, run: runParam });
const command = caseCommands<Deps, Run, RunEvent>({
  path: RUN,
  kind: 'run',
  journal: ({ runs }) => runs,
  answer: runOut,
  view: runView,
});

/** What is left out, shown with a preview. */
const SHOWN = 100;

/** A run that has begun. @throws Refusal */
const begun = async ({ runs }: Runs, site: string, run: string) => {
  const current = await runs.head(site, run);
  if (!current.state) throw notFound(run);
  return { ...current, state: current.state };
};

/** The directory in stretches; how often each building comes. @throws Refusal where there is nothing to bill */
const stretchesAt = async (deps: Deps, site: string, period: string) => {
  const versions = await scheduleBetween(deps.fees, site, firstDay(period), lastDay(period));
  if (!versions.some(({ items }) => items.length > 0)) throw refuse('run.no-schedule', { period });
  const units = await allUnits(deps, site);
  if (units.length === 0) throw refuse('run.no-units');
  if (units.length > UNITS_MAX) throw refuse('run.too-many-units', { max: UNITS_MAX });
  const buildings = Map.groupBy(units, buildingOf);
  return stretchesOf([...buildings].map(([building, some]) => ({ building, units: some.length })));
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/runs',
    summary: 'Bill runs (计费批次) of a site, the latest month first: those under way or cancelled, or those issued',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging }),
    answer: pageOf(runOut),
    async handle({ params, query, actor, now }, { runs }) {
      const page = await runs.list(params.site, query.state === 'finished', query.limit, query.after);
      return { ...page, items: page.items.map((current) => runView(current, actor, now)) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/runs',
    summary: 'Issue the run of a month: begin it, go on where it was cancelled, or pick up what became billable since',
    who: FEE_MANAGERS,
    params: siteOnly,
    body: z.strictObject({ period: periodIn }),
    answer: runOut,
    status: 201,
    async handle({ params: { site }, body: { period }, actor, now, idempotencyKey }, deps) {
      const context = await contextAt(deps.policies, site, now);
      checkPeriod('body.period', period, localDay(now, context.zone));
      const id = runId(period);
      const { state } = await deps.runs.head(site, id);
      const anew = !state || state.status === 'issued';
      const stretches = anew ? await stretchesAt(deps, site, period) : [];
      const limit = await limitOf(deps.policies, 'mails', { site, staff: actor.staff, now });
      const { current, at } = await execute(deps.runs, {
        site,
        id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (known) => ({ events: issue({ state: known, now, context }, { period, stretches }) }),
        limit: () => limit,
      });
      return runView(current, actor, at);
    },
  }),
  route({
    method: 'GET',
    path: RUN,
    summary: 'A bill run: how far it is, and what it has come to so far',
    who: 'staff',
    params: one,
    answer: runSheetOut,
    async handle({ params: { site, run }, actor, now, actions }, deps) {
      const current = await begun(deps, site, run);
      return { ...runView(current, actor, now), actions: await actions(current) };
    },
  }),
  route({
    method: 'GET',
    path: `${RUN}/preview`,
    summary: 'What the run of a month would bill now, by item and building, and what it would leave out and why',
    who: [...KNOWS_ACCOUNTS, 'administrator'],
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: previewOut,
    async handle({ params: { site, run }, query: { limit, after }, now }, deps) {
      const period = periodOfRun(run);
      const facts = await deps.policies.site(site);
      checkPeriod('path.run', period, localDay(now, facts.timeZone));
      const before = plusMonths(period, -1);
      const [found, last] = await Promise.all([preview(deps, site, run, now), deps.runs.head(site, runId(before))]);
      const from = after === undefined ? 0 : found.buildings.findIndex(({ building }) => building === after) + 1;
      const shown = found.buildings.slice(from, from + limit);
      const more = from + limit < found.buildings.length;
      return {
        period,
        totals: totalsView(found.totals),
        ...(last.state ? { before: { period: before, totals: totalsView(last.state.totals) } } : {}),
        buildings: {
          items: shown.map(({ building, totals }) => ({ building, totals: totalsView(totals) })),
          ...(more ? { next: shown.at(-1)?.building } : {}),
        },
        leftOut: {
          items: await placed(deps.directory, facts, found.leftOut.slice(0, SHOWN)),
          more: found.leftOut.length > SHOWN,
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: `${RUN}/buildings`,
    summary: 'What a run has come to so far, building by building',
    who: 'staff',
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(buildingOut),
    async handle({ params: { site, run }, query }, deps) {
      const page = await buildingsPage(deps, site, await begun(deps, site, run), query);
      return { ...page, items: page.items.map((item) => ({ ...item, totals: totalsView(item.totals) })) };
    },
  }),
  route({
    method: 'GET',
    path: `${RUN}/left-out`,
    summary: 'What a run has left out so far, unit by unit, and why',
    who: [...KNOWS_ACCOUNTS, 'administrator'],
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(leftOutOut),
    async handle({ params: { site, run }, query }, deps) {
      const page = await leftOutPage(deps, site, await begun(deps, site, run), query);
      return { ...page, items: await placed(deps.directory, await deps.policies.site(site), page.items) };
    },
  }),
  route({
    method: 'GET',
    path: `${RUN}/bills`,
    summary: 'The bills of a run, account by account; a payer’s accounts together',
    who: [...KNOWS_ACCOUNTS, 'administrator'],
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(runBillsOut),
    async handle({ params: { site, run }, query }, deps) {
      await begun(deps, site, run);
      const page = await billsPage(deps, site, run, query);
      return { ...page, items: await placed(deps.directory, await deps.policies.site(site), page.items) };
    },
  }),
  command(
    'cancel',
    'Stop charging; what is charged stays, and issuing the run again goes on',
    FEE_MANAGERS,
    z.strictObject({ words }),
    {
      may: cancel.may,
      texts: ({ words: why }) => ({ why }),
      decide: (on, _, { why }) => cancel(on, why),
    },
  ),
];
