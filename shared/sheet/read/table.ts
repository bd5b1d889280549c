import { Refusal } from '../../refusal.ts';
import type { Bounds, Cell, Page, Row } from './cells.ts';
import { csvPage } from './csv.ts';
import { notASheet, startsWith, unreadable } from './faults.ts';
import { openWorkbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

/** Rows among which the header is looked for: titles, notes and dates of issue stand above it. */
const HEADER_WITHIN = 30;

/** A table found in a file: its header, where that stands, and the rows below it. */
export interface Table {
  /** The sheet it is in; `CSV` for a file that has none. */
  sheet: string;
  /** The header's line. */
  line: number;
  header: string[];
  rows: Row[];
}

/**
 * What is in a file of any kind that spreadsheets are saved as: XLSX, or CSV in UTF-8, UTF-16 or GB18030. What it is shows in
 * its bytes, whatever its name says.
 * @throws Refusal import.unreadable, import.not-a-sheet, import.too-large, import.too-many-columns
 */
export const readPages = (bytes: Uint8Array, max: Bounds): Page[] => {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw notASheet();
  const within = { ...max, rows: max.rows + HEADER_WITHIN };
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return [csvPage(bytes, within)];
  const workbook = openWorkbook(bytes);
  return workbook.sheets.map((sheet) => readWorksheet(workbook, sheet, within));
};

const titlesOf = (cells: readonly Cell[]) => cells.map(({ text }) => text);

/**
 * The table of a file: its header is the row, within the first of a sheet, that says most to `known`; the first such, so that a sheet
 * of notes or a title above is passed over. Where no row says anything it is the first.
 * @param known how many columns a row's titles name
 * @throws Refusal import.unreadable when nothing is in it, import.too-many-rows
 */
export const tableIn = (pages: readonly Page[], max: Bounds, known: (titles: readonly string[]) => number): Table => {
  let best: { page: Page; at: number; says: number } | undefined;
  for (const page of pages) {
    for (const [at, { cells }] of page.rows.slice(0, HEADER_WITHIN).entries()) {
      const says = known(titlesOf(cells));
      if (!best || says > best.says) best = { page, at, says };
    }
  }
  const header = best?.page.rows[best.at];
  if (!best || !header) throw unreadable();
  const rows = best.page.rows.slice(best.at + 1);
  if (best.page.more || rows.length > max.rows) throw new Refusal('invalid', 'import.too-many-rows', { max: max.rows });
  return { sheet: best.page.name ?? 'CSV', line: header.line, header: titlesOf(header.cells), rows };
};
