import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../../shared/time/clock.ts';
import { checked, joined, PERIODS, partsOf, periodOf, spanBefore, startOfPeriod } from './span.ts';

const day = fc.integer({ min: -4000, max: 4000 }).map((n) => addDays('2026-01-01', n));
const span = fc.tuple(day, fc.nat(900)).map(([from, days]) => ({ from, to: addDays(from, days) }));

test('a day lies in its week, month, quarter and year', () => {
  const of = (on: string) => PERIODS.map((by) => periodOf(on, by));
  expect(of('2026-03-31')).toEqual(['2026-03-31', '2026-03-30', '2026-03', '2026-Q1', '2026']);
  expect(of('2026-04-01')).toEqual(['2026-04-01', '2026-03-30', '2026-04', '2026-Q2', '2026']);
  expect(of('2027-01-02')).toEqual(['2027-01-02', '2026-12-28', '2027-01', '2027-Q1', '2027']);
});

test('the span before a month, a quarter, a leap February is as many months; of other days, as many days', () => {
  const before = (from: string, to: string) => Object.values(spanBefore({ from, to })).join(' ');
  expect(before('2026-03-01', '2026-03-31')).toBe('2026-02-01 2026-02-28');
  expect(before('2028-02-01', '2028-02-29')).toBe('2028-01-01 2028-01-31');
  expect(before('2026-01-01', '2026-03-31')).toBe('2025-10-01 2025-12-31');
  expect(before('2026-01-01', '2026-12-31')).toBe('2025-01-01 2025-12-31');
  expect(before('2026-03-01', '2026-03-30')).toBe('2026-01-30 2026-02-28');
  expect(before('2026-05-01', '2026-05-01')).toBe('2026-04-30 2026-04-30');
});

test('law: the span before ends the day before, and is as long', () => {
  fc.assert(
    fc.property(span, (asked) => {
      const before = spanBefore(asked);
      expect(addDays(before.to, 1)).toBe(asked.from);
      expect(before.from <= before.to).toBe(true);
      const days = daysBetween(asked.from, asked.to);
      const isMonths = asked.from.endsWith('-01') && addDays(asked.to, 1).endsWith('-01');
      if (isMonths) expect(before.from.endsWith('-01')).toBe(true);
      else expect(daysBetween(before.from, before.to)).toBe(days);
    }),
  );
});

test('law: a period begins with a day of its own, and the day before is of another', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...PERIODS), (on, by) => {
      const start = startOfPeriod(on, by);
      expect(start <= on).toBe(true);
      expect(periodOf(start, by)).toBe(periodOf(on, by));
      expect(periodOf(addDays(start, -1), by) < periodOf(on, by)).toBe(true);
    }),
  );
});

test('by quarter or year a span may be five years long, else 400 days', () => {
  const from = '2022-01-01';
  expect(() => checked({ from, to: '2026-12-31' }, 'quarter')).not.toThrow();
  expect(() => checked({ from, to: '2027-01-05' }, 'year')).toThrow('request.invalid');
  expect(() => checked({ from, to: '2023-02-05' }, 'month')).toThrow('request.invalid');
  expect(() => checked({ from, to: '2021-12-31' }, 'year')).toThrow('request.invalid');
  for (const odd of ['0000-01-01', '1999-12-31', '3000-01-01', '9999-12-31'])
    expect(() => checked({ from: odd, to: odd }, 'day')).toThrow('request.invalid');
});

test('spans that follow each other are one', () => {
  const [one, two, three] = ['01', '02', '03'].map((month) => ({ from: `2026-${month}-01`, to: `2026-${month}-28` }));
  expect(joined([one!, two!, three!])).toEqual([one, { from: '2026-02-01', to: '2026-03-28' }]);
  expect(joined([])).toEqual([]);
});

test('law: whole months and the days at both ends are the span, nothing twice', () => {
  fc.assert(
    fc.property(span, (asked) => {
      const { months, days } = partsOf(asked);
      const parts = [...days, ...(months ? [months] : [])].sort((a, b) => (a.from < b.from ? -1 : 1));
      expect(parts[0]?.from).toBe(asked.from);
      expect(parts.at(-1)?.to).toBe(asked.to);
      for (const [i, { from, to }] of parts.entries()) {
        expect(from <= to).toBe(true);
        if (i > 0) expect(addDays(parts[i - 1]?.to as string, 1)).toBe(from);
      }
      expect(Math.max(0, ...days.map(({ from, to }) => daysBetween(from, to)))).toBeLessThan(months ? 30 : 60);
      if (months) expect([months.from.slice(8), addDays(months.to, 1).slice(8)]).toEqual(['01', '01']);
    }),
  );
});
