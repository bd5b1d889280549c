import { parse } from 'csv-parse/sync';

/** A line of a spreadsheet by its columns' names. */
export interface LineRecord {
  /** On which line of the file it begins, the header being line 1. */
  line: number;
  /** A column's value without the blanks around it; empty where the row is too short. */
  field(name: string): string;
}

/**
 * Reads a CSV file leniently: stray quotes, short rows, line breaks in quotes; empty rows are passed over.
 * @throws Error when a column that is needed is missing
 */
export const readRecords = (text: string, columns: readonly string[]): LineRecord[] => {
  if (text.trim() === '') throw new Error('the file is empty');
  const lines = new LineCounter(text);
  const records = parse(text, {
    columns: (names: string[]) => checked(names, columns),
    bom: true,
    info: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
  }) as unknown as { record: Record<string, string | undefined>; raw: string }[];
  return records.flatMap(({ record, raw }) => {
    const line = lines.next(raw);
    const empty = Object.values(record).every((value) => (value ?? '').trim() === '');
    return empty ? [] : [{ line, field: (name) => (record[name] ?? '').trim() }];
  });
};

const checked = (names: string[], columns: readonly string[]): string[] => {
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Error(`the file has no column ${missing.join(', ')}`);
  return names;
};

/** On which line of the file each record begins: a quoted field may hold line breaks, a line may be empty. */
class LineCounter {
  private line = 2;

  constructor(text: string) {
    // The header is one record too, and nearly always one line.
    this.line = 1 + Math.max(1, text.slice(0, text.search(/\r?\n|$/)).split('\n').length);
  }

  next(raw: string): number {
    const line = this.line;
    this.line += raw.replace(/\r?\n$/, '').split('\n').length;
    return line;
  }
}
