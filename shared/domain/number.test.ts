import { expect, test } from 'vitest';
import { caseNumber, partsOf, saidNumber, soughtNumber } from './number.ts';

test('a number has three digits at least, and is said without its year while that is clear', () => {
  expect(caseNumber('JD', '2026-11-30', 4)).toBe('JD20261130-004');
  expect(caseNumber('JD', '2026-11-30', 12_345)).toBe('JD20261130-12345');
  expect(partsOf('TS20261130-004')).toEqual({ prefix: 'TS', day: '2026-11-30', serial: 4 });
  expect(saidNumber('JD20261130-004', '2026-12-31')).toBe('JD1130-004');
  expect(saidNumber('JD20261130-004', '2027-10-30')).toBe('JD20261130-004');
  expect(saidNumber('something else', '2027-10-30')).toBe('something else');
});

test.each([
  ['4', 4, '2026-10-31', '2026-11-30'],
  ['004', 4, '2026-10-31', '2026-11-30'],
  ['jd4', 4, '2026-10-31', '2026-11-30'],
  ['JD0004', 4, '2026-10-31', '2026-11-30'],
  ['30-4', 4, '2026-10-31', '2026-11-30'],
  ['1130-4', 4, '2026-02-02', '2026-12-01'],
  ['JD1130-004', 4, '2026-02-02', '2026-12-01'],
  ['JD20251130-004', 4, '2025-11-30', '2025-11-30'],
])('what somebody types: %s', (typed, serial, from, to) => {
  expect(soughtNumber(typed, 'JD', '2026-11-30')).toMatchObject({ serial, from, to });
});

test('a day that is named is the only one', () => {
  const days = (typed: string) =>
    ['2026-10-30', '2026-11-29', '2026-11-30'].filter((day) => soughtNumber(typed, 'JD', '2026-11-30')?.isOf(day));
  expect([days('4'), days('30-4'), days('1130-4')]).toEqual([
    ['2026-10-30', '2026-11-29', '2026-11-30'],
    ['2026-10-30', '2026-11-30'],
    ['2026-11-30'],
  ]);
});

test('a number of something else, or none, is nobody’s', () => {
  for (const typed of ['TS4', 'JD', '', '-', '4-', 'x4', '4-4-4'])
    expect([typed, soughtNumber(typed, 'JD', '2026-11-30')]).toEqual([typed, undefined]);
});
