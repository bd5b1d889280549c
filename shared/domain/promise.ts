import type { Role } from '../people/positions.ts';
import type { PolicyContext } from '../policy/policy-context.ts';
import { DAY, type Instant, MINUTE } from '../time/clock.ts';
import { type Obligation, open } from './obligation.ts';
import { invalid, type Refusal } from './refusal.ts';

/** Nobody promises further ahead than this; it is a plan then, not a reply. */
const WITHIN_DAYS = 31;

/** A promised time that can't be: past, or too far ahead. @param field where it stands in the request */
export const badPromise = (replyBy: Instant, now: Instant, field: string): Refusal | undefined => {
  if (replyBy <= now) return invalid({ field, rule: 'field.in-future' });
  return replyBy > now + WITHIN_DAYS * DAY
    ? invalid({ field, rule: 'field.within-days', details: { days: WITHIN_DAYS } })
    : undefined;
};

/** A reply promised to an owner, by the promised time; owed by whoever promised it. */
export const oweReply = (since: Instant, replyBy: Instant, by: string, { policy }: PolicyContext): Obligation => ({
  ...open({
    duty: 'reply',
    position: { role: 'agent' },
    since,
    due: replyBy,
    remindAt: replyBy - policy.promiseRemindMinutes * MINUTE,
    ladder: [[0, 'supervisor']],
  }),
  claimedBy: by,
});

/** Who may do what another promised: those above the desk. */
const ABOVE: readonly Role[] = ['supervisor', 'centre-manager'];
export const mayKeep = (promised: Obligation, actor: { staff: string; roles: readonly Role[] }): boolean =>
  promised.claimedBy === actor.staff || actor.roles.some((role) => ABOVE.includes(role));
