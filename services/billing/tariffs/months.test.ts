import { expect, test } from 'vitest';
import { periodDays } from './months.ts';

test('a period has its first and last day by its name: a month, a quarter, a year', () => {
  const days = (period: string) => Object.values(periodDays(period) ?? {}).join(' ');
  expect(days('2026-11')).toBe('2026-11-01 2026-11-30');
  expect(days('2028-02')).toBe('2028-02-01 2028-02-29');
  expect(days('2026-Q1')).toBe('2026-01-01 2026-03-31');
  expect(days('2026-Q4')).toBe('2026-10-01 2026-12-31');
  expect(days('2026')).toBe('2026-01-01 2026-12-31');
  // A correction's second bill of the month.
  expect(days('2026-11+2')).toBe('2026-11-01 2026-11-30');
});

test('what is for no period has none', () => {
  expect(['slp_1', '2026-13', '20261', ''].map(periodDays)).toEqual([undefined, undefined, undefined, undefined]);
});
