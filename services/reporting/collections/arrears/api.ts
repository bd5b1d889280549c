import * as z from 'zod';
import { inParallel } from '../../../../shared/aws/many.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import { dayIn, label, monthIn, pageByName, paging, siteOnly } from '../../../../shared/http/schemas.ts';
import { KNOWS_ACCOUNTS } from '../../../../shared/people/positions.ts';
import { formatted } from '../../../../shared/sheet/files.ts';
import { iso } from '../../../../shared/time/clock.ts';
import { buildingFrom } from '../../../../shared/values/place.ts';
import { RUNGS } from '../../../billing/events.ts';
import { checked, sitesFor, sitesIn } from '../../figures/contract.ts';
import { ACCOUNTS, walkAccounts } from '../accounts.ts';
import type { Deps } from '../api.ts';
import { addTo, type CellSums, type MoneyCell, newestOf } from '../post.ts';
import { SIDE_BY_SIDE } from '../reading.ts';
import { agedOn, ageing, BUCKETS, checkBegun, forAges, together } from './ageing.ts';
import { debtorOf } from './debtors.ts';
import { forFunnel, funnel } from './funnel.ts';
import { DEBT_OUTCOMES } from './ladder.ts';
import { readDue } from './reading.ts';
import { arrearsFiles, debtorFiles, funnelFiles } from './sheets.ts';
import { arrearsOut, debtorsOut, funnelOut } from './view.ts';

const route = routesFor<Deps>();

const atEnd = {
  month: monthIn
    .optional()
    .meta({ description: 'As it stood at the end of it, the same whenever it is asked; as it stands where absent' }),
};
const ofSite = z.enum(['total', 'building']).default('total');
const ofSites = z.enum(['total', 'site']).default('total');
const building = label(60).overwrite(buildingFrom);
const list = { ...atEnd, ...paging, ...formatted };
/** Due days: a span as long as one that is shown by month. */
const cohort = {
  from: dayIn.meta({ description: 'The first due day' }),
  to: dayIn.meta({ description: 'The last due day; at most 400 days from `from`' }),
};

const fresh = (cells: readonly Pick<MoneyCell, 'asOf'>[]) => {
  const newest = newestOf(cells);
  return newest === undefined ? null : iso(newest);
};
interface Page {
  month?: string | undefined;
  by: string;
  limit: number;
  after?: string | undefined;
}
/** The total, and one page of what it is made of. */
const answerOf = <T, I extends { key: string }>(
  cells: readonly Pick<MoneyCell, 'asOf'>[],
  total: T,
  items: I[],
  { month, by, ...page }: Page,
) => ({
  ...(month === undefined ? {} : { month }),
  by,
  asOf: fresh(cells),
  total,
  ...pageByName(items, ({ key }) => key, page),
});
const byBuilding = (cells: readonly MoneyCell[]): [string, MoneyCell[]][] =>
  [...Map.groupBy(cells, ({ key }) => key.building ?? '')].sort(([a], [b]) => (a < b ? -1 : 1));

const zonesOf = (sites: readonly { timeZone: string }[]) => sites.map(({ timeZone }) => timeZone);

