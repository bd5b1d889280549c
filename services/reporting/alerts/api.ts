import * as z from 'zod';
import { notFound } from '../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { readSheet } from '../../../shared/http/history.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { caseOut, casesOf, caseView, MEASURE_IDS, rootOf, sitesFor, sitesIn } from '../figures/contract.ts';
import type { Reporting } from '../figures/contract-store.ts';
import type { Alert } from './alert.ts';
import { ACKNOWLEDGE, acknowledge } from './decide.ts';
import { type AlertEvent, RULES, SUBJECTS } from './events.ts';
import { pageOfAlerts } from './reading.ts';
import { alertFiles } from './sheets.ts';
import type { Alerts } from './store.ts';
import { alertOut, alertSheetOut, alertView } from './view.ts';
import type { Watch } from './watch-store.ts';

export interface AlertDeps extends CaseDeps {
  alerts: Alerts;
  watch: Watch;
  reporting: Reporting;
}

const route = routesFor<AlertDeps>();
const PATH = '/sites/{site}/alerts/{alert}';
const one = z.object({ site: siteParam, alert: idParam('alert') });
const command = caseCommands<AlertDeps, Alert, AlertEvent>({
  path: PATH,
  kind: 'alert',
  journal: ({ alerts }) => alerts,
  answer: alertOut,
  view: (current, _, now) => alertView(current, now),
});

const asked = z.strictObject({
  from: dayIn.optional().meta({ description: 'Of this day or later' }),
  to: dayIn.optional().meta({ description: 'Of this day or earlier' }),
  state: z.enum(['raised', 'acknowledged']).default('raised'),
  rule: z.enum(RULES).optional(),
  of: z.enum(SUBJECTS).optional(),
  value: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .meta({ description: 'The kind of complaints, the building, or the measure' }),
  ...paging,
  ...formatted,
});

/** The complaints behind an alert, each where it stands on its way to being closed. */
const complaintsOf = async (
  { watch, reporting }: AlertDeps,
  site: string,
  { of, value, day }: Alert,
  { limit, after = '' }: { limit: number; after?: string | undefined },
) => {
  const all = (await watch.complaints(site, of, value, day)).filter((id) => id > after);
  const ids = all.slice(0, limit);
  const rows = await reporting.rows(ids.map((id) => ({ site, family: 'complaint', root: rootOf(id) })));
  const items = ids.map((complaint, i) => {
    const row = rows[i];
    // What was registered a moment ago is not counted yet.
    return (
      (row && caseView(row, 'closing')) ?? { id: rootOf(complaint), site, day, state: 'running' as const, complaint }
    );
  });
  return { items, ...(all.length > limit ? { next: ids.at(-1) as string } : {}) };
};

export const alertRoutes: Route<AlertDeps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/alerts',
    summary: "A site's alerts (预警), those of the newest day first",
    who: 'staff',
    params: siteOnly,
    query: asked,
    answer: pageOf(alertOut),
    files: alertFiles,
    async handle({ params: { site }, query, now }, { alerts }) {
      const { items, ...rest } = await pageOfAlerts(alerts, [site], query);
      return { ...rest, items: items.map((current) => alertView(current, now)) };
    },
  }),
  route({
    method: 'GET',
    path: '/alerts',
    summary: 'The alerts of several sites, those of the newest day first',
    who: 'staff',
    query: asked.extend({ sites: sitesIn }),
    answer: pageOf(alertOut),
    files: alertFiles,
    async handle({ query: { sites: named, ...query }, person, now }, { alerts, policies }) {
      const sites = (await sitesFor(person, named, policies)).map(({ site }) => site);
      const { items, ...rest } = await pageOfAlerts(alerts, sites, query);
      return { ...rest, items: items.map((current) => alertView(current, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'An alert as it was raised, and its history',
    who: 'staff',
    params: one,
    answer: alertSheetOut,
    async handle({ params: { site, alert: id }, now, actions }, { alerts, personal }) {
      const { current, history } = await readSheet(alerts, personal, { site, id });
      return { ...alertView(current, now), ...history(), actions: await actions(current) };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/cases`,
    summary:
      'The cases behind an alert, those that came since included: complaints, or the cases of the figure’s day, and where each stands',
    who: 'staff',
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(caseOut),
    async handle({ params: { site, alert: id }, query: { limit, after }, person }, deps) {
      const { state } = await deps.alerts.head(site, id);
      if (!state) throw notFound(id);
      const measure = MEASURE_IDS.find((known) => known === state.value);
      if (state.of !== 'measure' || measure === undefined) return complaintsOf(deps, site, state, { limit, after });
      const { asOf: _, ...found } = await casesOf(deps.reporting, [site], {
        measure,
        from: state.day,
        to: state.day,
        person,
        limit,
        after,
      });
      return found;
    },
  }),
  command('acknowledge', 'Somebody has looked at it, and says what is done', ACKNOWLEDGE, z.strictObject({ words }), {
    may: acknowledge.may,
    texts: (body) => ({ words: body.words }),
    decide: (on, _, { words: said }) => acknowledge(on, said),
  }),
];
