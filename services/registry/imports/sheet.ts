import { type CsvError, parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/universal';
import { Refusal } from '../../../shared/refusal.ts';
import { plain } from '../plain.ts';
import { repacked } from './bounds.ts';

/** Rows of one import, the header not counted. */
export const ROWS_MAX = 5_000;
export const COLUMNS_MAX = 100;
/** Characters of a cell that are looked at; no column takes as many. */
const CELL_MAX = 5_000;

export interface Row {
  /** The line of the file (its last, where a cell spans several), the header being line 1. */
  line: number;
  cells: string[];
}
export interface Sheet {
  header: string[];
  rows: Row[];
}

const unreadable = (line = 1) =>
  new Refusal('invalid', 'import.unreadable', { line }, [{ field: 'body.content', rule: 'a readable file' }]);
const notASheet = () =>
  new Refusal('invalid', 'import.not-a-sheet', {}, [{ field: 'body.content', rule: 'CSV or XLSX' }]);

/**
 * A spreadsheet as its first sheet's texts: XLSX, or CSV in UTF-8, UTF-16 (with its mark) or GB18030, which is what
 * Chinese Excel writes. What it is shows in its bytes, whatever its name says.
 * @throws Refusal when it can't be read or is too large
 */
export const readTable = async (bytes: Uint8Array): Promise<Sheet> => {
  const rows = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) ? await fromXlsx(bytes) : fromCsv(textOf(bytes));
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...rest] = filled;
  if (!header) throw unreadable();
  if (rest.length > ROWS_MAX) throw new Refusal('invalid', 'import.too-many-rows', { max: ROWS_MAX });
  return { header: header.cells, rows: rest };
};

const startsWith = (bytes: Uint8Array, magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

const textOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw notASheet();
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not this encoding; the next is tried.
    }
  }
  throw notASheet();
};

const fromCsv = (text: string): Row[] => {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const delimiter = first.includes('\t') ? '\t' : first.includes(',') || !first.includes(';') ? ',' : ';';
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: ROWS_MAX + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record.slice(0, COLUMNS_MAX).map(cellText) }));
  } catch (error) {
    throw unreadable((error as CsvError & { lines?: number }).lines);
  }
};

const fromXlsx = async (bytes: Uint8Array): Promise<Row[]> => {
  const safe = repacked(bytes, { rows: 2 * ROWS_MAX, columns: COLUMNS_MAX });
  const rows = await readSheet(safe).catch(() => {
    throw unreadable();
  });
  return rows.map((cells, i) => ({ line: i + 1, cells: cells.map(cellText) }));
};

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return plain(text.slice(0, CELL_MAX));
};
