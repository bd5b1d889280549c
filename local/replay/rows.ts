import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';

/** The zone of the replayed sites. */
export const ZONE = 'America/New_York';

/** A row that can be true. Instants are ms since the epoch. */
export interface Row {
  /** Line of the file, the header being line 1. */
  line: number;
  key: bigint;
  site: string;
  department: string;
  created: number;
  /** Absent: still open. */
  closed?: number;
  words: string;
}

export interface Refused {
  line: number;
  reason: string;
}

const COLUMNS = ['key', 'created', 'closed', 'borough'];

/** A site-local wall-clock time; one the clocks repeat is the first, one they skip moves forward. */
export const localInstant = (text: string): number | undefined => {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(ZONE).epochMilliseconds;
  } catch {
    return undefined;
  }
};

/** Reads the file: what can be true, and what can't, each with its line and why. Other columns are not judged. */
export const readRows = (text: string): { rows: Row[]; refused: Refused[] } => {
  const rows: Row[] = [];
  const refused: Refused[] = [];
  const lines = new LineCounter(text);
  const records = parse(text, {
    columns: header,
    bom: true,
    info: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
  }) as unknown as { record: Record<string, string | undefined>; raw: string }[];
  for (const { record, raw } of records) {
    const line = lines.next(raw);
    if (Object.values(record).every((value) => (value ?? '').trim() === '')) continue;
    const read = judge(record, line);
    if ('reason' in read) refused.push(read);
    else rows.push(read);
  }
  return { rows, refused };
};

/** @throws Error when a column that is read is missing */
const header = (names: string[]): string[] => {
  const missing = COLUMNS.filter((column) => !names.includes(column));
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

const judge = (record: Record<string, string | undefined>, line: number): Row | Refused => {
  const field = (name: string) => (record[name] ?? '').trim();
  const no = (reason: string): Refused => ({ line, reason });
  if (!/^\d+$/.test(field('key'))) return no('key: not a whole number');
  const created = localInstant(field('created'));
  if (created === undefined) return no('created: not a date and time');
  const closed = field('closed') === '' ? undefined : localInstant(field('closed'));
  if (field('closed') !== '' && closed === undefined) return no('closed: not a date and time');
  if (closed !== undefined && closed < created) return no('closed: before created');
  const site = field('borough');
  if (site === '' || site.toLowerCase() === 'unspecified') return no('borough: none');
  return {
    line,
    key: BigInt(field('key')),
    site,
    department: field('agency') || 'none',
    created,
    ...(closed === undefined ? {} : { closed }),
    words: [field('complaint_type'), field('descriptor')].filter((part) => part !== '').join(' / ') || 'complaint',
  };
};
