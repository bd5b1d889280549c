import type { TransactItem } from '../aws/transact-item.ts';
import type { EventDef, NewEvent, PersonalRef } from '../domain/events.ts';
import type { Random } from '../domain/ids.ts';
import type { Obligation } from '../domain/obligation.ts';
import { notFound, Refusal } from '../domain/refusal.ts';
import type { Actor } from '../people/access.ts';
import { personalText, refOf, type ShownText } from '../people/personal.ts';
import type { PersonalText } from '../people/personal-text.ts';
import { keptFor } from '../people/retention.ts';
import type { Policies } from '../policy/policies.ts';
import { contextAt, contextOf, type PolicyContext } from '../policy/policy-context.ts';
import type { Instant } from '../time/clock.ts';
import { type AggregateType, append, type Current, type Published } from './aggregate.ts';
import type { Command, IdempotencyKey } from './execute.ts';
import { type Limit, type LimitName, limitOf } from './limit.ts';

/** Under which policy a case is decided: the one it began under, or (an account lives for decades) the one in force. */
export type Under = 'frozen' | 'present';

/** The policy that something is decided under. */
export const contextUnder = (
  policies: Policies,
  under: Under = 'frozen',
  { site, state }: { site: string; state: { policy: number } },
  now: Instant,
): Promise<PolicyContext> =>
  under === 'present' ? contextAt(policies, site, now) : contextOf(policies, site, state.policy);

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
export type Texts = Record<string, string | ShownText | readonly string[] | undefined>;
export type Refs<T extends Texts> = {
  [K in keyof T]: T[K] extends readonly string[]
    ? PersonalRef[]
    : T[K] extends string | ShownText
      ? PersonalRef
      : PersonalRef | undefined;
};

/** What a command is decided on besides the state. */
interface Prepared<S extends { owed: Obligation[] }, D extends EventDef, T extends Texts, F> {
  type: AggregateType<S, D>;
  context: PolicyContext;
  found: F;
  refs: Refs<T>;
  personal: PersonalText[];
  counts: Limit | undefined;
}

/**
 * A person's command on an existing case, for `execute`: which policy it is decided under, what is looked up first, and the texts
 * set apart. Executed it throws the Refusal not-found where there is no case, what `lookUp` throws, and what `decide` refuses.
 */
export const command = <
  S extends { owed: Obligation[]; policy: number },
  D extends EventDef,
  const T extends Texts = Record<never, never>,
  F = void,
>(
  { policies, random }: { policies: Policies; random: Random },
  of: {
    site: string;
    id: string;
    actor: Actor;
    now: Instant;
    idempotencyKey: IdempotencyKey;
    under?: Under | undefined;
    /** What has to be read besides, or made by chance, before it is decided, once what had fallen due stands; throws a Refusal. Writes nothing. */
    lookUp?: ((state: S) => Promise<F>) | undefined;
    texts?: ((found: F) => T) | undefined;
    /** Pure. */
    decide(on: Situation<S>, refs: Refs<T>, found: F): NewEvent<D>[] | Refusal;
    /** Pure: why what would come of it can't be, by what it was before and the policy. */
    admits?: Admits<S> | undefined;
    /** What others read of it by key. */
    publish?: ((next: Current<S>) => Published) | undefined;
    /** Items of the same moment. */
    extraItems?: ((found: F) => readonly TransactItem[]) | undefined;
    /** Which limit of one person it counts against. */
    limit?: LimitName | undefined;
  },
): Command<S, D, Prepared<S, D, T, F>> => {
  const { site, id, actor, now, idempotencyKey, under, publish } = of;
  return {
    ...{ site, id, now, by: actor.staff, idempotencyKey, publish },
    read: async (state, type) => {
      if (!state) throw notFound(id);
      const found = (await of.lookUp?.(state)) as F;
      const context = await contextUnder(policies, under, { site, state }, now);
      const texts = Object.entries(of.texts?.(found) ?? {}).map(([kind, value]) => {
        const kept = keptFor(type.keeps ?? 'said', kind, now, context.policy);
        const items =
          value === undefined ? [] : [value].flat().map((text) => personalText(kind, text, now, random, kept));
        return { kind, items, refs: Array.isArray(value) ? items.map(refOf) : items[0] && refOf(items[0]) };
      });
      return {
        ...{ type, context, found },
        refs: Object.fromEntries(texts.map(({ kind, refs }) => [kind, refs])) as Refs<T>,
        personal: texts.flatMap(({ items }) => items),
        counts: of.limit && (await limitOf(policies, of.limit, { site, staff: actor.staff, now })),
      };
    },
    decide: (state, { type, context, found, refs, personal }) => {
      const newEvents = of.decide({ state, actor, now, context }, refs, found);
      if (newEvents instanceof Refusal) return newEvents;
      const next = of.admits && append(type, { site, id, version: 0, state }, newEvents, now, actor.staff).next;
      const refused = next?.state && of.admits?.(next.state, state, context);
      return refused ?? { events: newEvents, personal: newEvents.length > 0 ? personal : [] };
    },
    extraItems: (_, { found }) => of.extraItems?.(found) ?? [],
    limit: (_, { counts }) => counts,
  };
};
