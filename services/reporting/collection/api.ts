import * as z from 'zod';
import type { Access } from '../../../shared/access.ts';
import { type Clock, iso } from '../../../shared/clock.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { label, monthIn, pageOf, paging, siteOnly } from '../../../shared/http/schemas.ts';
import { inParallel } from '../../../shared/many.ts';
import { firstDay } from '../../../shared/month.ts';
import { buildingFrom } from '../../../shared/place.ts';
import type { Policies } from '../../../shared/policy.ts';
import { invalid } from '../../../shared/refusal.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { closingOf } from '../months/closing.ts';
import { digestOf } from '../months/collected.ts';
import { sitesFor, sitesIn } from '../sites.ts';
import type { Reporting } from '../store.ts';
import { ACCOUNTS, accountsBehind, LINES_OF } from './accounts.ts';
import type { PostingDeps } from './count.ts';
import { newestOf } from './post.ts';
import { type By, type Cells, figuresOfEach, LEVEL, readCells } from './reading.ts';
import { figuresOf } from './report.ts';
import { accountFiles, collectionFiles } from './sheets.ts';
import { collectedOut, collectionOut } from './view.ts';

export interface Deps extends PostingDeps {
  reporting: Reporting;
  policies: Policies;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
/** Sites read side by side, two queries each: a group costs one round trip, until it has more of them. */
export const SIDE_BY_SIDE = 128;

type Asked = 'total' | By;

const firstOf = (month: string) => ({ from: firstDay(month), to: firstDay(month) });

/** Which of the sites have signed the month, and of which of them the money has come to something else since. */
const closingIn = async ({ reporting }: Deps, sites: readonly string[], month: string, total: Promise<Cells>) => {
  const marks = (
    await inParallel(sites, SIDE_BY_SIDE, (site) => reporting.cells(site, 'month', firstOf(month)))
  ).flat();
  const { entered, period } = await total;
  const closed = marks.flatMap(({ site, day, closed: mark }) => {
    if (!mark) return [];
    const [its, due] = [entered, period].map((cells) => cells.filter((cell) => cell.site === site));
    const collected = digestOf(figuresOf(its as Cells['entered'], due as Cells['period'], month));
    return [{ site, day, closedAt: mark.closedAt, hash: mark.hash, corrected: collected !== mark.collected }];
  });
  return closingOf(sites, firstOf(month), closed);
};

/** One page of the figures by something, and the total of all of it. */
const answerOf = (
  cells: Cells,
  total: Cells,
  { month, by, limit, after = '' }: { month: string; by: Asked; limit: number; after?: string | undefined },
) => {
  const newest = newestOf(total.entered);
  const asOf = newest === undefined ? null : iso(newest);
  const answer = { month, by, asOf, total: figuresOf(total.entered, total.period, month) };
  if (by === 'total') return { ...answer, items: [] };
  const rest = figuresOfEach(cells, month, by).filter(({ key }) => key > after);
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
      const [total, cells, closing] = await Promise.all([
        whole,
        by === 'total' ? undefined : readCells(deps.collection, site, LEVEL[by], month),
        closingIn(deps, [site], month, whole),
      ]);
      return { ...answerOf(cells ?? total, total, query), closing };
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
      const all = async (level: 't' | 'i'): Promise<Cells> => {
        const of = ({ site }: { site: string }) => readCells(deps.collection, site, level, month);
        const found = await inParallel(sites, SIDE_BY_SIDE, of);
        return { entered: found.flatMap(({ entered }) => entered), period: found.flatMap(({ period }) => period) };
      };
      const whole = all('t');
      const ids = sites.map(({ site }) => site);
      const [total, items, closing] = await Promise.all([
        whole,
        by === 'item' ? all('i') : undefined,
        closingIn(deps, ids, month, whole),
      ]);
      return { ...answerOf(items ?? total, total, query), closing };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/collection/accounts',
    summary: "The accounts that a building's figures open into, each with its ledger lines",
    who: 'staff',
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
