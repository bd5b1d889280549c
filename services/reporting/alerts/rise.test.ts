import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../../../shared/time/clock.ts';
import { beforeOf, isUnusual } from './rise.ts';

const TODAY: Day = '2026-06-01'; // a Monday
const FROM = 5;
const AGO = Array.from({ length: 28 }, (_, i) => addDays(TODAY, -(i + 1)));
/** Counts of the days before, the nearest first. */
const history = (...ago: number[]): Record<Day, number> => Object.fromEntries(ago.map((n, i) => [AGO[i], n]));
const rises = (n: number, counts: Record<Day, number>, since = 365, from = FROM) => {
  const before = beforeOf(counts, TODAY, since);
  return before !== undefined && isUnusual(n, before, from);
};
const steady = (n: number) => history(...Array.from({ length: 28 }, () => n));

/** Chances that don't change from run to run. */
const chances = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const poisson = (mean: number, random: () => number): number => {
  let n = -1;
  for (let product = 1; product > Math.exp(-mean); n++) product *= random();
  return n;
};

test('a burst on a quiet site is a rise from the fifth complaint on, never before', () => {
  expect([1, 4, 5, 12].map((n) => rises(n, {}))).toEqual([false, false, true, true]);
  expect(rises(3, {}, 365, 3)).toBe(true);
});

test('it is what a Poisson law of the days before reaches less than once in a thousand', () => {
  // P(X ≥ 5 | 1) = 0.00366, P(X ≥ 6 | 1) = 0.00059; P(X ≥ 23 | 10) = 0.00035, P(X ≥ 21 | 10) = 0.00159.
  expect([5, 6].map((n) => rises(n, steady(1)))).toEqual([false, true]);
  expect([21, 23].map((n) => rises(n, steady(10)))).toEqual([false, true]);
});

test('a site with many complaints every day stays quiet about as many as every day, and a little more', () => {
  expect([40, 50, 60].map((n) => rises(n, steady(40)))).toEqual([false, false, false]);
  expect(rises(80, steady(40))).toBe(true);
});

test('Mondays are held against Mondays: what comes every Monday is no rise, on a Tuesday it were', () => {
  const mondays = Object.fromEntries([7, 14, 21, 28].map((ago) => [addDays(TODAY, -ago), 14]));
  expect(rises(14, mondays)).toBe(false);
  const tuesday = addDays(TODAY, 1);
  const before = beforeOf({ ...mondays, [TODAY]: 14 }, tuesday, 365);
  expect(before && isUnusual(14, before, FROM)).toBe(true);
});

test('days before the site’s first complaint do not count, and of fewer than 14 nothing is said', () => {
  expect([0, 13, 14].map((since) => rises(9, {}, since))).toEqual([false, false, true]);
  // 14 complaints in 14 days are one a day, not half of one.
  const two = history(...Array.from({ length: 14 }, () => 1));
  expect([rises(5, two, 14), rises(5, two, 28)]).toEqual([false, true]);
});

/** By complaints a day as a rule: what of the days with three times as many is found, and with how many nearly all are. */
const FOUND = [
  { mean: 0.2, ofThrice: 0, surely: 12 },
  { mean: 1, ofThrice: 0.04, surely: 14 },
  { mean: 3, ofThrice: 0.25, surely: 21 },
  { mean: 8, ofThrice: 0.8, surely: 32 },
  { mean: 20, ofThrice: 0.99, surely: 60 },
];

test.each(FOUND)(
  'steady $mean a day give about no false alarm; of days with three times as many $ofThrice are found at least, with $surely nearly all',
  ({ mean, ofThrice, surely }) => {
    const random = chances(7);
    const found = { steady: 0, thrice: 0, many: 0 };
    const days = 1_500;
    for (let i = 0; i < days; i++) {
      const before = beforeOf(history(...AGO.map(() => poisson(mean, random))), TODAY, 365);
      const isRise = (n: number) => before !== undefined && isUnusual(n, before, FROM);
      if (isRise(poisson(mean, random))) found.steady++;
      if (isRise(poisson(mean * 3, random))) found.thrice++;
      if (isRise(poisson(surely, random))) found.many++;
    }
    expect(found.steady, 'false alarms').toBeLessThanOrEqual(4);
    expect(found.thrice / days, 'of three times as many').toBeGreaterThanOrEqual(ofThrice);
    expect(found.many / days, `of ${surely}`).toBeGreaterThan(0.95);
  },
);

test('law: more complaints are no less a rise, more before no more one; and it is what exact sums say', () => {
  const days = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 28, maxLength: 28 });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 90 }), fc.nat(27), (ago, n, i) => {
      const before = history(...ago);
      if (rises(n, before)) {
        expect(rises(n + 1, before)).toBe(true);
        return;
      }
      expect(rises(n, history(...ago.map((one, j) => (j === i ? one + 5 : one))))).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 5, max: 80 }), (complaints, n) => {
      const mean = complaints / 28;
      let [term, below] = [Math.exp(-mean), 0];
      for (let k = 0; k < n; k++) {
        below += term;
        term *= mean / (k + 1);
      }
      // Where floats can tell.
      fc.pre(Math.abs(1 - below - 0.001) > 1e-9);
      expect(isUnusual(n, { complaints, days: 28 }, FROM)).toBe(1 - below < 0.001);
    }),
  );
});
