import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { defineTable } from '../../../shared/aws/table.ts';
import { unitIdKey } from '../../../shared/directory/units.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import type { Obligation } from '../../../shared/domain/obligation.ts';
import type { Route } from '../../../shared/http/route.ts';
import { aggregateKey, HEAD } from '../../../shared/journal/layout.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { laggingTables } from '../../../shared/testing/lagging.ts';
import { OTHERS, SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { HOUR, type Instant } from '../../../shared/time/clock.ts';
import type { complaintRegistered } from '../../complaints/events.ts';
import { asOfEvent } from '../figures/fresh.ts';
import { JOURNALS, type JournalName, TABLE_OF } from '../figures/journal-store.ts';
import { project } from '../figures/measures/index.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { reportingIn, reportingTable } from '../figures/store.ts';
import { count, type EventFacts } from '../kpi/count.ts';
import { ZONE } from '../testing/site.ts';
import { type AlertDeps, alertRoutes } from './api.ts';
import { type AtRiskDeps, atRiskRoutes } from './at-risk/api.ts';
import { findAtRisk } from './at-risk/find.ts';
import { headsIn } from './at-risk/owners.ts';
import { onComplaintRegistered } from './on-complaint-registered.ts';
import { alertsIn, alertsTable } from './store.ts';
import { watchIn } from './watch-store.ts';

/** Monday, 09:00 in Shanghai. */
export const NINE = Date.parse('2026-06-01T01:00:00Z');
export const TODAY = '2026-06-01';

type Registered = Recorded<typeof complaintRegistered>['data'];

/** A site whose complaints are watched, with its people, over tables in memory. */
export const watchedSite = async () => {
  const journals = JOURNALS.map((name) => defineTable({ name, journal: true }));
  const { doc, lag } = laggingTables(alertsTable, reportingTable, ...journals, ...OTHERS);
  const staff = {
    sue: { role: 'supervisor' as const },
    max: { role: 'centre-manager' as const },
    dir: { role: 'site-director' as const },
    ann: { role: 'agent' as const },
  };
  const site = await siteInMemory(alertsTable, staff, NINE, doc);
  const alerts = alertsIn(site.tables);
  const watch = watchIn(site.tables);
  const reporting = reportingIn({ doc, own: 'reporting' });
  const { policies, directory } = site.deps;
  const heads = headsIn({ doc, tables: (name) => ({ own: name }) });
  const stores = { ...site.deps, alerts, watch, reporting, heads };
  const routes: Route<AlertDeps & AtRiskDeps>[] = [...alertRoutes, ...atRiskRoutes];
  let n = 0;
  /** A complaint as the bus brings it. */
  const complaint = ({
    at = site.now,
    id = `cmp_${String(++n).padStart(4, '0')}`,
    ...said
  }: Partial<Registered> & { at?: Instant; id?: string } = {}) => {
    const data = { kind: 'noise', anonymous: false, confidential: false, ...said };
    return {
      id: `${id}.1`,
      name: 'complaint.registered',
      site: SITE,
      aggregate: id,
      version: 1,
      at,
      by: 'ann',
      data,
    } as unknown as Recorded<typeof complaintRegistered>;
  };
  const hear = (event: Recorded<typeof complaintRegistered>) =>
    onComplaintRegistered.handle(event, { alerts, watch, policies, directory, clock: site.clock });
  return Object.assign(site, {
    alerts,
    watch,
    reporting,
    complaint,
    hear,
    /** A complaint of another kind, four weeks ago: since then there is somebody who takes them. */
    begins: () => hear(complaint({ kind: 'fees', at: site.now - 28 * 24 * HOUR })),
    lies: (unit: string, building: string) => site.publish({ ...unitIdKey(SITE, unit), unit, building }),
    raised: async (finished = false) =>
      (await alerts.list(SITE, finished, 100)).items.map(({ id }) => id.replace(`alr_${TODAY}-`, '')),
    call: apiCaller(routes, stores),
    findsAtRisk: findAtRisk(stores),
    /** From now on indexes show what they show now. */
    lag,
    /** What journals say is counted, as from their streams. */
    counts: (events: readonly Seen[]) =>
      count(
        reporting,
        SITE,
        events.map((event): EventFacts => ({ facts: project(event, ZONE), asOf: asOfEvent(event) })),
      ),
    /** What somebody owes stands in the head of the service's own journal. */
    owes: (type: JournalName, id: string, owed: Partial<Obligation>[]) =>
      doc.send(
        new PutCommand({
          TableName: TABLE_OF[type],
          Item: { pk: aggregateKey(SITE, type, id), sk: HEAD, v: 1, state: { owed } },
        }),
      ),
    days: (count: number) => count * 24 * HOUR,
  });
};
