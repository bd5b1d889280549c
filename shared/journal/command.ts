import type { EventDef, Happening, PersonalRef } from '../domain/events.ts';
import type { Chance } from '../domain/ids.ts';
import type { Obligation } from '../domain/obligation.ts';
import { notFound, Refusal } from '../domain/refusal.ts';
import type { Actor } from '../people/access.ts';
import { personalText, refOf, type Shown } from '../people/personal.ts';
import { keptFor } from '../people/retention.ts';
import { type Ground, groundAt, groundOf } from '../policy/ground.ts';
import type { Policies } from '../policy/policies.ts';
import type { Instant } from '../time/clock.ts';
import { append } from './aggregate.ts';
import { type Execution, execute, fallenFirst, type Once, type Outcome } from './execute.ts';
import type { Journal } from './journal.ts';
import { type LimitName, limitOf } from './limit.ts';

/** Under which policy a case is decided: the one it began under, or (an account lives for decades) the one in force. */
export type Under = 'frozen' | 'present';

/** What a pure decision about a case is made on. */
export interface Situation<S> {
  state: S | undefined;
  actor: Actor;
  now: Instant;
  ground: Ground;
}

/** Why a state that a command leads to can't be. */
export type Admits<S> = (next: S, before: S | undefined, ground: Ground) => Refusal | undefined;

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
  { journal, policies, chance }: { journal: Journal<S, D>; policies: Policies; chance: Chance },
  {
    site,
    id,
    actor,
    now,
    once,
    under = 'frozen',
    check,
    publish,
    besides,
    limit,
    admits,
  }: {
    site: string;
    id: string;
    actor: Actor;
    now: Instant;
    once: Once;
    under?: Under | undefined;
    /** What has to be looked up before it is decided, once what had fallen due stands. */
    check?: (() => Promise<void>) | undefined;
    publish?: Execution<S, D>['publish'];
    besides?: Execution<S, D>['besides'];
    /** Which limit of one person it counts against. */
    limit?: LimitName | undefined;
    /** Pure: why what would come of it can't be, by what it was before and the policy. */
    admits?: Admits<S> | undefined;
  },
  /** Called once that is looked up. */
  texts: T | (() => T),
  decide: (on: Situation<S>, refs: Refs<T>) => Happening<D>[] | Refusal,
): Promise<Outcome<S>> => {
  const known = await fallenFirst(journal, await journal.head(site, id), now);
  if (!known.state) throw notFound(id);
  await check?.();
  const ground =
    under === 'present' ? await groundAt(policies, site, now) : await groundOf(policies, site, known.state.policy);
  const keptAs = (kind: string) => keptFor(journal.type.keeps ?? 'said', kind, now, ground.policy);
  const made = Object.entries(typeof texts === 'function' ? texts() : texts).map(([kind, value]) => {
    const items =
      value === undefined ? [] : [value].flat().map((text) => personalText(kind, text, now, chance, keptAs(kind)));
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
    once,
    decide: (state) => {
      const happenings = decide({ state, actor, now, ground }, refs);
      if (happenings instanceof Refusal) return happenings;
      const next = admits && append(journal.type, { site, id, version: 0, state }, happenings, now, actor.staff).next;
      const refused = next?.state && admits?.(next.state, state, ground);
      if (refused) return refused;
      return { events: happenings, personal: happenings.length > 0 ? personal : [] };
    },
    ...(publish ? { publish } : {}),
    ...(besides ? { besides } : {}),
    ...(counts ? { limit: () => counts } : {}),
  });
};
