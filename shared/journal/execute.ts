import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../aws/transact-item.ts';
import type { Envelope, EventDef, NewEvent, Recorded } from '../domain/events.ts';
import { dueRungs, type Obligation } from '../domain/obligation.ts';
import { Refusal, type RefusalKind } from '../domain/refusal.ts';
import { apart, because } from '../lambda/run.ts';
import type { MessageKey } from '../text/catalogue.ts';
import type { Day, Instant } from '../time/clock.ts';
import { someoneWasFirst, untilWritten } from './again.ts';
import {
  type AggregateType,
  append,
  type Current,
  type Decision,
  nextWakeAt,
  overfull,
  type Published,
  type Wake,
} from './aggregate.ts';
import type { Journal } from './journal.ts';
import { KEY, type KeyItem } from './layout.ts';
import { isOver, type Limit, limitItem, overLimit } from './limit.ts';
import { drawNumber } from './numbers.ts';
import { seenAs } from './seen.ts';

/** What makes a command happen once: its scope (subject, route and key; or consumer and event id) and body's hash. */
export interface IdempotencyKey {
  scope: string;
  body: string;
  /** The version that whoever gives the command has seen (`If-Match`); no part of what makes it once. */
  seen?: number | undefined;
}

/** What is to become of one aggregate. */
export interface Command<S extends { owed: Obligation[] }, D extends EventDef, R = undefined> {
  site: string;
  /** For what creates: a new or derived id. */
  id: string;
  now: Instant;
  by: string;
  /** Without it, deciding again has to lead to nothing, because what was done stands in the aggregate. */
  idempotencyKey?: IdempotencyKey | undefined;
  /** What it is decided on besides; read anew for each try. */
  read?(state: S | undefined, type: AggregateType<S, D>): Promise<R>;
  /** Pure: called again with the newer state when somebody else wrote first. */
  decide(state: S | undefined, read: R): Decision<D> | NewEvent<D>[];
  /** The site-local day of its number, where something is opened that has one; without it, it has none. */
  numberedOn?: Day | undefined;
  /** Pure: what other services are to read by key from now on. */
  publish?: ((next: Current<S>, before: S | undefined, read: R, events: readonly Envelope[]) => Published) | undefined;
  /** Pure: items of the same transaction; a condition of theirs that doesn't hold is another try. */
  extraItems?(next: Current<S>, read: R, events: readonly Envelope[]): readonly TransactItem[];
  /** Pure: which limit of one person these events count against; done again under its key it counts once. */
  limit?(events: readonly Envelope[], read: R): Limit | undefined;
}

/** What came of it; `events` is empty when this was done before. */
export interface Executed<S> {
  current: Current<S>;
  /** As it is by now: of what was done before, perhaps further on than that. */
  latest: Current<S>;
  events: Envelope[];
  /** When it was done, for the answer to be the same whenever it is asked for again. */
  at: Instant;
}

/**
 * Decides and records what becomes of an aggregate: the one way in which a journal grows but for its clock (`wakeUp`) and for several
 * at once (`executeTogether`). Under a key exactly once: it gives the same outcome for good, whatever has happened since; another
 * body under it is refused; so is what the domain refuses, in `read` or in `decide`, and that too is recorded (`recordRefusal` says
 * what isn't).
 * @throws Refusal also when others were faster again and again
 */
