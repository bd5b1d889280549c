import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import type { SiteFacts } from '../../../shared/policy/policy.ts';
import { reportingTable } from '../figures/store.ts';
import { readArrears, readMoney } from '../reports/money.ts';
import { ZONE } from '../testing/site.ts';
import { collectionRoutes } from './api.ts';
import { ageing, forAges } from './arrears/ageing.ts';
import { arrearsRoutes } from './arrears/api.ts';
import { forFunnel, funnel } from './arrears/funnel.ts';
import { foldedCells, forFigures } from './folding.ts';
import type { CellKey, MoneyCell } from './post.ts';
import { collectionFiguresOf } from './report.ts';
import { collectionIn, PAGE } from './store.ts';
import { watched } from './testing-held.ts';

const NOW = Date.parse('2026-12-20T04:00:00Z');
const months = (n: number) =>
  Array.from({ length: n }, (_, i) => new Date(Date.UTC(2026, 11 - i, 1)).toISOString().slice(0, 7));

/** So many sites with cells of so many months, of some buildings and fee items. */
const group = async (sites: number, past: number, buildings: number, every: number) => {
  const tables = memoryTables(reportingTable);
  const collection = collectionIn({ doc: tables, own: reportingTable.name });
  const all = Array.from({ length: sites }, (_, i) => `s${String(i).padStart(3, '0')}`);
  const put = (site: string, key: CellKey, fen: number) =>
    collection.setCell({
      site,
      key,
      version: 0,
      asOf: NOW,
      money: { charged: fen, owed: fen, collected: 1, bills: 1 },
    });
  for (const [i, site] of all.entries()) {
    for (const month of months(past)) {
      for (const [n, of] of ['2022', '2023', month.slice(0, 4)].entries()) {
        const levels = Array.from({ length: buildings }, (_, b) => ({ building: `${b}幢`, item: 'management' }));
        for (const level of [{}, { item: 'management' }, ...levels]) {
          await put(site, { by: 'entered', ...level, month, of }, 100 * i + n + 1);
          if (n < 2) await put(site, { by: 'period', ...level, month, of: n === 0 ? 'in' : 'after' }, 50);
        }
        await put(site, { by: 'due', month, of: `${month}-1${n}` }, 10 + i);
      }
    }
  }
  const facts = all.map(
    (site): SiteFacts => ({ site, name: site, timeZone: ZONE, departments: [], since: 0 }) as never,
  );
  const policies = {
    list: async () => ({ items: facts, more: false }),
    site: async (site: string) => facts.find((one) => one.site === site),
  };
  const seen = watched(collection, every);
  const deps = { collection: seen.collection, policies, reporting: { cells: async () => [] } };
  const ask = async (path: string, query: object, params: object = {}) => {
    const found = [...collectionRoutes, ...arrearsRoutes].find((one) => one.path === path);
    const asked = { params, query: { limit: 50, ...query }, person: { grants: [{ site: '*' }] }, now: NOW };
    return (await found?.handle(asked as never, deps as never)) as Record<string, unknown>;
  };
  return { ...seen, all, ask };
};

describe('cells held at once: a page, however many sites and years there are', () => {
  const asked: [string, (g: Awaited<ReturnType<typeof group>>) => Promise<unknown>][] = [
    ['collection', ({ ask }) => ask('/collection', { month: '2026-11', by: 'total' })],
    ['collection by site', ({ ask }) => ask('/collection', { month: '2026-11', by: 'site' })],
    ['collection by item', ({ ask }) => ask('/collection', { month: '2026-11', by: 'item' })],
    ['arrears', ({ ask }) => ask('/arrears', { by: 'site' })],
    ['funnel', ({ ask }) => ask('/arrears/funnel', { by: 'total', from: '2026-01-01', to: '2026-12-31' })],
    ['a report', ({ collection, all }) => readMoney(collection, all, 'site', '2026')],
    ['its arrears', ({ collection, all }) => readArrears(collection, all, '2026-11')],
  ];
  let g: Awaited<ReturnType<typeof group>>;
  beforeAll(async () => {
    g = await group(40, 36, 1, 25);
  }, 60_000);
  test.each(asked)('%s', { timeout: 60_000 }, async (_, answer) => {
    Object.assign(g.counts, { held: 0, read: 0 });
    await answer(g);
    expect(g.counts.read).toBeGreaterThan(4 * PAGE);
    expect(g.counts.held).toBeLessThanOrEqual(PAGE);
  });

  test('a site by building, of as many buildings as there are', { timeout: 60_000 }, async () => {
    const one = await group(1, 36, 50, 1);
    await one.ask('/sites/{site}/collection', { month: '2026-11', by: 'building' }, { site: 's000' });
    expect(one.counts.read).toBeGreaterThan(4 * PAGE);
    // By when they were entered and by what they are for, side by side: a page of each in hand, and one coming.
    expect(one.counts.held).toBeLessThanOrEqual(4 * PAGE);
  });
});

describe('what is folded as it comes answers as the cells themselves do', () => {
  const month = fc.constantFrom(
    '2024-12',
    '2025-01',
    '2025-12',
    '2026-01',
    '2026-02',
    '2026-10',
    '2026-11',
    '2026-12',
    '2027-01',
  );
  const fen = fc.integer({ min: -500, max: 500 });
  const money = fc.record({
    charged: fen,
    collected: fen,
    owed: fen,
    waived: fen,
    freedEarlier: fen,
    credit: fen,
    bills: fen,
    fo: fen,
    foF: fen,
  });
  const cellsBy = (by: CellKey['by'], of: fc.Arbitrary<string>) =>
    fc.array(fc.record({ key: fc.record({ by: fc.constant(by), month, of }), money, asOf: fc.nat() }), {
      maxLength: 60,
    });
  const foldedIn = async (cells: MoneyCell[], coarse: Parameters<typeof foldedCells>[1], size: number) => {
    const pages = async function* () {
      for (let i = 0; i < cells.length; i += size) yield cells.slice(i, i + size);
    };
    return (await foldedCells(pages(), coarse))[0] ?? [];
  };
  const size = fc.integer({ min: 1, max: 20 });

  test('figures of a month', () =>
    fc.assert(
      fc.asyncProperty(
        cellsBy('entered', fc.constantFrom('2023', '2024', '2025', '2026', '2027', '~')),
        cellsBy('period', fc.constantFrom('in', 'after')),
        month,
        size,
        async (entered, period, asked, n) => {
          const coarse = forFigures(asked);
          const sums = await Promise.all([foldedIn(entered, coarse, n), foldedIn(period, coarse, n)]);
          expect(collectionFiguresOf(...sums, asked)).toEqual(collectionFiguresOf(entered, period, asked));
        },
      ),
    ));

  test('ages and funnels', () => {
    const day = fc
      .integer({ min: 0, max: 900 })
      .map((n) => new Date(Date.UTC(2024, 6, 1 + n)).toISOString().slice(0, 10));
    return fc.assert(
      fc.asyncProperty(
        cellsBy('due', day),
        day,
        day,
        fc.option(month, { nil: undefined }),
        size,
        async (cells, a, b, asked, n) => {
          expect(ageing(await foldedIn(cells, forAges(a, asked), n), a, asked)).toEqual(ageing(cells, a, asked));
          const [from = a, to = b] = [a, b].sort();
          const sums = await foldedIn(cells, forFunnel({ from, to }, asked), n);
          expect(funnel(sums, { from, to }, asked)).toEqual(funnel(cells, { from, to }, asked));
        },
      ),
    );
  });
});
