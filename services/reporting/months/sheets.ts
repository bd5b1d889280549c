import type * as z from 'zod';
import { named, type SheetColumns, table, timeAt } from '../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../shared/sheet/files.ts';
import { collectedTable } from '../collections/contract.ts';
import type { closedOut, collectedBuildingOut } from './view.ts';

type Closed = z.output<typeof closedOut>;

const CLOSED: SheetColumns<Closed> = [
  ['report.column.month', ({ month }) => month],
  ['sheet.closed-at', ({ closedAt }, _, told) => timeAt(closedAt, told)],
  ['sheet.closed-by', ({ closedBy }, _, told) => named('staff', closedBy, told)],
  ['sheet.hash', ({ hash }) => hash],
];
/** A line for each closed month of the page. */
export const closedFiles = sheetFiles<{ items: Closed[] }>('closed-months', ({ items }, language, told) =>
  table(CLOSED, items, language, told),
);

/** A line for each building of the page, as it was signed; money in yuan (元). */
export const closedBuildingFiles = sheetFiles<{ items: z.output<typeof collectedBuildingOut>[] }>(
  'closed-buildings',
  ({ items }, language) => collectedTable(items, language),
);
