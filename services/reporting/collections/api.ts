import * as z from 'zod';
import { inParallel } from '../../../shared/aws/many.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { label, monthIn, pageOf, paging, siteOnly } from '../../../shared/http/schemas.ts';
import type { Access } from '../../../shared/people/access.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { type Clock, iso } from '../../../shared/time/clock.ts';
import { firstDay } from '../../../shared/time/month.ts';
import { buildingFrom } from '../../../shared/values/place.ts';
import { closingOf, sitesFor, sitesIn } from '../figures/contract.ts';
import type { Reporting } from '../figures/contract-store.ts';
import { ACCOUNTS, accountsBehind, LINES_OF } from './accounts.ts';
import { digestOf } from './collected.ts';
import type { PostingDeps } from './count.ts';
import { newestOf } from './post.ts';
import {
  type Cells,
  figuresOfEach,
  figuresOfSites,
  LEVEL,
  type NamedFigures,
  readCells,
  readSites,
  SIDE_BY_SIDE,
} from './reading.ts';
import { collectionFiguresOf } from './report.ts';
import { accountFiles, collectionFiles } from './sheets.ts';
import { collectedOut, collectionOut } from './view.ts';

export interface Deps extends PostingDeps {
  reporting: Reporting;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
const firstOf = (month: string) => ({ from: firstDay(month), to: firstDay(month) });

const digestIn = ({ entered, period }: Cells, month: string) => digestOf(collectionFiguresOf(entered, period, month));

/** Which of the sites have signed the month, and of which of them the money has come to something else since. */
const closingIn = async (
  { reporting }: Deps,
  sites: readonly string[],
  month: string,
  collected: Promise<Map<string, string>>,
) => {
  const marks = (
    await inParallel(sites, SIDE_BY_SIDE, (site) => reporting.cells(site, 'month', firstOf(month)))
  ).flat();
  const digests = await collected;
  const closed = marks.flatMap(({ site, day, closed: mark }) =>
    mark
      ? [{ site, day, closedAt: mark.closedAt, hash: mark.hash, corrected: digests.get(site) !== mark.collected }]
      : [],
  );
  return closingOf(sites, firstOf(month), closed);
};

/** One page of the figures by something, and the total of all of it. */
const answerOf = (
  total: Cells,
  all: readonly NamedFigures[],
  { month, by, limit, after = '' }: { month: string; by: string; limit: number; after?: string | undefined },
) => {
  const newest = newestOf(total.entered);
  const asOf = newest === undefined ? null : iso(newest);
  const answer = { month, by, asOf, total: collectionFiguresOf(total.entered, total.period, month) };
  const rest = all.filter(({ key }) => key > after);
  const items = rest.slice(0, limit);
  return { ...answer, items, ...(rest.length > limit ? { next: items.at(-1)?.key } : {}) };
};

export const collectionRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/collection',
    summary:
      "A site's collection rates (收缴率) and roll-forward of a month, in all, by fee item or by building; every fen of it a ledger line",
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({
      month: monthIn,
      by: z.enum(['total', 'item', 'building']).default('total'),
      ...paging,
      ...formatted,
    }),
    answer: collectionOut,
    files: collectionFiles,
    async handle({ params: { site }, query }, deps) {
      await deps.policies.site(site);
      const { month, by } = query;
      const whole = readCells(deps.collection, site, 't', month);
      const collected = whole.then((cells) => new Map([[site, digestIn(cells, month)]]));
      const [total, items, closing] = await Promise.all([
        whole,
        by === 'total'
          ? []
          : readCells(deps.collection, site, LEVEL[by], month).then((cells) => figuresOfEach(cells, month, by)),
        closingIn(deps, [site], month, collected),
      ]);
      return { ...answerOf(total, items, query), closing };
    },
  }),
  route({
    method: 'GET',
    path: '/collection',
    summary: 'The collection rates and roll-forward of several sites of a month, in all, by fee item or by site',
    who: 'staff',
    query: z.strictObject({
      month: monthIn,
      by: z.enum(['total', 'item', 'site']).default('total'),
      sites: sitesIn,
      ...paging,
      ...formatted,
    }),
    answer: collectionOut,
    files: collectionFiles,
    async handle({ query, person }, deps) {
      const sites = await sitesFor(person, query.sites, deps.policies);
      const { month, by } = query;
      const ids = sites.map(({ site }) => site);
      const [digests, each] = [new Map<string, string>(), figuresOfSites(month)];
      const whole = readSites(deps.collection, ids, { level: 't', month }, (site, cells) => {
        digests.set(site, digestIn(cells, month));
        if (by === 'site') each.add(site, cells);
      });
      const [total, items, closing] = await Promise.all([
        whole,
        by === 'item' ? readSites(deps.collection, ids, { level: 'i', month }) : undefined,
        closingIn(
          deps,
          ids,
          month,
          whole.then(() => digests),
        ),
      ]);
      const all = items ? figuresOfEach(items, month, 'item') : each.sorted();
      return { ...answerOf(total, all, query), closing };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/collection/accounts',
    summary: "The accounts that a building's figures open into, each with its ledger lines",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      month: monthIn,
      building: label(60).overwrite(buildingFrom),
      item: z.string().min(1).max(30).optional(),
      of: z.enum(LINES_OF).default('period').meta({
        description:
          'Lines that are for the month (current period), for earlier years and entered by its end (prior arrears), or entered in it (roll-forward)',
      }),
      state: z
        .enum(['open'])
        .optional()
        .meta({ description: 'Only those of which something is open; not of `entered`' }),
      ...paging,
      ...formatted,
    }),
    answer: pageOf(collectedOut),
    files: accountFiles,
    async handle({ params: { site }, query }, deps) {
      const { state, limit, ...wanted } = query;
      if (state && wanted.of === 'entered') throw invalid({ field: 'query.state', rule: 'field.not-with-entered' });
      const { timeZone } = await deps.policies.site(site);
      const most = { ...wanted, open: state === 'open', limit: Math.min(limit, ACCOUNTS) };
      return accountsBehind(deps, site, most, timeZone);
    },
  }),
];
