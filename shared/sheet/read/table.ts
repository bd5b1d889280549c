import { Refusal } from '../../domain/refusal.ts';
import type { Bounds, Merge, ReadCell, SheetPage, SheetRow } from './cells.ts';
import { csvPage } from './csv.ts';
import { notASheet, startsWith, unreadable } from './faults.ts';
import { carriedDown } from './merges.ts';
import { openWorkbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

/** Rows among which the header is looked for: titles, notes and dates of issue stand above it. */
const HEADER_WITHIN = 30;

/** A table found in a file: its header, where that stands, and the rows below it. */
export interface SheetTable {
  /** The sheet it is in; `CSV` for a file that has none. */
  sheet: string;
  /** The header's line. */
  line: number;
  header: string[];
  rows: SheetRow[];
  /** Of the rows; what is merged counts in the first of its rows alone, unless `carriedDown` says otherwise. */
  merges: Merge[];
  /** Other sheets in which a table stands, too: nothing was made of them. */
  unread: string[];
}

/**
 * What is in a file of any kind that spreadsheets are saved as: XLSX, or CSV in UTF-8, UTF-16 or GB18030. What it is shows in
 * its bytes, whatever its name says.
 * @throws Refusal import.unreadable, import.not-a-sheet, import.too-large, import.too-many-columns, import.too-many-sheets
 */
export const readPages = (bytes: Uint8Array, max: Bounds): SheetPage[] => {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw notASheet();
  const within = { ...max, rows: max.rows + HEADER_WITHIN };
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return [csvPage(bytes, within)];
  const workbook = openWorkbook(bytes);
  return workbook.sheets.map((sheet) => readWorksheet(workbook, sheet, within));
};

/** No heading is longer. */
const TITLE_MAX = 200;
const titlesOf = (cells: readonly ReadCell[]) => cells.map(({ text }) => text.slice(0, TITLE_MAX));

interface Found {
  page: SheetPage;
  /** Its rows, headings merged over several of them in each. */
  rows: readonly SheetRow[];
  at: number;
  says: number;
}
/** The row of a sheet that says most, the first such: a title above is passed over. */
const headerOf = (page: SheetPage, known: (titles: readonly string[]) => number): Found | undefined => {
  const first = page.rows.slice(0, HEADER_WITHIN);
  const rows = carriedDown(first, page.merges);
  let best: Found | undefined;
  for (const [at, { cells }] of rows.entries()) {
    const says = known(titlesOf(cells));
    if (!best || says > best.says) best = { page, rows, at, says };
  }
  return best;
};
const below = ({ page, at }: Found) => page.rows.length - at - 1;

/** Several rows of several cells: more than a title and a note. */
const looksLikeTable = ({ rows }: SheetPage): boolean =>
  rows.filter(({ cells }) => cells.filter(({ text }) => text !== '').length > 1).length > 1;

/**
 * The table of a file: its header is the row, within the first of a sheet, that says most to `known`; the first such sheet with anything
 * below it, so that notes and an empty form are passed over. Where no row says anything it is the first.
 * @param known how many columns a row's titles name
 * @throws Refusal import.unreadable when nothing is in it, import.too-many-rows
 */
export const tableIn = (
  pages: readonly SheetPage[],
  max: Bounds,
  known: (titles: readonly string[]) => number,
): SheetTable => {
  const all = pages.flatMap((page) => headerOf(page, known) ?? []);
  // An empty form may have more headings than the sheet that was filled in; a note that names a heading has few.
  const most = Math.max(0, ...all.map(({ says }) => says));
  const filled = all.filter((one) => below(one) > 0 && one.says > 0 && one.says * 2 >= most);
  const [best] = (filled.length > 0 ? filled : all).sort((a, b) => b.says - a.says);
  const header = best?.rows[best.at];
  if (!best || !header) throw unreadable();
  const { page, at } = best;
  const rows = page.rows.slice(at + 1);
  if (page.more || rows.length > max.rows) throw new Refusal('invalid', 'import.too-many-rows', { max: max.rows });
  return {
    sheet: page.name ?? 'CSV',
    line: header.line,
    header: titlesOf(header.cells),
    rows,
    merges: page.merges.filter(({ from }) => from > header.line),
    unread: pages.filter((other) => other !== page && looksLikeTable(other)).map(({ name = '' }) => name),
  };
};
