import * as z from 'zod';
import { notFound, Refusal } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { monthIn, pageAmong, pageOf, paging, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Access } from '../../../shared/people/access.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { type Clock, iso, startOfDay } from '../../../shared/time/clock.ts';
import { daysOf } from '../../../shared/time/month.ts';
import {
  collectedCorrectionsOf,
  collectionFiguresOf,
  digestOf,
  figuresOfEach,
  LEVEL,
  readCells,
} from '../collections/contract.ts';
import type { Collection } from '../collections/contract-store.ts';
import { summed } from '../figures/contract.ts';
import type { Reporting } from '../figures/contract-store.ts';
import { type ClosedMonth, close, monthId } from './month.ts';
import { closedBuildingFiles, closedFiles } from './sheets.ts';
import { chunksOf, figureCorrectionsOf, snapshotHash, snapshotOf } from './snapshot.ts';
import { frozenItems, type Months, readSnapshot } from './store.ts';
import { closedOut, collectedBuildingOut, frozenOut } from './view.ts';

export interface Deps {
  months: Months;
  reporting: Reporting;
  collection: Collection;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
/** Who answers for a site's figures, and who supervises them. */
const SIGNERS: Role[] = ['site-director', 'quality-manager'];
const PATH = '/sites/{site}/months/{month}';
const one = z.object({ site: siteParam, month: monthIn });

const closedView = ({ month, closedAt, closedBy, hash }: ClosedMonth) => ({
  month,
  closedAt: iso(closedAt),
  closedBy,
  hash,
});

const counted = ({ reporting }: Deps, site: string, month: string) => reporting.cells(site, 'day', daysOf(month), true);

/** Everything a report of the month prints, as it stands now. */
const takeSnapshot = async (deps: Deps, site: string, month: string, zone: string) => {
  const { collection, policies, reporting } = deps;
  // Before the counts: what is written while they are read is said to have come after.
  const before = await reporting.cell(site, 'month', daysOf(month).from);
  const [days, { values }, cells] = await Promise.all([
    counted(deps, site, month),
    policies.at(site, startOfDay(daysOf(month).to, zone)),
    readCells(collection, site, LEVEL.building, month),
  ]);
  // All of it from the same sums: what comes in meanwhile is in the parts and in the whole, or in neither.
  const frozen = snapshotOf(days, values, {
    total: collectionFiguresOf(cells.entered, cells.period, month),
    items: figuresOfEach(cells, month, 'item'),
    buildings: figuresOfEach(cells, month, 'building'),
  });
  const chunks = chunksOf(frozen);
  const hash = snapshotHash(chunks);
  const mark = { hash, version: before?.version ?? 0, collected: digestOf(frozen.collection.total) };
  return { chunks, mark, sign: { month, counts: summed(days), hash, parts: chunks.length } };
};

/** A closed month with what was frozen of it. */
const readMonth = async ({ months }: Deps, site: string, month: string) => {
  const { state } = await months.head(site, monthId(month));
  if (!state) throw notFound(month);
  return { state, frozen: await readSnapshot(months, site, state) };
};

export const monthRoutes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: PATH,
    summary: "A month's figures and collection rates are signed and frozen (结账): they reprint as they stand for ever",
    who: SIGNERS,
    params: one,
    body: z.strictObject({}),
    answer: closedOut,
    status: 201,
    async handle({ params: { site, month }, actor, now, idempotencyKey }, deps) {
      const { timeZone: zone, since } = await deps.policies.site(site);
      const { chunks, sign, mark } = await takeSnapshot(deps, site, month, zone);
      const { current } = await execute(deps.months, {
        site,
        id: monthId(month),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = close(state, sign, { now, zone, since });
          return events instanceof Refusal ? events : { events };
        },
        publish: () => frozenItems(site, month, chunks),
        extraItems: () => [deps.reporting.marking(site, daysOf(month).from, { ...mark, closedAt: now })],
      });
      return closedView(current.state as ClosedMonth);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/months',
    summary: 'The closed months of a site, the latest first',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ ...paging, ...formatted }),
    answer: pageOf(closedOut),
    files: closedFiles,
    async handle({ params: { site }, query: { limit, after } }, { months }) {
      const { items, ...page } = await months.list(site, true, limit, after);
      return { ...page, items: items.flatMap(({ state }) => (state ? [closedView(state)] : [])) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A closed month as it was signed, and every figure and sum of it that comes to something else today',
    who: 'staff',
    params: one,
    answer: frozenOut,
    async handle({ params: { site, month } }, deps) {
      const { state, frozen } = await readMonth(deps, site, month);
      const { days, figures, collection } = frozen;
      const [live, cells] = await Promise.all([
        counted(deps, site, month),
        readCells(deps.collection, site, LEVEL.item, month),
      ]);
      const { total, items } = collection;
      const corrections = collectedCorrectionsOf(collection, {
        total: collectionFiguresOf(cells.entered, cells.period, month),
        items: figuresOfEach(cells, month, 'item'),
      });
      return {
        ...closedView(state),
        figures,
        collection: { total, items, corrections },
        corrections: figureCorrectionsOf(days, live),
      };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/buildings`,
    summary: "The collection rates of a closed month's buildings, as they were signed",
    who: 'staff',
    params: one,
    query: z.strictObject({ ...paging, ...formatted }),
    answer: pageOf(collectedBuildingOut),
    files: closedBuildingFiles,
    async handle({ params: { site, month }, query }, deps) {
      const { frozen } = await readMonth(deps, site, month);
      return pageAmong(frozen.collection.buildings, ({ key }) => key, query);
    },
  }),
];
