import { endOfDay, HOUR, type Instant, MINUTE } from '../../../shared/clock.ts';
import { type Obligation, open } from '../../../shared/obligation.ts';
import type { Ground } from '../../../shared/policy.ts';

/** The reminder is how somebody hears at once of what nobody expected. */
const AT_ONCE = MINUTE;

/** Sent, or printed and handed over, by 24:00 of its day (Q6). */
export const oweDelivery = (since: Instant, due: Instant, { policy }: Ground): Obligation =>
  open({
    duty: 'deliver',
    post: { role: 'agent' },
    since,
    due,
    ladder: [
      [0, 'supervisor'],
      [policy.escalateManagerHours * HOUR, 'centre-manager'],
      [policy.escalateDirectorHours * HOUR, 'site-director'],
    ],
  });

/** Somebody finds out, or decides, what became of a sending that nothing tells of; while it may still go out in time. */
export const oweSettling = (now: Instant, due: Instant, { zone }: Ground): Obligation =>
  open({
    duty: 'settle',
    post: { role: 'agent' },
    since: now,
    due: due > now ? due : endOfDay(now, zone),
    remindAt: now + AT_ONCE,
    ladder: [[0, 'supervisor']],
  });

/** What was sent, or left behind with proof, has provably arrived within the policy's days. */
export const oweArrival = (since: Instant, { zone, policy }: Ground): Obligation =>
  open({
    duty: 'arrive',
    post: { role: 'agent' },
    since,
    due: endOfDay(since, zone, policy.arrivalDays),
    ladder: [[0, 'supervisor']],
  });

/** Somebody decides today whether a run's mail goes on, or on paper. */
export const oweDecision = (now: Instant, { zone }: Ground): Obligation =>
  open({
    duty: 'decide',
    post: { role: 'centre-manager' },
    since: now,
    due: endOfDay(now, zone),
    remindAt: now + AT_ONCE,
    ladder: [[0, 'site-director']],
  });
