import { NOTHING, type ReadCell } from '../../../shared/sheet/read/cells.ts';
import type { SheetTable } from '../../../shared/sheet/read/table.ts';
import { folded } from '../../../shared/sheet/read/words.ts';
import { columnsAt, type ImportColumn, type ImportColumns } from './columns.ts';
import { PLACE_FIELDS } from './places.ts';

/** What a sum is labelled with: 合计, 8幢小计, 共计（5户）, Grand total. */
const LABEL = /^(.{0,12}(合|小|总|共)[计計](\d+\p{L}{0,2})?|(grand|sub)?totals?\d*)$/u;
const labels = ({ text }: ReadCell = NOTHING): boolean => LABEL.test(folded(text));
/** What stands below a sheet: who checked and who made it and when, a note, its page. */
const NOTE = new RegExp(
  [
    '^(审核|复核|审批|批准|制表|制单|填表|填报|编制|经办|统计|打印|导出|单位负责|日期|备注|说明|注)(人|员|日期|时间|单位|部门)?:',
    '^(第\\d+页|共\\d+页|page\\d+)',
    '^(preparedby|checkedby|approvedby|notes?|remarks?):',
  ].join('|'),
  'i',
);
const notes = ({ text }: ReadCell = NOTHING): boolean => NOTE.test(text.normalize('NFKC').replace(/\s/g, ''));

/**
 * A table without its rows of totals and of notes, and how many those were. A note stands in the first filled cell of a row that isn't
 * whole: below a heading that nobody reads, with nothing in it that a row needs. A total says so where a place stands; or in its first
 * filled cell, below a heading that nobody reads or with nothing else in it that a row needs: somebody may be called Total.
 */
export const withoutTotals = (
  table: SheetTable,
  columns: ImportColumns<object>,
): { table: SheetTable; totals: number } => {
  const at = columnsAt(table.header, columns);
  const placed = PLACE_FIELDS.flatMap((field) => at.get(field) ?? []);
  const read = new Set([...at.values()].flat());
  const needed = (Object.entries(columns) as [string, ImportColumn<unknown>][]).flatMap(([field, { empty }]) =>
    empty ? [] : (at.get(field) ?? []),
  );
  const rows = table.rows.filter(({ cells }) => {
    const filled = (column: number) => (cells[column] ?? NOTHING).text !== '';
    const first = cells.findIndex(({ text }) => text !== '');
    const alone = !read.has(first) || needed.every((column) => column === first || !filled(column));
    const extraItems = needed.filter((column) => column !== first && filled(column) && !notes(cells[column]));
    const whole = !read.has(first) || (extraItems.length === needed.length && extraItems.length > 0);
    if (notes(cells[first]) && (extraItems.length === 0 || !whole)) return false;
    return !(placed.some((column) => labels(cells[column])) || (labels(cells[first]) && alone));
  });
  return { table: { ...table, rows }, totals: table.rows.length - rows.length };
};
