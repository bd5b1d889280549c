import type { Called, Envelope, EventDef, NewEvent, Recorded } from '../domain/events.ts';
import type { IdKind } from '../domain/ids.ts';
import type { NumberPrefix } from '../domain/number.ts';
import { nextRungAt, type Obligation } from '../domain/obligation.ts';
import { type Refusal, refuseForNow } from '../domain/refusal.ts';
import type { GoneText, PersonalText } from '../people/personal-text.ts';
import type { Keeps } from '../people/retention.ts';
import type { Instant } from '../time/clock.ts';
import { aggregateKey, duePartition, eventId, eventKey, HEAD, type HeadItem, listPartition } from './layout.ts';
import { numberKeys } from './numbers.ts';

type Grows<V> = V extends readonly []
  ? never
  : V extends readonly unknown[]
    ? true
    : V extends object
      ? string extends keyof V
        ? true
        : never
      : never;
/** What of a state grows: its lists, and its maps by ids or days. What it owes follows from the rest. */
export type Growing<S> = {
  [K in keyof S]-?: K extends 'owed' ? never : true extends Grows<NonNullable<S[K]>> ? K : never;
}[keyof S];

/** Everything the journal must know of an aggregate; pure. */
export interface AggregateType<S extends { owed: Obligation[] }, D extends EventDef> {
  /** Also the prefix of its events' names and of its keys. */
  readonly type: string;
  readonly ids: IdKind;
  readonly events: readonly D[];
  /**
   * How much of what grows the head holds at most, for it is read and written as a whole: a command that would make it more is
   * refused. What only the clock and other services' events add to is bounded where they do.
   */
  readonly most: { readonly [K in Growing<S>]: number };
  /** The state after one more event. The head always equals the fold of its journal. */
  fold(state: S | undefined, event: Recorded<D>): S;
  /** A record (a unit, a site) is kept and owes nothing; a case, the default, owes something until it is finished. */
  readonly kind?: 'case' | 'record';
  /** It has a number that people can say, beginning like this: drawn when it is opened, and in the first event's data. */
  readonly numbered?: NumberPrefix;
  /** The unit that it is about, where everybody who is told of it may know. */
  unitOf?(state: S): string | undefined;
  /** What its texts are kept for: `said` by default. */
  readonly keeps?: Keeps;
  /** Nothing is owed any more. An unfinished case always owes something. */
  finished(state: S): boolean;
  /** When it wakes up besides for what it owes, such as an account's next dunning day; what happens then is `Wake`'s. */
  wakes?(state: S): Instant | undefined;
  /** Attributes to put on the head for the table's own indexes; what is absent stays out of the index. */
  indexed?(state: S, site: string, id: string): Record<string, string | number>;
  /** Items of their own by which it is found, kept in step by every write that changes which they are. */
  foundBy?(state: S, current: { site: string; id: string }): Key[];
  /** What it counts as, and in which item of its own: kept in step by every write that changes it. */
  counted?(state: S, current: { site: string; id: string }): CounterItem | undefined;
}

export interface Key {
  pk: string;
  sk: string;
}

/** A place among counters; what is absent counts as 0. */
export interface CounterItem {
  key: { pk: string; sk: string };
  counts: Record<string, number>;
}

/** By which items it is found since a write, and by which no more. */
export const foundAnew = <S>(
  { foundBy, numbered }: { foundBy?(state: S, current: { site: string; id: string }): Key[]; numbered?: NumberPrefix },
  before: S | undefined,
  { site, id, state }: Current<S>,
): { put: Key[]; remove: Key[] } => {
  if (!foundBy && !numbered) return { put: [], remove: [] };
  const keysOf = (of: S | undefined) =>
    of ? [...(foundBy?.(of, { site, id }) ?? []), ...(numbered ? numberKeys(of, { site, id }) : [])] : [];
  const [was, is] = [keysOf(before), keysOf(state)];
  const without = (some: Key[], others: Key[]) =>
    some.filter(({ pk, sk }) => !others.some((other) => other.pk === pk && other.sk === sk));
  return { put: without(is, was), remove: without(was, is) };
};

/** By how much counters change when an aggregate does; `undefined` when they stay as they are. */
export const countedAnew = <S>(
  { counted }: { counted?(state: S, current: { site: string; id: string }): CounterItem | undefined },
  before: S | undefined,
  { site, id, state }: Current<S>,
): CounterItem | undefined => {
  const after = state && counted?.(state, { site, id });
  if (!after) return undefined;
  const was = (before && counted?.(before, { site, id }))?.counts ?? {};
  const changed = Object.entries(after.counts)
    .map(([name, n]) => [name, n - (was[name] ?? 0)] as const)
    .filter(([, by]) => by !== 0);
  return changed.length === 0 ? undefined : { key: after.key, counts: Object.fromEntries(changed) };
};

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : Object.keys(value ?? {}).length);

