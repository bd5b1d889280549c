import { type Obligation, open } from '../../shared/domain/obligation.ts';
import type { Role } from '../../shared/people/posts.ts';
import type { Ground } from '../../shared/policy/ground.ts';
import { sameDay } from '../../shared/policy/policy.ts';
import { endOfDay, HOUR, type Instant, MINUTE } from '../../shared/time/clock.ts';

/** What a complaint owes in each of its states, to whom it goes when late: "no link of the chain may be missing". */
export type Duty = 'judge' | 'second-look' | 'accept' | 'investigate' | 'resolve' | 'decide' | 'sign' | 'close';

interface Rule {
  post: Role;
  /** Who hears of it at the due time. */
  late: Role;
  due(since: Instant, ground: Ground): Instant;
}

const hours = (n: number) => n * HOUR;

const RULES: Record<Duty, Rule> = {
  judge: {
    post: 'supervisor',
    late: 'centre-manager',
    due: (since, { policy }) => since + policy.judgeMinutes * MINUTE,
  },
  'second-look': {
    post: 'supervisor',
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.secondLookHours),
  },
  accept: {
    post: 'department-head',
    late: 'supervisor',
    due: (since, { policy }) => since + policy.acceptMinutes * MINUTE,
  },
  investigate: {
    post: 'department-head',
    late: 'centre-manager',
    due: (since, { zone, policy }) => sameDay(since, zone, policy.investigateGraceHours),
  },
  resolve: {
    post: 'department-head',
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.resolveHours),
  },
  decide: {
    post: 'centre-manager',
    late: 'site-director',
    due: (since, { policy }) => since + hours(policy.decideHours),
  },
  sign: {
    post: 'department-head',
    late: 'centre-manager',
    due: (since, { policy }) => since + hours(policy.signHours),
  },
  close: {
    post: 'supervisor',
    late: 'site-director',
    due: (since, { zone, policy }) => endOfDay(since, zone, policy.closeDays),
  },
};

export const owe = (duty: Duty, since: Instant, ground: Ground, department?: string): Obligation => {
  const rule = RULES[duty];
  return open({
    duty,
    post: rule.post === 'department-head' ? { role: rule.post, department } : { role: rule.post },
    since,
    due: rule.due(since, ground),
    ladder: [[0, rule.late]],
  });
};
