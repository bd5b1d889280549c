import { addDays, type Day } from './clock.ts';

/** A month of a site's own calendar, `YYYY-MM`. */
export type Month = string;

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day => addDays(firstDay(plusMonths(month, 1)), -1);
/** Its first and its last day. */
export const daysOf = (month: Month): { from: Day; to: Day } => ({ from: firstDay(month), to: lastDay(month) });

/** Months since year 0. */
const ordinal = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** @param months also fewer than none */
export const plusMonths = (month: Month, months: number): Month => {
  const n = ordinal(month) + months;
  return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;
};
/** How many months one is after another. */
export const monthsBetween = (from: Month, to: Month): number => ordinal(to) - ordinal(from);

export const dayOfMonth = (day: Day): number => Number(day.slice(8));
export const daysIn = (month: Month): number => dayOfMonth(lastDay(month));
