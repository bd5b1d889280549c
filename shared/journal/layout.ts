import type { Envelope } from '../domain/events.ts';
import type { Instant } from '../time/clock.ts';
import { ordered } from './ordered.ts';

/**
 * How an aggregate lies in its table; every journal looks the same, so that the relay, the KPI aggregate and `rebuild`
 * need no service's store.
 *
 *   pk `<site>#<type>#<id>`   sk `head`       the current state, its version and when it wakes up next
 *                             sk `e#a1`       event 1, and so on without gaps
 *   pk `<site>#key#<scope>`   sk `key`        what an idempotency key did, for good
 */
export const HEAD = 'head';
export const KEY = 'key';
export const EVENT_PREFIX = 'e#';

export const aggregateKey = (site: string, type: string, id: string): string => `${site}#${type}#${id}`;
export const eventKey = (version: number): string => `${EVENT_PREFIX}${ordered(version)}`;
export const eventId = (aggregate: string, version: number): string => `${aggregate}.${version}`;

/** The due index: sparse, by next wake-up. `partitions` (1 by default) spreads it when one partition is too hot. */
export const DUE_INDEX = 'due';
export const duePartition = (id: string, partitions = 1): string => `due#${hash(id) % partitions}`;

/** The list index: a site's aggregates of a type, unfinished or finished, in order of their ids (and so of time). */
export const LIST_INDEX = 'list';
export const listPartition = (site: string, type: string, finished: boolean): string =>
  `${site}#${type}#${finished ? 'finished' : 'open'}`;

/** FNV-1a, 32 bits: deterministic and well spread; nothing secret hangs on it. */
export const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

export interface HeadItem<S> {
  pk: string;
  sk: typeof HEAD;
  v: number;
  state: S;
  due?: string;
  wakeAt?: Instant;
  list: string;
  id: string;
  /** What led to its last event, and so to what it does by itself when it next wakes up. */
  cause?: string | undefined;
}

export interface EventItem extends Envelope {
  pk: string;
  sk: string;
}

/** What an idempotency key did: which events, or which refusal; the answer is rendered from it again. */
export interface KeyItem {
  pk: string;
  sk: typeof KEY;
  /** SHA-256 of the request body. */
  body: string;
  aggregate: string;
  /** The versions written, empty when nothing had to be. `to` is the version the answer was rendered at. */
  from: number;
  to: number;
  /** Of a command on several aggregates: each with the version that the answer was rendered at. */
  all?: { aggregate: string; to: number }[];
  /** The id that it made, where the answer says it and no aggregate has it. */
  made?: string;
  /** When it was done: an answer rendered again says what was so then. */
  at: Instant;
  refusal?: { kind: string; code: string; details: Record<string, string | number | boolean> };
}
