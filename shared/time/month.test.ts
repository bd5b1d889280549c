import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './clock.ts';
import { daysIn, daysOf, isMonth, monthOf, monthsBetween, plusMonths } from './month.ts';

const month = fc
  .tuple(fc.integer({ min: 1900, max: 2999 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, n]) => `${year}-${String(n).padStart(2, '0')}`);

test('law: months added are months between, across years and back', () => {
  fc.assert(
    fc.property(month, fc.integer({ min: -600, max: 600 }), (from, n) => {
      const to = plusMonths(from, n);
      expect([isMonth(to), monthsBetween(from, to), plusMonths(to, -n)]).toEqual([true, n, from]);
    }),
  );
});

test('law: a month ends where the next begins, and has the days between', () => {
  fc.assert(
    fc.property(month, (one) => {
      const { from, to } = daysOf(one);
      expect([monthOf(from), monthOf(to), addDays(to, 1)]).toEqual([one, one, daysOf(plusMonths(one, 1)).from]);
      expect(addDays(from, daysIn(one) - 1)).toBe(to);
    }),
  );
});

test('February has the days of its year; what is no month is none', () => {
  expect(['2026-02', '2028-02', '2100-02'].map(daysIn)).toEqual([28, 29, 28]);
  expect(['2026-13', '2026-00', '2026-1', '2026-Q1', '2026-01-01'].filter(isMonth)).toEqual([]);
});
