import { isDeepStrictEqual } from 'node:util';
import type { PersonalRef } from '../../shared/domain/events.ts';
import { notFound, type Refusal, refuse, refuseForNow } from '../../shared/domain/refusal.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { refOf } from '../../shared/people/personal.ts';
import type { PersonalText } from '../../shared/people/personal-text.ts';
import { plain } from '../../shared/values/plain-text.ts';
import { goneFor, type Party, type PartyEvent } from './party.ts';
import { everPaid, type UnitEvent } from './unit.ts';
import type { Unit } from './unit-state.ts';

/** Whether two names are one as people read them: spaces and case aside. One that was erased is no other's. */
export const sameName = (a: string | undefined, b: string | undefined): boolean => {
  const [one, other] = [a, b].map((name) => name && plain(name).replaceAll(' ', '').toLowerCase());
  return one !== undefined && one === other;
};

/** Why one party can't become part of another. */
export const mergeObjection = (
  { id, state }: { id: string; state: Party | undefined },
  into: { id: string; state: Party | undefined },
): Refusal | undefined => {
  if (!state) return notFound(id);
  if (!into.state) return notFound(into.id);
  if (id === into.id) return refuse('party.merge-itself');
  return goneFor(state) ?? (into.state.mergedInto || into.state.withdrawn ? refuse('party.merge-gone') : undefined);
};

/**
 * The contact ways of both, those of the one that stays first, each once with the purposes of both.
 * @param same whether two references are to the same text
 */
export const united = (
  stays: Party['contacts'],
  goes: Party['contacts'],
  same: (a: PersonalRef, b: PersonalRef) => boolean,
): Party['contacts'] => {
  const is = (a: Party['contacts'][number]) => (b: Party['contacts'][number]) =>
    a.way === b.way && same(a.value, b.value);
  return [
    ...stays.map((contact) => {
      const other = goes.find(is(contact));
      const purposes = [...new Set([...contact.purposes, ...(other?.purposes ?? [])])];
      const consentedAt = contact.consentedAt ?? other?.consentedAt;
      return { ...contact, purposes, ...(consentedAt === undefined ? {} : { consentedAt }) };
    }),
    ...goes.filter((contact) => !stays.some(is(contact))),
  ];
};

/** Why a merge can't be taken back: the last of a chain is the first to be. @param from whom it was merged into */
export const partObjection = (state: Party | undefined, from: Party | undefined, id: string): Refusal | undefined => {
  if (!state) return notFound(id);
  if (!state.mergedInto) return refuse('party.not-merged');
  return from?.mergedInto ? refuse('party.merged-on', { party: from.mergedInto.party }) : undefined;
};

/**
 * The contact ways of the one that stayed without those that came with the other, each as it was before where nobody has
 * corrected it since.
 * @param before those it had, and `after` those of both
 */
export const apart = (
  now: Party['contacts'],
  goes: Party['contacts'],
  { before, after }: { before: Party['contacts']; after: Party['contacts'] },
): Party['contacts'] => {
  const is = (a: Party['contacts'][number]) => (b: Party['contacts'][number]) =>
    a.way === b.way && a.value.ref === b.value.ref;
  return now.flatMap((contact) => {
    const was = before.find(is(contact));
    if (!was) return goes.some(is(contact)) ? [] : [contact];
    return [isDeepStrictEqual(contact, after.find(is(contact))) ? was : contact];
  });
};

/** A party entered by mistake goes, if it holds nothing, nor who was merged into it: their units come over by themselves. */
export const withdrawParty = (state: Party | undefined, holds: boolean, reason: PersonalText): Decision<PartyEvent> => {
  if (!state) return notFound('party');
  const gone = goneFor(state);
  if (gone) return gone;
  if (holds) return refuseForNow('party.holds-units');
  return { events: [{ name: 'party.withdrawn', data: { reason: refOf(reason) } }], personal: [reason] };
};

/** A unit entered by mistake goes, if nobody holds it nor paid for any of its days. */
export const withdrawUnit = (state: Unit | undefined, reason: PersonalText): Decision<UnitEvent> => {
  if (!state) return notFound('unit');
  if (state.withdrawn) return refuse('unit.withdrawn');
  if (state.parties.length > 0) return refuse('unit.held');
  if (everPaid(state)) return refuse('unit.paid-for');
  return { events: [{ name: 'unit.withdrawn', data: { reason: refOf(reason) } }], personal: [reason] };
};
