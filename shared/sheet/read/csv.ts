import { type CsvError, parse } from 'csv-parse/sync';
import { type Bounds, isBlank, type SheetPage, textCell } from './cells.ts';
import { notASheet, startsWith, unreadable } from './faults.ts';

/** A file's text: UTF-8, UTF-16 (with its mark), or GB18030, which is what Chinese Excel writes. @throws Refusal */
export const textOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
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

const SEPARATORS = ['\t', ',', ';', '|'] as const;
/** Lines by which the separator is found. */
const SAMPLED = 30;

/** What parts the columns: what stands in most lines, and most often. A title above the header has none. */
const separatorOf = (text: string): string => {
  const lines = text
    .slice(0, 64 * 1024)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, SAMPLED);
  const counts = SEPARATORS.map((one) => {
    const parts = lines.map((line) => line.split(one).length - 1);
    return { one, lines: parts.filter((n) => n > 0).length, all: parts.reduce((sum, n) => sum + n, 0) };
  });
  const [best] = counts.sort((a, b) => b.lines - a.lines || b.all - a.all);
  return best && best.all > 0 ? best.one : ',';
};

/** A CSV, whatever parts its columns: `sep=;` says so in the first line. @throws Refusal import.unreadable */
export const csvPage = (bytes: Uint8Array, max: Bounds): SheetPage => {
  const text = textOf(bytes);
  const [said, declared] = /^\uFEFF?"?sep=([^\r\n"])"?(?=[\r\n]|$)/i.exec(text) ?? [''];
  const rest = text.slice(said.length).replace(/^\uFEFF/, '');
  try {
    const records = parse(rest, {
      delimiter: declared ?? separatorOf(rest),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // Rows that are only formatted are saved as bare separators.
      skip_records_with_empty_values: true,
      to: max.rows + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const rows = records
      .map(({ record, info }) => ({ line: info.lines, cells: record.slice(0, max.columns).map(textCell) }))
      .filter((row) => !isBlank(row));
    return {
      rows: rows.slice(0, max.rows),
      merges: [],
      more: records.length > max.rows,
      whole: /[\r\n]\s*$/.test(rest),
    };
  } catch (error) {
    throw unreadable((error as CsvError & { lines?: number }).lines);
  }
};