export const execute = async <S extends { owed: Obligation[] }, D extends EventDef, R = undefined>(
  journal: Journal<S, D>,
  { site, id, now, by, idempotencyKey, numberedOn, read, decide, publish, extraItems, limit }: Command<S, D, R>,
): Promise<Executed<S>> => {
  // Drawn once, whoever is faster: a number that is not used is a gap.
  let number: Promise<string> | undefined;
  const isAsSeen = seenAs(journal, idempotencyKey?.seen);
  const numberedAs = async (wanted: readonly NewEvent<D>[]): Promise<readonly NewEvent<D>[]> => {
    const { numbered } = journal.type;
    const [first, ...others] = wanted;
    if (!numbered || !first || numberedOn === undefined) return wanted;
    number ??= drawNumber(journal, site, numbered, numberedOn);
    return [{ ...first, data: { ...(first.data as object), number: await number } } as NewEvent<D>, ...others];
  };
  return untilWritten(async () => {
    const pk = idempotencyKey && keyOf(site, idempotencyKey);
    const { current: first, done } = pk
      ? await journal.headAndKey(site, id, pk)
      : { current: await journal.head(site, id) };
    if (idempotencyKey && done) return repeat(journal, done, idempotencyKey, first);
    if (!(await isAsSeen(first))) return undefined;
    const current = await fallenFirst(journal, first, now);
    // The key is older than this head: the same command may have been done meanwhile.
    if (pk && current.version !== first.version) return undefined;
    const { version: from, state: before } = current;
    const { known, refused } = await lookedUp(async () => (await read?.(before, journal.type)) as R);
    const wanted = refused ?? decide(before, known);
    const decided = Array.isArray(wanted) ? { events: wanted } : wanted;
    const wantedEvents = decided instanceof Refusal ? [] : decided.events;
    const newEvents = before === undefined ? await numberedAs(wantedEvents) : wantedEvents;
    const { events, next } = append(journal.type, current, newEvents, now, by);
    const decision = (idempotencyKey && overfull(journal.type, before, next.state)) ?? decided;
    const keyed =
      pk && ((to: number): KeyItem => ({ pk, sk: KEY, body: idempotencyKey.body, aggregate: id, from, to, at: now }));
    if (decision instanceof Refusal) {
      if (!keyed || (await recordRefusal(journal, keyed(from), decision))) throw decision;
      return undefined;
    }
    const outcome = { current: next, latest: next, events, at: now };
    if (events.length === 0) {
      if (keyed) await putKey(journal, keyed(from));
      return outcome;
    }
    const counts = limit?.(events, known);
    const extra = extraItems?.(next, known, events) ?? [];
    try {
      await journal.write({
        ...{ next, from, before, events, gone: decision.gone, key: keyed ? keyed(next.version) : undefined },
        personal: decision.personal ?? [],
        published: publish?.(next, before, known, events),
        extraItems: [...extra, ...(counts ? [limitItem(journal.own, counts)] : [])],
      });
    } catch (error) {
      throw counts && isOver(error) ? overLimit(counts) : error;
    }
    return outcome;
  });
};

/** What is read besides; what that refuses is refused as a decision is. */
const lookedUp = async <R>(read: () => Promise<R>): Promise<{ known: R; refused?: Refusal }> => {
  try {
    return { known: await read() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { known: undefined as R, refused: error };
  }
};

/**
 * What a command came to if it was done before: for one whose work is long, so that it isn't begun again.
 * @throws Refusal when it was refused then, or another body came under its key
 */
export const doneBefore = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  { site, id, idempotencyKey }: { site: string; id: string; idempotencyKey: IdempotencyKey },
): Promise<Current<S> | undefined> => {
  const { done, current } = await journal.headAndKey(site, id, keyOf(site, idempotencyKey));
  return done && (await repeat(journal, done, idempotencyKey, current)).current;
};

/** Where what a command did is found. */
export const keyOf = (site: string, { scope }: Pick<IdempotencyKey, 'scope'>) => `${site}#key#${scope}`;

const hasFallenDue = <S extends { owed: Obligation[] }, D extends EventDef>(
  { type, fallsDue }: Journal<S, D>,
  { state }: Current<S>,
  now: Instant,
): boolean => {
  const wake = state && type.wakes?.(state);
  return fallsDue !== undefined && wake !== undefined && wake <= now;
};

/**
 * What had fallen due by itself when a command comes is decided first, whether the clock has come by or not: a payment, a
 * waiver or a closing at 09:01 doesn't undo what was due at 09:00. Reads nothing where nothing had.
 * @param read the head that the command would be decided on
 * @returns the head as it then is
 */
export const fallenFirst = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  read: Current<S>,
  now: Instant,
): Promise<Current<S>> => {
  const { fallsDue } = journal;
  if (!hasFallenDue(journal, read, now)) return read;
  const { site, id } = read;
  // What had fallen due has a cause of its own; the command that comes after keeps its.
  await apart(undefined, () => wakeUp(journal, { site, id, now, wake: fallsDue }));
  return journal.head(site, id);
};

