import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { endOfDay, HOUR, type Instant, MINUTE } from '../../../shared/time/clock.ts';
import type { PaperReason } from './terms.ts';

/** The reminder is how somebody hears at once of what nobody expected. */
const AT_ONCE = MINUTE;

/** Sent, or printed and handed over, by 24:00 of its day (Q6). @param of why it is owed anew */
export const oweDelivery = (since: Instant, due: Instant, { policy }: PolicyContext, of?: PaperReason): Obligation =>
  open({
    duty: 'deliver',
    of,
    position: { role: 'agent' },
    since,
    due,
    ladder: [
      [0, 'supervisor'],
      [policy.escalateManagerHours * HOUR, 'centre-manager'],
      [policy.escalateDirectorHours * HOUR, 'site-director'],
    ],
  });

/** Of each sending of which nothing tells: somebody finds out what became of it, or decides, while it may still go out in time. */
export const oweSettling = (attempt: number, now: Instant, due: Instant, { zone }: PolicyContext): Obligation =>
  open({
    duty: 'settle',
    of: String(attempt),
    position: { role: 'agent' },
    since: now,
    due: due > now ? due : endOfDay(now, zone),
    remindAt: now + AT_ONCE,
    ladder: [[0, 'supervisor']],
  });

/** What was sent, or left behind with proof, has provably arrived within the policy's days. */
export const oweArrival = (since: Instant, { zone, policy }: PolicyContext): Obligation =>
  open({
    duty: 'arrive',
    position: { role: 'agent' },
    since,
    due: endOfDay(since, zone, policy.arrivalDays),
    ladder: [[0, 'supervisor']],
  });

/** Each time a run's mail stopped itself, after so many were sent: somebody decides today whether it goes on, or on paper. */
export const oweDecision = (sent: number, now: Instant, { zone }: PolicyContext): Obligation =>
  open({
    duty: 'decide',
    of: String(sent),
    position: { role: 'centre-manager' },
    since: now,
    due: endOfDay(now, zone),
    remindAt: now + AT_ONCE,
    ladder: [[0, 'site-director']],
  });
