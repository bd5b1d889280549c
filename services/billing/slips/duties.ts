import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import type { Role } from '../../../shared/people/posts.ts';
import type { Ground } from '../../../shared/policy/ground.ts';
import type { PolicyValues } from '../../../shared/policy/policy.ts';
import { endOfDay, HOUR, type Instant, localDay } from '../../../shared/time/clock.ts';
import { endOf, nextCutOff } from '../deductions/contract.ts';

/** Charging follows signing by itself, in seconds; what doesn't in this time has got stuck. */
const CHARGE_WITHIN = HOUR;

const ladder = ({ escalateManagerHours }: PolicyValues): (readonly [number, Role])[] => [
  [0, 'supervisor'],
  [escalateManagerHours * HOUR, 'centre-manager'],
];

/** The owner agrees to a price before the work. */
export const owePrice = (now: Instant, appointedAt: Instant, { zone, policy }: Ground): Obligation =>
  open({
    duty: 'price',
    post: { role: 'agent' },
    since: now,
    due: appointedAt > now ? appointedAt : endOfDay(now, zone),
    ladder: ladder(policy),
  });

/** The work is done by 24:00 of the appointed day. */
export const oweWork = (now: Instant, appointedAt: Instant, department: string, { zone, policy }: Ground): Obligation =>
  open({
    duty: 'work',
    post: { role: 'department-head', department },
    since: now,
    due: endOfDay(appointedAt, zone),
    ladder: ladder(policy),
  });

/** 24:00 of so many days after completion, or the deduction cut-off if that is earlier. */
export const amountDue = (doneAt: Instant, ground: Ground): Instant =>
  Math.min(
    endOfDay(doneAt, ground.zone, ground.policy.slipAmountDays),
    endOf(nextCutOff(localDay(doneAt, ground.zone), ground), ground),
  );

export const oweAmount = (doneAt: Instant, department: string, ground: Ground): Obligation =>
  open({
    duty: 'amount',
    post: { role: 'department-head', department },
    since: doneAt,
    due: amountDue(doneAt, ground),
    ladder: ladder(ground.policy),
  });

export const oweSignature = (now: Instant, { zone, policy }: Ground): Obligation =>
  open({
    duty: 'sign',
    post: { role: 'agent' },
    since: now,
    due: endOfDay(now, zone, policy.slipSignDays),
    ladder: ladder(policy),
  });

export const oweCharge = (now: Instant, { policy }: Ground): Obligation =>
  open({
    duty: 'charge',
    post: { role: 'supervisor' },
    since: now,
    due: now + CHARGE_WITHIN,
    ladder: [
      [0, 'supervisor'],
      [policy.escalateManagerHours * HOUR, 'centre-manager'],
    ],
  });
