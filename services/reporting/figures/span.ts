import { invalid } from '../../../shared/domain/refusal.ts';
import { addDays, type Day, daysBetween, weekOf } from '../../../shared/time/clock.ts';
import { firstDay, lastDay, monthOf, monthsBetween, plusMonths } from '../../../shared/time/month.ts';

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** Days of a site's own calendar, both included. */
export interface Span {
  from: Day;
  to: Day;
}

/** Days in one answer, at most: what is shown by day is read by day, what is shown by quarter or year isn't. */
export const DAYS: Record<Period, number> = { day: 400, week: 400, month: 400, quarter: 5 * 366, year: 5 * 366 };
export const DAYS_MAX = `at most ${DAYS.day} days from \`from\`, ${DAYS.year} by quarter or year`;

/** Where days are sure to sort as text, the span before included. */
const [EARLIEST, LATEST] = ['2000-01-01', '2999-12-31'];

/** @throws Refusal for a span that ends before it begins, is too long to be read, or of no time we live in */
export const checked = ({ from, to }: Span, by: Period = 'day'): void => {
  if (from < EARLIEST || from > LATEST)
    throw invalid({ field: 'query.from', rule: 'field.from-to', details: { from: EARLIEST, to: LATEST } });
  if (to < from) throw invalid({ field: 'query.to', rule: 'field.not-before-from' });
  if (to > addDays(from, DAYS[by] - 1))
    throw invalid({ field: 'query.to', rule: 'field.days-most', details: { days: DAYS[by] } });
};

const quarterOf = (day: Day): number => Math.ceil(Number(day.slice(5, 7)) / 3);

/** The name of the period a day lies in: the day, the Monday of its week, `YYYY-MM`, `YYYY-Qn` or `YYYY`. */
export const periodOf = (day: Day, by: Period): string => {
  if (by === 'day') return day;
  if (by === 'week') return weekOf(day);
  if (by === 'month') return monthOf(day);
  return by === 'quarter' ? `${day.slice(0, 4)}-Q${quarterOf(day)}` : day.slice(0, 4);
};

/** The first day of the period a day lies in. */
export const startOfPeriod = (day: Day, by: Period): Day => {
  if (by === 'day') return day;
  if (by === 'week') return weekOf(day);
  if (by === 'month') return firstDay(monthOf(day));
  return by === 'quarter'
    ? `${day.slice(0, 4)}-${String(3 * quarterOf(day) - 2).padStart(2, '0')}-01`
    : `${day.slice(0, 4)}-01-01`;
};

const isWholeMonths = ({ from, to }: Span): boolean => from === firstDay(monthOf(from)) && to === lastDay(monthOf(to));

/** The span of the same length just before: as many months where it is whole months, else as many days. */
export const spanBefore = (span: Span): Span => {
  const { from, to } = span;
  const start = isWholeMonths(span)
    ? firstDay(plusMonths(monthOf(from), -monthsBetween(monthOf(from), monthOf(to)) - 1))
    : addDays(from, -daysBetween(from, to) - 1);
  return { from: start, to: addDays(from, -1) };
};

/** A span as the whole months within it, if there are any, and the days left over at its ends. */
export const partsOf = (span: Span): { months?: Span; days: Span[] } => {
  const { from, to } = span;
  const first = from === firstDay(monthOf(from)) ? from : firstDay(plusMonths(monthOf(from), 1));
  const last = to === lastDay(monthOf(to)) ? to : addDays(firstDay(monthOf(to)), -1);
  if (first > last) return { days: [span] };
  const ends = [
    { from, to: addDays(first, -1) },
    { from: addDays(last, 1), to },
  ];
  return { months: { from: first, to: last }, days: ends.filter((end) => end.from <= end.to) };
};

/** Spans of which one begins where the other ends, as one. @param spans in order, none within another */
export const joined = (spans: readonly Span[]): Span[] => {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && addDays(last.to, 1) === span.from) all.splice(-1, 1, { from: last.from, to: span.to });
    else all.push(span);
  }
  return all;
};
