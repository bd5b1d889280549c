import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { PolicyValues } from '../../../shared/policy/policy.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { endOfDay, HOUR, type Instant, localDay } from '../../../shared/time/clock.ts';
import { endOf, nextCutOff } from '../deductions/contract.ts';

/** Charging follows signing by itself, in seconds; what doesn't in this time has got stuck. */
const CHARGE_WITHIN = HOUR;

const ladder = ({ escalateManagerHours }: PolicyValues): (readonly [number, Role])[] => [
  [0, 'supervisor'],
  [escalateManagerHours * HOUR, 'centre-manager'],
];

/** The owner agrees to a price before the work. */
export const owePrice = (now: Instant, appointedAt: Instant, { zone, policy }: PolicyContext): Obligation =>
  open({
    duty: 'price',
    position: { role: 'agent' },
    since: now,
    due: appointedAt > now ? appointedAt : endOfDay(now, zone),
    ladder: ladder(policy),
  });

/** The work is done by 24:00 of the appointed day. */
export const oweWork = (
  now: Instant,
  appointedAt: Instant,
  department: string,
  { zone, policy }: PolicyContext,
): Obligation =>
  open({
    duty: 'work',
    position: { role: 'department-head', department },
    since: now,
    due: endOfDay(appointedAt, zone),
    ladder: ladder(policy),
  });

/** 24:00 of so many days after completion, or the deduction cut-off if that is earlier. */
export const amountDue = (doneAt: Instant, context: PolicyContext): Instant =>
  Math.min(
    endOfDay(doneAt, context.zone, context.policy.slipAmountDays),
    endOf(nextCutOff(localDay(doneAt, context.zone), context), context),
  );

export const oweAmount = (doneAt: Instant, department: string, context: PolicyContext): Obligation =>
  open({
    duty: 'amount',
    position: { role: 'department-head', department },
    since: doneAt,
    due: amountDue(doneAt, context),
    ladder: ladder(context.policy),
  });

export const oweSignature = (now: Instant, { zone, policy }: PolicyContext): Obligation =>
  open({
    duty: 'sign',
    position: { role: 'agent' },
    since: now,
    due: endOfDay(now, zone, policy.slipSignDays),
    ladder: ladder(policy),
  });

export const oweCharge = (now: Instant, { policy }: PolicyContext): Obligation =>
  open({
    duty: 'charge',
    position: { role: 'supervisor' },
    since: now,
    due: now + CHARGE_WITHIN,
    ladder: [
      [0, 'supervisor'],
      [policy.escalateManagerHours * HOUR, 'centre-manager'],
    ],
  });
