import type { Day } from '../../../shared/time/clock.ts';
import { daysOf, firstDay, lastDay, monthOf, monthsBetween, plusMonths } from '../../../shared/time/month.ts';

/**
 * The first and the last day of the period in a bill's name: a month (`2026-11`), quarter (`2026-Q4`) or year, also of a
 * later bill for the same (`2026-11+2`). `undefined` for what is for no period, such as a slip.
 */
export const periodDays = (period: string): { from: Day; to: Day } | undefined => {
  const [, year = '', month, quarter] = /^(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?(?:\+\d+)?$/.exec(period) ?? [];
  if (year === '') return undefined;
  if (month) return daysOf(`${year}-${month}`);
  const first = plusMonths(`${year}-01`, quarter ? 3 * (Number(quarter) - 1) : 0);
  return { from: firstDay(first), to: lastDay(plusMonths(first, quarter ? 2 : 11)) };
};

/** How many months lie between two days, both included; `undefined` where one of them is there in part. */
export const wholeMonths = ({ from, to }: { from: Day; to: Day }): number | undefined =>
  from === firstDay(monthOf(from)) && to === lastDay(monthOf(to))
    ? monthsBetween(monthOf(from), monthOf(to)) + 1
    : undefined;
