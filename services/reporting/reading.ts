import { inParallel } from '../../shared/many.ts';
import { type Period, type Span, spanBefore } from './span.ts';
import type { Cell, Reporting } from './store.ts';

/** Queries at once: what a group's sites cost in time is one round trip, until there are more of them. */
const WIDTH = 256;

/** What was counted in a span, and in the one of the same length before it. */
export interface Counted {
  cells: Cell[];
  before: Cell[];
}

export const readSpan = async (
  reporting: Reporting,
  sites: readonly string[],
  span: Span,
  _by: Period,
): Promise<Counted> => {
  const spans = [span, spanBefore(span)];
  const queries = spans.flatMap(({ from, to }) => sites.map((site) => () => reporting.days(site, from, to)));
  const found = await inParallel(queries, WIDTH, (query) => query());
  return { cells: found.slice(0, sites.length).flat(), before: found.slice(sites.length).flat() };
};
