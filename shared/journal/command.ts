import type { EventDef, NewEvent, PersonalRef } from '../domain/events.ts';
import type { Random } from '../domain/ids.ts';
import type { Obligation } from '../domain/obligation.ts';
import { notFound, Refusal } from '../domain/refusal.ts';
import type { Actor } from '../people/access.ts';
import { personalText, refOf, type Shown } from '../people/personal.ts';
import { keptFor } from '../people/retention.ts';
import type { Policies } from '../policy/policies.ts';
import { contextAt, contextOf, type PolicyContext } from '../policy/policy-context.ts';
import type { Instant } from '../time/clock.ts';
import { append } from './aggregate.ts';
import { type Execution, execute, fallenFirst, type IdempotencyKey, type Outcome } from './execute.ts';
import type { Journal } from './journal.ts';
import { type LimitName, limitOf } from './limit.ts';

/** Under which policy a case is decided: the one it began under, or (an account lives for decades) the one in force. */
export type Under = 'frozen' | 'present';

/** What a pure decision about a case is made on. */
export interface Situation<S> {
  state: S | undefined;
  actor: Actor;
  now: Instant;
  context: PolicyContext;
}

/** Why a state that a command leads to can't be. */
export type Admits<S> = (next: S, before: S | undefined, context: PolicyContext) => Refusal | undefined;

/** Texts a command brings, by what they are; each becomes an erasable item, the decision sees references. */
export type Texts = Record<string, string | Shown | readonly string[] | undefined>;
export type Refs<T extends Texts> = {
  [K in keyof T]: T[K] extends readonly string[]
    ? PersonalRef[]
    : T[K] extends string | Shown
      ? PersonalRef
      : PersonalRef | undefined;
};

/**
 * A person's command on an existing case: from request to record. Finds the case and its policy, sets the texts apart,
 * decides, and records once.
 * @throws Refusal not-found, or what the decision refuses
 */
export const command = async <
  S extends { owed: Obligation[]; policy: number },
  D extends EventDef,
  const T extends Texts,
>(
  { journal, policies, random }: { journal: Journal<S, D>; policies: Policies; random: Random },
  {
    site,
    id,
    actor,
    now,
    idempotencyKey,
    under = 'frozen',
    check,
    publish,
    extraItems,
    limit,
    admits,
  }: {
    site: string;
    id: string;
    actor: Actor;
    now: Instant;
    idempotencyKey: IdempotencyKey;
    under?: Under | undefined;
    /** What has to be looked up before it is decided, once what had fallen due stands. */
    check?: (() => Promise<void>) | undefined;
    publish?: Execution<S, D>['publish'];
    extraItems?: Execution<S, D>['extraItems'];
    /** Which limit of one person it counts against. */
    limit?: LimitName | undefined;
    /** Pure: why what would come of it can't be, by what it was before and the policy. */
    admits?: Admits<S> | undefined;
  },
  /** Called once that is looked up. */
  texts: T | (() => T),
  decide: (on: Situation<S>, refs: Refs<T>) => NewEvent<D>[] | Refusal,
): Promise<Outcome<S>> => {
  const known = await fallenFirst(journal, await journal.head(site, id), now);
  if (!known.state) throw notFound(id);
  await check?.();
  const context =
    under === 'present' ? await contextAt(policies, site, now) : await contextOf(policies, site, known.state.policy);
  const keptAs = (kind: string) => keptFor(journal.type.keeps ?? 'said', kind, now, context.policy);
  const made = Object.entries(typeof texts === 'function' ? texts() : texts).map(([kind, value]) => {
    const items =
      value === undefined ? [] : [value].flat().map((text) => personalText(kind, text, now, random, keptAs(kind)));
    return { kind, items, refs: Array.isArray(value) ? items.map(refOf) : items[0] && refOf(items[0]) };
  });
  const refs = Object.fromEntries(made.map(({ kind, refs: ref }) => [kind, ref])) as Refs<T>;
  const personal = made.flatMap(({ items }) => items);
  const counts = limit && (await limitOf(policies, limit, { site, staff: actor.staff, now }));
  return execute(journal, {
    site,
    id,
    now,
    by: actor.staff,
    idempotencyKey,
    decide: (state) => {
      const newEvents = decide({ state, actor, now, context }, refs);
      if (newEvents instanceof Refusal) return newEvents;
      const next = admits && append(journal.type, { site, id, version: 0, state }, newEvents, now, actor.staff).next;
      const refused = next?.state && admits?.(next.state, state, context);
      if (refused) return refused;
      return { events: newEvents, personal: newEvents.length > 0 ? personal : [] };
    },
    ...(publish ? { publish } : {}),
    ...(extraItems ? { extraItems } : {}),
    ...(counts ? { limit: () => counts } : {}),
  });
};
