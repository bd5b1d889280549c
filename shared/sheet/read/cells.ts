import { asSeen, plain, UNTURNED } from '../../values/plain-text.ts';

/**
 * What stands in a cell: a text, a number, a day (a date cell), a yes or no (a boolean), or an error that a formula came to.
 * A file of plain text has texts alone.
 */
export type CellKind = 'text' | 'number' | 'day' | 'flag' | 'error';

export interface ReadCell {
  kind: CellKind;
  /** As people see it, by the cell's number format: `0101`; a day as `2026-05-01`. Empty where nothing is seen. */
  text: string;
  /** As it stands there, where that isn't the text: `60㎡`, full-width digits. */
  written?: string;
  /** Of a number: its digits as shown, without signs of money or thousands: `1234.5`. */
  decimal?: string;
  /** Of a text on several lines: each of them. */
  lines?: string[];
  /** Of a text: it is seen in another order than it stands in, for what is unseen in it. */
  turned?: true;
}
export interface SheetRow {
  /** The line of the file that people see, from 1 (the last, where a cell spans several). */
  line: number;
  cells: ReadCell[];
}
/** Cells merged into one, which stands in the first: its column, and the lines it goes over. */
export interface Merge {
  column: number;
  from: number;
  to: number;
}
/** A sheet of a workbook, or the whole of a CSV: the rows in which something stands. */
export interface SheetPage {
  /** What its tab says; absent of a CSV. */
  name?: string;
  rows: SheetRow[];
  /** Its cells merged over several rows; what they say stands in the first row alone. */
  merges: Merge[];
  /** It has more rows than were asked for. */
  more: boolean;
  /** Its last line ends as every whole line does; a CSV may have been cut off. */
  whole: boolean;
}
export interface Bounds {
  /** Rows in which something stands, the header among them. */
  rows: number;
  columns: number;
}

/** Characters of a cell that are looked at; no column takes as many. One text may be shown by every cell there is. */
const CELL_MAX = 1_000;

export const NOTHING: ReadCell = { kind: 'text', text: '' };

/** `="0101"` is how a CSV says that digits are a text; the apostrophe is how people say it, and our own files. */
const asText = (text: string): string => {
  const quoted = /^="(.*)"$/s.exec(text)?.[1];
  return quoted === undefined ? text.replace(/^'(?=[\d=+\-@\s])/, '') : quoted.replaceAll('""', '"');
};

/** Visible ASCII that means nothing else: what most cells say, a number or a room. */
const PLAINLY = /^[\w(+.-][!$-~]{0,100}$/;

export const textCell = (text: string): ReadCell => {
  if (PLAINLY.test(text)) return { kind: 'text', text };
  const said = plain(asText(plain(text.slice(0, CELL_MAX)))).slice(0, CELL_MAX);
  if (said === '') return NOTHING;
  if (/^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|#+)$/.test(said)) return { kind: 'error', text: said };
  const lines = asText(text.slice(0, CELL_MAX).trim())
    .split(/[\r\n\v\f\u0085\u2028\u2029]+/)
    .map(plain);
  const filled = lines.filter((line) => line !== '');
  const written = asSeen(asText(text.slice(0, CELL_MAX).trim())).replace(/[^\S\u3000]+/g, ' ');
  return {
    kind: 'text',
    text: said,
    ...(written === said ? {} : { written }),
    ...(filled.length > 1 ? { lines: filled } : {}),
    ...(UNTURNED.test(text) ? {} : { turned: true as const }),
  };
};

export const isBlank = ({ cells }: { cells: readonly ReadCell[] }): boolean => cells.every(({ text }) => text === '');
