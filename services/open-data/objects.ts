import { createHash } from 'node:crypto';
import { aggregateTypeOf, type Envelope, envelopeSchema } from '../../shared/domain/events.ts';
import { iso } from '../../shared/time/clock.ts';

/** A message of the queue: its id there, and the event as JSON. */
export interface QueuedEvent {
  id: string;
  body: string;
}

/** What is written as one object: lines of one journal and one UTC date. */
export interface ExportObject {
  key: string;
  lines: string[];
  /** The messages whose events are in it. */
  messages: string[];
}

/** Under which everything lies; other uses of the bucket have prefixes of their own. */
export const EVENTS_PREFIX = 'events/';

/** Where a journal's events of a date lie, in partitions as Hive, Athena and DuckDB read them. @param date in UTC */
const partition = (journal: string, date: string): string => `${EVENTS_PREFIX}journal=${journal}/date=${date}/`;

/** Which event it is, within its journal: a site's runs and reports are named as another's are. */
const key = ({ site, id }: Envelope): string => `${site} ${id}`;

const parse = (body: string): Envelope | undefined => {
  try {
    return envelopeSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

/** What an event may say of a document: hashed with the name it is for, and everything else in it is exported. */
const GUESSABLE = 'contentHash';

/**
 * References to personal items (`personalRef`), whatever else stands in them, lose their hash: who has it and the reference
 * can try every telephone number there is until one fits, and the export is for more eyes than the journal. So do the hashes of
 * documents: whoever has the rest of a letter can try every name.
 */
const withoutHashes = (name: string, value: unknown): unknown => {
  if (name === GUESSABLE) return undefined;
  if (typeof value !== 'object' || value === null || !('ref' in value && 'hash' in value)) return value;
  const { hash: _hash, ...rest } = value;
  return rest;
};

/**
 * An event as a line: the envelope, flat, with `data` as JSON text, which every tool reads whatever is in it. `at` and `by`
 * have names that SQL takes.
 */
export const lineOf = ({ id, name, site, aggregate, version, at, by, data }: Envelope): string =>
  JSON.stringify({
    id,
    name,
    site,
    aggregate,
    version,
    recorded_at: at,
    recorded_by: by,
    data: JSON.stringify(data, withoutHashes),
  });

/**
 * Messages as objects to write: each event once, ordered by time. An object is named by the events in it, so that the
 * same batch tried again writes over itself; another composition of it writes some events again, under another name.
 */
export const objectsOf = (messages: readonly QueuedEvent[]): { objects: ExportObject[]; unreadable: string[] } => {
  const read = messages.map(({ id, body }) => ({ message: id, event: parse(body) }));
  const readable = read.flatMap(({ message, event }) => (event ? [{ message, event }] : []));
  const groups = Map.groupBy(readable, ({ event }) =>
    partition(aggregateTypeOf(event.name), iso(event.at).slice(0, 'YYYY-MM-DD'.length)),
  );
  const objects = [...groups].map(([under, some]): ExportObject => {
    const events = [...new Map(some.map(({ event }) => [key(event), event])).values()];
    events.sort((a, b) => a.at - b.at || (key(a) < key(b) ? -1 : 1));
    const name = createHash('sha256').update(events.map(key).join('\n'));
    return {
      key: `${under}${name.digest('hex').slice(0, 32)}.jsonl.gz`,
      lines: events.map(lineOf),
      messages: some.map(({ message }) => message),
    };
  });
  return { objects, unreadable: read.flatMap(({ message, event }) => (event ? [] : [message])) };
};