/** Why a state is none that a head may hold: a command made more of what grows than there may be. */
export const overfull = <S>(
  { most }: { most: object },
  before: S | undefined,
  next: S | undefined,
): Refusal | undefined => {
  const size = (state: S | undefined, name: string) => sizeOf((state as Record<string, unknown> | undefined)?.[name]);
  const full = Object.entries(most as Record<string, number>).find(
    ([name, max]) => size(next, name) > max && size(next, name) > size(before, name),
  );
  return full && refuseForNow('request.list-full', { what: full[0], most: full[1] });
};

/**
 * What an aggregate does by itself when it wakes up, beyond what its obligations say. Woken again it does nothing more:
 * what was done stands in the state, and it then wakes later.
 */
export type Wake<S, D extends EventDef> = (
  site: string,
  state: S,
  now: Instant,
  /** It is only foretold: nothing else may come of it. */
  how?: { dry: boolean },
) => Promise<NewEvent<D>[]>;

/** An aggregate as read: version 0 with no state when it doesn't exist yet. */
export interface Current<S> {
  id: string;
  site: string;
  version: number;
  state: S | undefined;
  /** What led to its last event. */
  cause?: string | undefined;
}

/** Items by key that other services read, written in the same transaction as the event they follow from. */
export interface Published {
  put: ({ pk: string; sk: string } & Record<string, unknown>)[];
  remove: { pk: string; sk: string }[];
  /** What must not be there yet, so that the decision still holds. */
  absent?: { pk: string; sk: string }[];
}

/** What a decision leads to: events to append (none is fine), the personal texts they refer to, and those nothing refers to now. */
export type Decision<D extends EventDef> =
  | { events: NewEvent<D>[]; personal?: PersonalText[]; gone?: GoneText[] }
  | Refusal;

const calledBy = <S extends { owed: Obligation[] }, D extends EventDef>(
  { numbered, unitOf }: AggregateType<S, D>,
  state: S,
): Called | undefined => {
  const number = numbered && (state as { number?: string }).number;
  const unit = unitOf?.(state);
  if (number === undefined && unit === undefined) return undefined;
  return { ...(number === undefined ? {} : { number }), ...(unit === undefined ? {} : { unit }) };
};

/** Turns new events into numbered events and the state after them. */
export const append = <S extends { owed: Obligation[] }, D extends EventDef>(
  type: AggregateType<S, D>,
  current: Current<S>,
  newEvents: readonly NewEvent<D>[],
  now: Instant,
  by: string,
): { events: Envelope[]; next: Current<S> } => {
  let { state, version } = current;
  const events = newEvents.map((newEvent) => {
    version += 1;
    const event: Envelope = {
      id: eventId(current.id, version),
      name: newEvent.name,
      site: current.site,
      aggregate: current.id,
      version,
      at: now,
      by,
      data: newEvent.data,
    };
    state = type.fold(state, event as Recorded<D>);
    const called = calledBy(type, state);
    return called ? { ...event, called } : event;
  });
  return { events, next: { ...current, version, state } };
};

export const refold = <S extends { owed: Obligation[] }, D extends EventDef>(
  type: AggregateType<S, D>,
  events: readonly Envelope[],
): S | undefined => events.reduce<S | undefined>((state, event) => type.fold(state, event as Recorded<D>), undefined);

/** When it wakes up next; `undefined` when there is nothing to wake up for. */
export const nextWakeAt = <S extends { owed: Obligation[] }>(
  type: Pick<AggregateType<S, never>, 'wakes'>,
  state: S,
): Instant | undefined => {
  const moments = [nextRungAt(state.owed), type.wakes?.(state)].filter((moment) => moment !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
};

export const headItem = <S extends { owed: Obligation[] }, D extends EventDef>(
  type: AggregateType<S, D>,
  current: Current<S>,
  duePartitions: number,
): HeadItem<S> => {
  const state = current.state as S;
  const wakeAt = nextWakeAt(type, state);
  return {
    ...type.indexed?.(state, current.site, current.id),
    pk: aggregateKey(current.site, type.type, current.id),
    sk: HEAD,
    v: current.version,
    state,
    id: current.id,
    list: listPartition(current.site, type.type, type.finished(state)),
    ...(wakeAt === undefined ? {} : { due: duePartition(current.id, duePartitions), wakeAt }),
  };
};

export const eventItem = (type: string, event: Envelope) => {
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes > EVENT_BYTES)
    throw new Error(`${event.name} of ${event.id} has ${bytes} bytes: the bus takes ${EVENT_BYTES}`);
  return { pk: aggregateKey(event.site, type, event.aggregate), sk: eventKey(event.version), ...event };
};

/** What the bus takes of an event (256 KB), less its source and name: a larger one would be recorded and never heard of. */
const EVENT_BYTES = 262_144 - 1_024;
