import { Temporal } from 'temporal-polyfill';
import { type LineRecord, readRecords } from '../records.ts';

/** The zone of the replayed sites. */
export const ZONE = 'America/New_York';

/** A row that can be true. Instants are ms since the epoch. */
export interface ComplaintRow {
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
export const readRows = (text: string): { rows: ComplaintRow[]; refused: Refused[] } => {
  const rows: ComplaintRow[] = [];
  const refused: Refused[] = [];
  for (const record of readRecords(text, COLUMNS)) {
    const read = judge(record);
    if ('reason' in read) refused.push(read);
    else rows.push(read);
  }
  return { rows, refused };
};

const judge = ({ line, field }: LineRecord): ComplaintRow | Refused => {
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
