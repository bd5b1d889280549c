import { inParallel } from '../../shared/many.ts';
import type { Cell } from './cell-store.ts';
import { type Period, partsOf, type Span, spanBefore } from './span.ts';
import type { Reporting } from './store.ts';

/** Queries at once: what a group's sites cost in time is one round trip, until there are more of them. */
const WIDTH = 256;

/** What was counted in a span, and in the one of the same length before it. */
export interface Counted {
  cells: Cell[];
  before: Cell[];
}

/** Periods that begin and end with months are read by the month. */
const BY_MONTH: readonly Period[] = ['month', 'quarter', 'year'];

/** A site's counts of a span: by day, or by month where the periods asked for are made of whole ones. */
const queriesOf = (reporting: Reporting, site: string, span: Span, by: Period): (() => Promise<Cell[]>)[] => {
  const { months, days } = BY_MONTH.includes(by) ? partsOf(span) : { days: [span] };
  return [
    ...days.map((some) => () => reporting.cells(site, 'day', some)),
    ...(months ? [() => reporting.cells(site, 'month', months)] : []),
  ];
};

/** Every site's counts of a span and of the one before, in one round trip of queries side by side. */
export const readSpan = async (
  reporting: Reporting,
  sites: readonly string[],
  span: Span,
  by: Period,
): Promise<Counted> => {
  const read = (some: Span) => sites.flatMap((site) => queriesOf(reporting, site, some, by));
  const [now, before] = [read(span), read(spanBefore(span))];
  const found = await inParallel([...now, ...before], WIDTH, (query) => query());
  return { cells: found.slice(0, now.length).flat(), before: found.slice(now.length).flat() };
};
