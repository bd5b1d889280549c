import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import { notFound, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { HOUR, type Instant } from '../../../shared/time/clock.ts';
import { type About, type Alert, type AlertSeen, TRANSITIONS } from './alert.ts';
import type { AlertEvent, AlertRule } from './events.ts';
import { beforeOf, isUnusual } from './rise.ts';
import { householdsOf, isHidden, type WatchedComplaints } from './watch.ts';

/** Who has to acknowledge it, and who hears of it when they don't; whoever is named may acknowledge it. */
const ANSWERS: Record<AlertRule, readonly [Role, ...Role[]]> = {
  major: ['centre-manager', 'site-director'],
  rise: ['supervisor', 'centre-manager', 'site-director'],
  'at-risk': ['supervisor', 'centre-manager', 'site-director'],
};
/** Everybody who acknowledges alerts. */
export const ACKNOWLEDGE: readonly Role[] = [...new Set(Object.values(ANSWERS).flat())];

/** Complaints that the event itself names; whoever opens the alert sees them all. */
const NAMED = 50;
/** It says only what a complaint is not about: two of it are not about the same. */
const UNLIKE = 'other';

/** What is seen of what calls for an alert. */
type Seen = Omit<AlertSeen, 'policy'>;

const oweAcknowledgment = (rule: AlertRule, now: Instant, { policy }: PolicyContext): Obligation => {
  const [role, ...above] = ANSWERS[rule];
  return open({
    duty: 'acknowledge',
    position: { role },
    since: now,
    due: now + policy.alertHours * HOUR,
    ladder: above.map((to, i) => [i === 0 ? 0 : policy.escalateManagerHours * HOUR, to] as const),
  });
};

/** What is raised, if it isn't yet: an alert is one of its rule, day and what it is about. */
export const raise = (
  state: Alert | undefined,
  seen: Seen,
  now: Instant,
  context: PolicyContext,
): NewEvent<AlertEvent>[] =>
  state
    ? []
    : [
        {
          name: 'alert.raised',
          data: { ...seen, policy: context.version, opens: [oweAcknowledgment(seen.rule, now, context)] },
        },
      ];

/**
 * What the complaints of a day call for, of one kind or building. The same complaints call for the same, in whatever order
 * they came.
 * @param since how many days before the site had its first complaint of any kind
 */
export const calledFor = (
  { day, of, value }: Omit<About, 'rule'>,
  { complaints, counts }: WatchedComplaints,
  { policy }: PolicyContext,
  since: number,
): Seen[] => {
  const households = householdsOf(complaints.filter((one) => !isHidden(one)));
  const hidden = complaints.filter(isHidden).length;
  const common = {
    day,
    of,
    value,
    complaints: complaints.slice(0, NAMED).map(({ id }) => id),
    count: complaints.length,
    households,
    ...(hidden > 0 ? { hidden } : {}),
    departments: [],
  };
  // Looked at too often is better than not: those said in confidence may each be of another household.
  const major = of === 'kind' && value !== UNLIKE && households + hidden >= policy.majorHouseholds;
  const before = beforeOf(counts, day, since);
  const rises = before !== undefined && isUnusual(complaints.length, before, policy.riseFrom);
  return [
    ...(major ? [{ ...common, rule: 'major' as const }] : []),
    ...(rises ? [{ ...common, rule: 'rise' as const, before }] : []),
  ];
};

export const acknowledge = decision(
  ({ state, actor }: Situation<Alert>): Alert | Refusal => {
    if (!state) return notFound('alert');
    const wrong = guard(TRANSITIONS, 'acknowledge', state.status, 'alert.not-now');
    if (wrong) return wrong;
    const allowed = ANSWERS[state.rule];
    return actor.roles.some((role) => allowed.includes(role))
      ? state
      : refuse('alert.not-yours', { position: allowed[0] });
  },
  (_, __, words: PersonalRef): NewEvent<AlertEvent>[] => [{ name: 'alert.acknowledged', data: { words } }],
);
