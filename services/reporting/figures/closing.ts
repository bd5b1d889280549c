import * as z from 'zod';
import { instantOut } from '../../../shared/http/schemas.ts';
import { addDays, type Day, iso } from '../../../shared/time/clock.ts';
import { firstDay, monthOf, monthsBetween, plusMonths } from '../../../shared/time/month.ts';
import type { CountCell } from './cell-store.ts';
import { type Period, periodOf, type Span } from './span.ts';

/** A site's closed month, and whether anything of it is counted otherwise since. */
export interface Closed {
  site: string;
  /** Its first day. */
  day: Day;
  closedAt: number;
  hash: string;
  corrected: boolean;
}

/** Closed months told of one by one in one answer, at most: all of one site's, whatever the span. */
const TOLD = 100;

const n = z.number().int().min(0);
export const tallyOut = z.object({
  months: n.meta({ description: 'Months of these sites that it touches' }),
  closed: n.meta({ description: 'Of them: signed (结账)' }),
  corrected: n.meta({ description: 'Of the closed: something was counted anew since it was signed' }),
});
export const closingOut = tallyOut
  .extend({
    items: z
      .array(
        z.object({
          site: z.string(),
          month: z.string(),
          closedAt: instantOut,
          hash: z.string(),
          corrected: z.boolean(),
        }),
      )
      .meta({
        description: `The closed months, corrected ones first, at most ${TOLD}; what differs of one is listed at GET /sites/{site}/months/{month}`,
      }),
  })
  .meta({ id: 'Closing', description: 'How much of it was signed, and stands as it was signed' });

/** The months' counts that bear a mark: closed, and counted anew where they were written since. */
export const closedAmong = (cells: readonly CountCell[]): Closed[] =>
  cells.flatMap(({ site, day, version, closed }) => {
    if (!closed) return [];
    const { closedAt, hash } = closed;
    return [{ site, day, closedAt, hash, corrected: version !== closed.version }];
  });

/** The first days of the months that a span touches. */
const monthsOf = ({ from, to }: Span): Day[] => {
  const first = monthOf(from);
  const months = monthsBetween(first, monthOf(to)) + 1;
  return Array.from({ length: months }, (_, i) => firstDay(plusMonths(first, i)));
};

export const NOTHING = { months: 0, closed: 0, corrected: 0 };
/** How so many sites' months stand. */
const tallied = (sites: number, months: readonly Day[], closed: readonly Closed[]): z.input<typeof tallyOut> => {
  const within = closed.filter(({ day }) => months.includes(day));
  return {
    months: sites * months.length,
    closed: within.length,
    corrected: within.filter(({ corrected }) => corrected).length,
  };
};

/** How the months stand that each period touches, as far as it lies in the span. @returns by the period's name */
export const closingByPeriod = (sites: number, span: Span, by: Period, closed: readonly Closed[]) => {
  const days: Day[] = by === 'day' || by === 'week' ? [] : monthsOf(span);
  if (days.length === 0) for (let day = span.from; day <= span.to; day = addDays(day, 1)) days.push(day);
  const months = new Map<string, Set<Day>>();
  for (const day of days) {
    const period = periodOf(day, by);
    months.set(period, (months.get(period) ?? new Set()).add(firstDay(monthOf(day))));
  }
  return new Map([...months].map(([period, some]) => [period, tallied(sites, [...some], closed)]));
};

export const closingOf = (
  sites: readonly string[],
  span: Span,
  closed: readonly Closed[],
): z.input<typeof closingOut> => {
  const order = ({ site, day, corrected }: Closed) => `${corrected ? 0 : 1}#${day}#${site}`;
  const told = [...closed].sort((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, TOLD);
  return {
    ...tallied(sites.length, monthsOf(span), closed),
    items: told.map(({ site, day, closedAt, hash, corrected }) => ({
      site,
      month: monthOf(day),
      closedAt: iso(closedAt),
      hash,
      corrected,
    })),
  };
};