/** What an aggregate does when it wakes up, and how it then stands; nothing is written. */
const wokenAt = async <S extends { owed: Obligation[] }, D extends EventDef>(
  { type }: Journal<S, D>,
  current: Current<S>,
  now: Instant,
  wake: Wake<S, D> | undefined,
  how?: { dry: boolean },
): Promise<{ events: Envelope[]; next: Current<S> }> => {
  const saying = (of: Current<S>) =>
    append(type, of, dueRungs(type.type, (of.state as S).owed, now) as never, now, 'system:clock');
  const before = saying(current);
  const newEvents = (await wake?.(current.site, before.next.state as S, now, how)) ?? [];
  const woken = append(type, before.next, newEvents, now, 'system:clock');
  const after = saying(woken.next);
  return { events: [...before.events, ...woken.events, ...after.events], next: after.next };
};

/** As `fallenFirst` will have it when a command comes, and nothing is written: what can be done is said beforehand on this. */
export const fallenBy = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  read: Current<S>,
  now: Instant,
): Promise<Current<S>> =>
  hasFallenDue(journal, read, now) ? (await wokenAt(journal, read, now, journal.fallsDue, { dry: true })).next : read;

/**
 * Says what an aggregate's obligations have to say by now, once per rung, and does what it does by itself (`wake`). What
 * is late is late before anything takes its place, and what is owed anew may be late already. Needs no key: what was done
 * and the rungs taken stand in the head, and the head's version guards the write.
 * @returns when it wakes up next, `undefined` when there is nothing left to wake up for
 */
export const wakeUp = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  { site, id, now, wake = journal.fallsDue }: { site: string; id: string; now: Instant; wake?: Wake<S, D> | undefined },
): Promise<Instant | undefined> => {
  const { next } = await untilWritten(async () => {
    const current = await journal.head(site, id);
    if (!current.state) return {};
    because(current.cause);
    const { events, next: woken } = await wokenAt(journal, current, now, wake);
    if (events.length > 0) await writeAll(journal, current, events);
    return { next: nextWakeAt(journal.type, woken.state as S) };
  });
  return next;
};

/** Events of a wake-up that are written together: with the head and what it counts as, within a transaction's 100 items. */
const TOGETHER = 90;

/**
 * All that a wake-up leads to, in as few transactions as hold it. Dying between two of them is waking up again: each event
 * stands for itself, and what was done isn't done anew.
 */
const writeAll = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  current: Current<S>,
  events: readonly Envelope[],
): Promise<void> => {
  let before = current;
  for (let i = 0; i < events.length; i += TOGETHER) {
    const some = events.slice(i, i + TOGETHER);
    const state = some.reduce((known, event) => journal.type.fold(known, event as Recorded<D>), before.state);
    const next = { ...before, version: before.version + some.length, state };
    await journal.write({ next, from: before.version, before: before.state, events: some, personal: [] });
    before = next;
  }
};

/** @throws Refusal what was refused under the key, or that it stands for something else */
export const refusedBefore = (done: KeyItem, idempotencyKey: IdempotencyKey): void => {
  if (done.body !== idempotencyKey.body) throw new Refusal('conflict', 'request.key-reused');
  if (!done.refusal) return;
  const { kind, code, details } = done.refusal;
  throw new Refusal(kind as RefusalKind, code as MessageKey, details);
};

const repeat = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  done: KeyItem,
  idempotencyKey: IdempotencyKey,
  head: Current<S>,
): Promise<Executed<S>> => {
  refusedBefore(done, idempotencyKey);
  const current = await journal.asOf(head.site, done.aggregate, done.to);
  return { current, latest: head.id === done.aggregate ? head : current, events: [], at: done.at };
};

/**
 * Only what the domain refuses is recorded: what is missing or malformed may be put right under the same key, so may what a route
 * refuses before there is an aggregate to decide on (a run of a site without a schedule). What was read of what follows a moment behind,
 * an index or counts, comes right by itself (`refuseForNow`); whoever was overtaken wasn't refused.
 */
export const recordRefusal = async (
  journal: Pick<Journal<never, never>, 'doc' | 'own'>,
  key: KeyItem,
  refusal: Refusal,
) => {
  if (refusal.kind !== 'rule' || refusal.passing) return true;
  const { kind, code, details } = refusal;
  try {
    await putKey(journal, { ...key, refusal: { kind, code, details } });
    return true;
  } catch (error) {
    if (someoneWasFirst(error)) return false;
    throw error;
  }
};

const putKey = ({ doc, own }: Pick<Journal<never, never>, 'doc' | 'own'>, key: KeyItem) =>
  doc.send(new PutCommand({ TableName: own, Item: key, ConditionExpression: 'attribute_not_exists(pk)' }));
