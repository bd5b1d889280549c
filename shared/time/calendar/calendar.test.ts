import { expect, test } from 'vitest';
import { calendarOf, isWorkingDay, rolled } from './calendar.ts';

const CN = calendarOf('Asia/Shanghai');

test('a Saturday made up for a holiday is worked, a weekday of the holiday is not', () => {
  expect(isWorkingDay('2026-10-10', CN)).toBe(true);
  expect(isWorkingDay('2026-10-05', CN)).toBe(false);
  expect(isWorkingDay('2026-10-17', CN)).toBe(false);
});

test('a due day in a holiday rolls to the first working day after it', () => {
  expect(rolled('2026-02-15', CN)).toBe('2026-02-24');
  expect(rolled('2026-10-10', CN)).toBe('2026-10-10');
  expect(rolled('2026-11-10', CN)).toBe('2026-11-10');
});

test('a site without a calendar of ours rolls over weekends only', () => {
  const elsewhere = calendarOf('America/New_York');
  expect(rolled('2026-10-10', elsewhere)).toBe('2026-10-12');
  expect(rolled('2026-10-05', elsewhere)).toBe('2026-10-05');
});
