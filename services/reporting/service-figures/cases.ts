import type { Directory } from '../../../shared/directory/units.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { CaseRow, FigureId } from '../figures/contract.ts';
import { DIMENSIONS, type Dimension, isTold, lineOf, type ReadingContext } from './dimensions.ts';
import { contextFor } from './reading.ts';

/** Which line of which breakdowns; the empty text is the line of what isn't known. */
export type Lines = Partial<Record<Dimension, string | undefined>>;

/**
 * The cases of a figure that are on some lines of its breakdowns.
 * @throws Refusal naming what a figure isn't broken down by
 */
export const onLines = (
  figure: FigureId,
  lines: Lines,
  { directory, at }: { directory: Directory; at: Instant },
): ((rows: CaseRow[]) => Promise<CaseRow[]>) => {
  const wanted = DIMENSIONS.flatMap((dimension) => {
    const line = lines[dimension];
    return line === undefined ? [] : [{ dimension, line: line === '' ? null : line }];
  });
  const strange = wanted.find(({ dimension }) => !isTold(figure, dimension));
  if (strange)
    throw invalid({ field: `query.${strange.dimension}`, rule: 'field.not-broken-down', details: { figure } });
  return async (rows) => {
    const isPlaced = wanted.some(({ dimension }) => dimension === 'building');
    const context: ReadingContext = isPlaced
      ? await contextFor(directory, rows, at)
      : { at, buildingOf: () => undefined };
    return rows.filter((row) =>
      wanted.every(({ dimension, line }) => lineOf(row, dimension, figure, context) === line),
    );
  };
};
