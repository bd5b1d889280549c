import { type Obligation, open } from '../../shared/domain/obligation.ts';
import { liftedOver, type Position } from '../../shared/people/positions.ts';
import type { PolicyValues } from '../../shared/policy/policy.ts';
import type { PolicyContext } from '../../shared/policy/policy-context.ts';
import { addDays, atLocal, HOUR, type Instant, localDay, minuteOfDay } from '../../shared/time/clock.ts';

/**
 * The last minute at which an owner may still be called before a deadline (domain.md, "Night and holidays"): the 48 h
 * run on through the night, the calling hours don't.
 */
export const callBy = (due: Instant, zone: string, { callFromMinute, callUntilMinute }: PolicyValues): Instant => {
  const day = localDay(due, zone);
  const minute = minuteOfDay(due, zone);
  if (minute < callFromMinute) return atLocal(addDays(day, -1), callUntilMinute, zone);
  return minute > callUntilMinute ? atLocal(day, callUntilMinute, zone) : due;
};

/** The supervisor hears at the due time, then the centre manager, then the director. */
const ladder = (policy: PolicyValues) =>
  [
    [0, 'supervisor'],
    [policy.escalateManagerHours * HOUR, 'centre-manager'],
    [policy.escalateDirectorHours * HOUR, 'site-director'],
  ] as const;

/** Call the owner back; or, when nobody can be reached, publish the answer. Due after pure elapsed time. */
export const oweCall = (duty: 'call' | 'publish', resolvedAt: Instant, { zone, policy }: PolicyContext): Obligation => {
  const due = resolvedAt + policy.callbackHours * HOUR;
  const remindAt = callBy(due, zone, policy) - policy.remindHours * HOUR;
  return open({ duty, position: { role: 'agent' }, since: resolvedAt, due, remindAt, ladder: ladder(policy) });
};

/** Answer and sign every opinion heard. @param alone positions that whom it is about alone held: somebody above who signs owes it */
export const oweOpinions = (
  since: Instant,
  department: string,
  { policy }: PolicyContext,
  alone: readonly Position[] = [],
): Obligation => {
  const without: readonly Position[] = alone.length > 0 ? [...alone, { role: 'supervisor' }] : [];
  const own: Position = { role: 'department-head', department };
  const position = liftedOver(own, without);
  const late = liftedOver({ role: 'centre-manager' }, position === own ? without : [...without, position]);
  const due = since + policy.opinionHours * HOUR;
  return open({ duty: 'opinions', position, since, due, ladder: [[0, late.role]] });
};
