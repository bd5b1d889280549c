import { Refusal } from '../../domain/refusal.ts';
import {
  type Bounds,
  isBlank,
  type Merge,
  NOTHING,
  type ReadCell,
  type SheetPage,
  type SheetRow,
  textCell,
} from './cells.ts';
import { unescaped, type Workbook } from './workbook.ts';
import { readXml } from './xml.ts';

/** `C12` → column 2, row 12; what is left out is where the reader stands. */
const placeOf = (place: string): { column: number | undefined; row: number | undefined } => {
  const [, letters = '', digits = ''] = /^\$?([A-Za-z]{0,3})\$?(\d{0,7})$/.exec(place) ?? [];
  const column = [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
  return { column: column === 0 ? undefined : column - 1, row: digits === '' ? undefined : Number(digits) };
};

const mergeOf = (ref: string): Merge | undefined => {
  const [from, to] = ref.split(':').map(placeOf);
  return from?.column !== undefined && from.row !== undefined && to?.row !== undefined
    ? { column: from.column, from: from.row, to: to.row }
    : undefined;
};

/** The value of a cell by its type (ECMA-376 18.18.11). */
const cellOf = (type: string, style: string, said: string, workbook: Workbook): ReadCell => {
  if (said === '') return NOTHING;
  if (type === 's') return workbook.shared(Number(said));
  if (type === 'b') return { kind: 'flag', text: said.trim() === '1' ? 'TRUE' : 'FALSE' };
  if (type === 'e') return { kind: 'error', text: said };
  if (type === 'd') return { kind: 'day', text: said.slice(0, 10) };
  if (type === 'str' || type === 'inlineStr') return textCell(unescaped(said));
  const value = Number(said);
  return Number.isFinite(value) ? workbook.shown(Number(style || 0))(value) : textCell(said);
};

/**
 * The rows of a sheet in which something is seen, wherever they stand: a row or column that is only formatted is nothing.
 * @throws Refusal import.unreadable, import.too-many-columns
 */
export const readWorksheet = (
  workbook: Workbook,
  { name, part }: Workbook['sheets'][number],
  max: Bounds,
): SheetPage => {
  const rows: SheetRow[] = [];
  const merges: Merge[] = [];
  let more = false;
  let row: SheetRow = { line: 0, cells: [] };
  let column = -1;
  let filled = 0;
  let type = '';
  let style = '';
  let said = '';
  let heard = false;
  let spoken = false;

  readXml(part, {
    opened(element, attribute) {
      if (element === 'row') {
        row = { line: placeOf(attribute('r')).row ?? row.line + 1, cells: [] };
        column = -1;
        filled = 0;
      } else if (element === 'c') {
        column = placeOf(attribute('r')).column ?? column + 1;
        type = attribute('t');
        style = attribute('s');
        said = '';
      } else if (element === 'mergeCell') {
        const merge = mergeOf(attribute('ref'));
        if (merge && merge.to > merge.from) merges.push(merge);
      } else if (element === 'rPh') spoken = true;
      heard = element === 'v' || (element === 't' && !spoken);
    },
    text(some) {
      if (heard) said += some;
    },
    closed(element) {
      heard = false;
      if (element === 'rPh') spoken = false;
      if (element === 'c') {
        const cell = cellOf(type, style, said, workbook);
        if (cell.text === '') return undefined;
        filled += 1;
        // Two cells may say that they stand in one place.
        if (column >= max.columns || filled > max.columns)
          throw new Refusal('invalid', 'import.too-many-columns', { max: max.columns });
        while (row.cells.length < column) row.cells.push(NOTHING);
        row.cells[column] = cell;
      } else if (element === 'row' && !isBlank(row)) {
        more = rows.length === max.rows;
        if (more) return 'enough';
        rows.push(row);
      }
      return undefined;
    },
  });
  rows.sort((a, b) => a.line - b.line);
  return { name, rows, merges, more, whole: true };
};
