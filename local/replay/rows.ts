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

const COLUMNS = ['key', 'created', 'closed', 'agency', 'borough'];

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
  let line = 1;
  const records = parse(text, {
    columns: true,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: false,
  }) as unknown as {
    record: Record<string, string | undefined>;
    raw: string;
  }[];
  const header = Object.keys(records[0]?.record ?? {});
  const missing = records.length === 0 ? [] : COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`the file has no column ${missing.join(', ')}`);
  for (const { record, raw } of records) {
    line += 1;
    const read = judge(record, line);
    // A quoted field may hold line breaks: the next record begins that many lines further down.
    line += Math.max(0, raw.replace(/\r?\n$/, '').split('\n').length - 1);
    if (Object.values(record).every((value) => (value ?? '').trim() === '')) continue;
    if ('reason' in read) refused.push(read);
    else rows.push(read);
  }
  return { rows, refused };
};

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