export const arrearsRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/arrears',
    summary:
      "A site's open principal by age (账龄), today or at the end of a month, in all or by building; every fen of it a bill of an account",
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ by: ofSite, ...list }),
    answer: arrearsOut,
    files: arrearsFiles,
    async handle({ params: { site }, query, now }, { policies, collection }) {
      const { month, by } = query;
      const { timeZone } = await policies.site(site);
      checkBegun(month, now, [timeZone]);
      const on = agedOn(month, now, timeZone);
      const [cells = []] = await readDue(collection, site, by, forAges(on, month));
      const items =
        by === 'total' ? [] : byBuilding(cells).map(([key, some]) => ({ key, on, ...ageing(some, on, month) }));
      return { on, ...answerOf(cells, ageing(cells, on, month), items, query) };
    },
  }),
  route({
    method: 'GET',
    path: '/arrears',
    summary: 'The open principal of several sites by age (账龄), each of its own calendar, in all or by site',
    who: 'staff',
    query: z.strictObject({ by: ofSites, sites: sitesIn, ...list }),
    answer: arrearsOut,
    files: arrearsFiles,
    async handle({ query: { sites: named, ...query }, person, now }, { policies, collection }) {
      const sites = await sitesFor(person, named, policies);
      checkBegun(query.month, now, zonesOf(sites));
      const found = await inParallel(sites, SIDE_BY_SIDE, async ({ site, timeZone }) => {
        const on = agedOn(query.month, now, timeZone);
        const [cells = []] = await readDue(collection, site, 'total', forAges(on, query.month));
        return { asOf: newestOf(cells), key: site, on, ...ageing(cells, on, query.month) };
      });
      const items = query.by === 'total' ? [] : found.map(({ asOf: _, ...one }) => one);
      return answerOf(found, together(found), items, query);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/arrears/accounts',
    summary: "The accounts that a building's arrears open into, each with its open debts",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      building,
      bucket: z.enum(BUCKETS).optional().meta({ description: 'Only debts of this age' }),
      ...list,
    }),
    answer: debtorsOut,
    files: debtorFiles,
    async handle({ params: { site }, query, now }, deps) {
      const { month, bucket, limit, ...wanted } = query;
      const { timeZone: zone } = await deps.policies.site(site);
      checkBegun(month, now, [zone]);
      const as = { zone, month, on: agedOn(month, now, zone) };
      return walkAccounts(deps, site, { ...wanted, limit: Math.min(limit, ACCOUNTS) }, (account, events) =>
        debtorOf(account, events, { bucket }, as),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/arrears/funnel',
    summary:
      'How far the ladder went for debts that fell due in a span, and what became of them after each rung (催缴漏斗)',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ ...cohort, by: ofSite, ...list }),
    answer: funnelOut,
    files: funnelFiles,
    async handle({ params: { site }, query, now }, { policies, collection }) {
      const { from, to, month, by } = query;
      checked({ from, to });
      const { timeZone } = await policies.site(site);
      checkBegun(month, now, [timeZone]);
      const [cells = []] = await readDue(collection, site, by, forFunnel({ from, to }, month));
      const of = (some: readonly MoneyCell[]) => funnel(some, { from, to }, month);
      const items = by === 'total' ? [] : byBuilding(cells).map(([key, some]) => ({ key, ...of(some) }));
      return { from, to, ...answerOf(cells, of(cells), items, query) };
    },
  }),
  route({
    method: 'GET',
    path: '/arrears/funnel',
    summary: 'The same of several sites, in all or by site',
    who: 'staff',
    query: z.strictObject({ ...cohort, by: ofSites, sites: sitesIn, ...list }),
    answer: funnelOut,
    files: funnelFiles,
    async handle({ query: { sites: named, ...query }, person, now }, { policies, collection }) {
      const { from, to, month, by } = query;
      checked({ from, to });
      const sites = await sitesFor(person, named, policies);
      checkBegun(month, now, zonesOf(sites));
      const of = (some: readonly MoneyCell[]) => funnel(some, { from, to }, month);
      const sums: CellSums = new Map();
      const found = await inParallel(sites, SIDE_BY_SIDE, async ({ site }) => {
        const [cells = []] = await readDue(collection, site, 'total', forFunnel({ from, to }, month));
        for (const cell of cells) addTo(sums, cell);
        return by === 'total' ? [] : [{ key: site, ...of(cells) }];
      });
      const cells = [...sums.values()];
      return { from, to, ...answerOf(cells, of(cells), found.flat(), query) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/arrears/funnel/accounts',
    summary: "The accounts that a building's part of a funnel opens into, each with those of its debts",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      building,
      ...cohort,
      rung: z.enum(RUNGS).optional().meta({ description: 'Only debts for which it was taken' }),
      outcome: z.enum(DEBT_OUTCOMES).optional().meta({ description: 'Of these, only those of which this has become' }),
      ...list,
    }),
    answer: debtorsOut,
    files: debtorFiles,
    async handle({ params: { site }, query, now }, deps) {
      const { month, from, to, rung, outcome, limit, ...wanted } = query;
      checked({ from, to });
      const { timeZone: zone } = await deps.policies.site(site);
      checkBegun(month, now, [zone]);
      const as = { zone, month, on: agedOn(month, now, zone) };
      const which = { cohort: { from, to }, rung, outcome };
      return walkAccounts(deps, site, { ...wanted, limit: Math.min(limit, ACCOUNTS) }, (account, events) =>
        debtorOf(account, events, which, as),
      );
    },
  }),
];
