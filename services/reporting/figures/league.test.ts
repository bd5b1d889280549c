import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { compareRates } from './change.ts';
import { league } from './league.ts';
import { MEASURE_IDS } from './measures/measure.ts';

const table = (measure: (typeof MEASURE_IDS)[number], counts: Record<string, [met: number, missed: number]>) =>
  league(
    measure,
    Object.keys(counts).map((site) => ({ site, name: site })),
    (site) => {
      const [met = 0, missed = 0] = counts[site] ?? [];
      return { now: { [`${measure}.m`]: met, [`${measure}.x`]: missed }, before: {} };
    },
    DEFAULT_POLICY,
  );
const places = (...asked: Parameters<typeof table>) =>
  table(...asked).map(({ site, rank, why }) => [site, rank, ...(why ? [why] : [])]);

test('sites stand by their exact rate; the same rate is the same rank, and the site decides the order', () => {
  expect(places('Q3', { c: [1, 1], b: [50, 50], a: [2, 1], e: [3, 1], d: [0, 0] })).toEqual([
    ['e', 1],
    ['a', 2],
    ['b', 3],
    ['c', 3],
    ['d', null, 'nothing-decided'],
  ]);
  // Both are 99.99% when rounded down.
  expect(places('Q3', { a: [99_990, 10], b: [99_991, 9] })).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
});

test('nobody is ranked on fewer ratings than the policy says', () => {
  expect(places('Q4', { a: [29, 0], b: [25, 5], c: [0, 0] })).toEqual([
    ['b', 1],
    ['a', null, 'too-few-ratings'],
    ['c', null, 'nothing-decided'],
  ]);
});

test('of what is wrong, less is better', () => {
  expect(places('overdue', { a: [1, 1], b: [0, 3] }).map(([site]) => site)).toEqual(['b', 'a']);
});

test('law: every site has one place, in an order that does not depend on the order in which they came', () => {
  const rates = fc.dictionary(fc.stringMatching(/^[a-f]{1,2}$/), fc.tuple(fc.nat(6), fc.nat(6)), { maxKeys: 12 });
  fc.assert(
    fc.property(rates, fc.constantFrom(...MEASURE_IDS), (counts, measure) => {
      const all = table(measure, counts);
      const backwards = Object.fromEntries(Object.entries(counts).reverse());
      expect(table(measure, backwards)).toEqual(all);
      expect(all.map(({ site }) => site).sort()).toEqual(Object.keys(counts).sort());
      const ranked = all.filter(({ rank }) => rank !== null);
      expect(all.slice(0, ranked.length)).toEqual(ranked);
      for (const [i, { rank, figure }] of ranked.entries()) {
        const better = ranked.filter((one) => compareRates(one.figure.rate!, figure.rate!) * sign(measure) > 0);
        expect(rank).toBe(better.length + 1);
        expect(rank).toBeLessThanOrEqual(i + 1);
      }
    }),
    { numRuns: 300 },
  );
});

const sign = (measure: string) => (['overdue', 'attitude', 'not-valid', 'agent-typed'].includes(measure) ? -1 : 1);
