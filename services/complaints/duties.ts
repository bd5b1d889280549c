import { type Obligation, open } from '../../shared/domain/obligation.ts';
import { liftedOver, type Position, type Role } from '../../shared/people/positions.ts';
import { sameDay } from '../../shared/policy/policy.ts';
import type { PolicyContext } from '../../shared/policy/policy-context.ts';
import { endOfDay, HOUR, type Instant, MINUTE } from '../../shared/time/clock.ts';
import { type ComplaintDuty, POSITION_OF_DUTY } from './events.ts';

/** When what a complaint owes is due, and to whom it goes when late: "no link of the chain may be missing". */
interface Rule {
  /** Who hears of it at the due time. */
  late: Role;
  due(since: Instant, context: PolicyContext): Instant;
}

const hours = (n: number) => n * HOUR;

const RULES: Record<ComplaintDuty, Rule> = {
  judge: {
    late: 'centre-manager',
    due: (since, { policy }) => since + policy.judgeMinutes * MINUTE,
  },
  'second-look': {
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.secondLookHours),
  },
  accept: {
    late: 'supervisor',
    due: (since, { policy }) => since + policy.acceptMinutes * MINUTE,
  },
  investigate: {
    late: 'centre-manager',
    due: (since, { zone, policy }) => sameDay(since, zone, policy.investigateGraceHours),
  },
  resolve: {
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.resolveHours),
  },
  decide: {
    late: 'site-director',
    due: (since, { policy }) => since + hours(policy.decideHours),
  },
  sign: {
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.signHours),
  },
  close: {
    late: 'site-director',
    due: (since, { zone, policy }) => endOfDay(since, zone, policy.closeDays),
  },
};

/** Who signs where the department's head can't, is above the supervisor (`SIGNS_ABOVE`). */
const NOT_BY: Partial<Record<ComplaintDuty, readonly Position[]>> = { sign: [{ role: 'supervisor' }] };

/** @param alone positions that nobody holds but whom it is about: those above owe, and hear of it when it is late */
export const owe = (
  duty: ComplaintDuty,
  since: Instant,
  context: PolicyContext,
  department?: string,
  alone: readonly Position[] = [],
): Obligation => {
  const rule = RULES[duty];
  const own: Position =
    POSITION_OF_DUTY[duty] === 'department-head'
      ? { role: 'department-head', department }
      : { role: POSITION_OF_DUTY[duty] };
  const without = alone.length > 0 ? [...alone, ...(NOT_BY[duty] ?? [])] : [];
  const position = liftedOver(own, without);
  const late = liftedOver({ role: rule.late }, position === own ? without : [...without, position]);
  return open({ duty, position, since, due: rule.due(since, context), ladder: [[0, late.role]] });
};
