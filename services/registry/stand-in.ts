import { isDeepStrictEqual } from 'node:util';
import { invalid, refuse } from '../../shared/domain/refusal.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { type Person, positionOf, type StandIn } from '../../shared/people/access.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { giving, mayManage } from './managing.ts';
import { heldBy, type Staff, type StaffEvent } from './staff.ts';

/** Whoever isn't there, or isn't theirs to appoint: to who asks that is the same. */
const unknownDeputy = () => invalid({ field: 'body.deputy', rule: 'field.known' });

/**
 * Somebody stands in for a colleague who is away: given as positions are, for so long. Said again it is as it was said last.
 * @param grants the colleague's own positions, each from when and until when
 */
export const standIn = (
  { id, state }: { id: string; state: Staff | undefined },
  { away, grants }: { away: string; grants: readonly Omit<StandIn, 'for'>[] },
  { person, now }: { person: Person; now: Instant },
): Decision<StaffEvent> => {
  if (!state?.active || !mayManage(person, [...heldBy(state, now), ...grants])) return unknownDeputy();
  if (person.staff === id) return refuse('staff.not-yourself');
  const wanted = grants.map((one) => ({ ...one, for: away }));
  const before = (state.standsIn ?? []).filter((one) => one.for === away);
  if (isDeepStrictEqual(before, wanted)) return { events: [] };
  // Shorter or longer, it is the same that was given before.
  const had = [...state.grants, ...before.filter(({ until }) => until > now).map(positionOf)];
  const given = giving(person, had, grants.map(positionOf), 'position-given');
  const told = given.told ?? ['position-given' as const];
  return { events: [{ name: 'staff.stands-in', data: { for: away, grants: [...grants], ...given, told } }] };
};

/** Whoever was away is back. */
export const stoodIn = (
  { state }: { state: Staff | undefined },
  away: string,
  { person, now }: { person: Person; now: Instant },
): Decision<StaffEvent> => {
  if (!state || !mayManage(person, heldBy(state, now))) return unknownDeputy();
  const held = (state.standsIn ?? []).filter((one) => one.for === away);
  return { events: held.length > 0 ? [{ name: 'staff.stood-in', data: { for: away } }] : [] };
};
