import { addDays, type Day } from '../../../shared/clock.ts';

/** A month of the calendar, `YYYY-MM`: what a run is for. */
export type Month = string;

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day => addDays(firstDay(plusMonths(month, 1)), -1);

const ordinal = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

export const plusMonths = (month: Month, months: number): Month => {
  const n = ordinal(month) + months;
  return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;
};
export const dayOfMonth = (day: Day): number => Number(day.slice(8));
export const daysIn = (month: Month): number => dayOfMonth(lastDay(month));

/**
 * The first and the last day of the period in a bill's name: a month (`2026-11`), quarter (`2026-Q4`) or year, also of a
 * later bill for the same (`2026-11+2`). `undefined` for what is for no period, such as a slip.
 */
export const periodDays = (period: string): { from: Day; to: Day } | undefined => {
  const [, year = '', month, quarter] = /^(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?(?:\+\d+)?$/.exec(period) ?? [];
  if (year === '') return undefined;
  if (month) return { from: firstDay(`${year}-${month}`), to: lastDay(`${year}-${month}`) };
  const first = plusMonths(`${year}-01`, quarter ? 3 * (Number(quarter) - 1) : 0);
  return { from: firstDay(first), to: lastDay(plusMonths(first, quarter ? 2 : 11)) };
};

/** How many months lie between two days, both included; `undefined` where one of them is there in part. */
export const wholeMonths = ({ from, to }: { from: Day; to: Day }): number | undefined =>
  from === firstDay(monthOf(from)) && to === lastDay(monthOf(to))
    ? ordinal(monthOf(to)) - ordinal(monthOf(from)) + 1
    : undefined;
