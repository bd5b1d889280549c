import { type Obligation, open } from '../../shared/domain/obligation.ts';
import { liftedOver, type Post } from '../../shared/people/posts.ts';
import type { Ground } from '../../shared/policy/ground.ts';
import type { PolicyValues } from '../../shared/policy/policy.ts';
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
export const oweCall = (duty: 'call' | 'publish', resolvedAt: Instant, { zone, policy }: Ground): Obligation => {
  const due = resolvedAt + policy.callbackHours * HOUR;
  const remindAt = callBy(due, zone, policy) - policy.remindHours * HOUR;
  return open({ duty, post: { role: 'agent' }, since: resolvedAt, due, remindAt, ladder: ladder(policy) });
};

/** Answer and sign every opinion heard. @param alone posts that whom it is about alone held: somebody above who signs owes it */
export const oweOpinions = (
  since: Instant,
  department: string,
  { policy }: Ground,
  alone: readonly Post[] = [],
): Obligation => {
  const without: readonly Post[] = alone.length > 0 ? [...alone, { role: 'supervisor' }] : [];
  const own: Post = { role: 'department-head', department };
  const post = liftedOver(own, without);
  const late = liftedOver({ role: 'centre-manager' }, post === own ? without : [...without, post]);
  const due = since + policy.opinionHours * HOUR;
  return open({ duty: 'opinions', post, since, due, ladder: [[0, late.role]] });
};
