import { inParallel } from '../../../shared/aws/many.ts';
import { firstDay, monthOf } from '../../../shared/time/month.ts';
import { type CountCell, GRAINS } from './cell-store.ts';
import { type Closed, closedAmong } from './closing.ts';
import { joined, type Period, partsOf, type Span, spanBefore } from './span.ts';
import type { Reporting } from './store.ts';

/** Queries at once: what a group costs in time is one round trip, until it has more sites; the SDK warns of longer queues. */
const WIDTH = 100;

/** What was counted in a span, and in the one of the same length before it. */
export interface SpanCounts {
  cells: CountCell[];
  before: CountCell[];
  /** The closed ones of the months that the span touches. */
  closed: Closed[];
}

/** Periods that begin and end with months are read by the month. */
const BY_MONTH: readonly Period[] = ['month', 'quarter', 'year'];

/** What is read for a span and the one before it: days and months that follow each other come in one query. */
const readOf = (span: Span, by: Period): { day: Span[]; month: Span[] } => {
  const both = [spanBefore(span), span];
  if (!BY_MONTH.includes(by)) return { day: joined(both), month: [] };
  const parts = both.map(partsOf);
  return {
    day: joined(parts.flatMap(({ days }) => days)),
    month: joined(parts.flatMap(({ months }) => months ?? [])),
  };
};

/** The months that a span touches and that are not read for their counts: whether they are closed has to be asked for. */
const unreadOf = (span: Span, by: Period): Span[] => {
  const days = BY_MONTH.includes(by) ? partsOf(span).days : [span];
  return days.map(({ from, to }) => ({ from: firstDay(monthOf(from)), to: firstDay(monthOf(to)) }));
};

/** Every site's counts of a span and of the one before, in one round trip of queries side by side. */
export const readSpan = async (
  reporting: Reporting,
  sites: readonly string[],
  span: Span,
  by: Period,
): Promise<SpanCounts> => {
  const wanted = readOf(span, by);
  const queries = GRAINS.flatMap((grain) =>
    wanted[grain].flatMap((some) => sites.map((site) => () => reporting.cells(site, grain, some))),
  );
  const asked = unreadOf(span, by).flatMap((some) => sites.map((site) => () => reporting.cells(site, 'month', some)));
  const read = await inParallel([...queries, ...asked], WIDTH, (query) => query());
  const [all, marks] = [read.slice(0, queries.length).flat(), read.slice(queries.length).flat()];
  const cells = all.filter(({ day }) => day >= span.from);
  return {
    cells,
    before: all.filter(({ day }) => day < span.from),
    closed: closedAmong([...cells, ...marks]),
  };
};
