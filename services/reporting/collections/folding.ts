import type { Month } from '../../../shared/time/month.ts';
import { yearOf } from './money.ts';
import { addTo, type CellKey, type CellSums, type MoneyCell } from './post.ts';

/** What a question tells cells apart by: those whose keys come to the same are added up as they are read. */
export type Coarse = (key: CellKey) => CellKey;

/** Before and after every month there is; as text. */
export const BEFORE = '0000-00';
export const LATER = '9999-99';

/**
 * What figures of a month tell apart (pure): lines entered before its year, in the year before it, in it, and later; for
 * earlier years or not. What is for a month stays as it is, of `months`; every other month is one.
 */
export const forFigures = (month: Month, months: readonly Month[] = [month]): Coarse => {
  const year = yearOf(month);
  const entered = (its: Month): Month => {
    if (its > month) return LATER;
    if (its === month) return month;
    return yearOf(its) < year ? BEFORE : `${year}-00`;
  };
  return ({ month: its, of, ...key }) =>
    key.by === 'entered'
      ? { ...key, month: entered(its), of: of < year ? yearOf(BEFORE) : year }
      : { ...key, month: months.includes(its) ? its : LATER, of };
};

/** Cells added up page by page, once for each question: what is held is a page, and as many sums as are told apart. */
export const foldedCells = async (
  pages: AsyncIterable<readonly MoneyCell[]>,
  ...questions: Coarse[]
): Promise<MoneyCell[][]> => {
  const sums = questions.map((coarse): [Coarse, CellSums] => [coarse, new Map()]);
  for await (const page of pages) {
    for (const cell of page) for (const [coarse, cells] of sums) addTo(cells, { ...cell, key: coarse(cell.key) });
  }
  return sums.map(([, cells]) => [...cells.values()]);
};
