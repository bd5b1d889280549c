import type { NewEvent, PersonalRef } from '../../../../shared/domain/events.ts';
import { guard } from '../../../../shared/domain/machine.ts';
import { type Obligation, open } from '../../../../shared/domain/obligation.ts';
import { invalid, notFound, type Refusal, refuse } from '../../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../../shared/journal/command.ts';
import { decision } from '../../../../shared/journal/decision.ts';
import type { Position, Role } from '../../../../shared/people/positions.ts';
import type { PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { DAY, type Day, endOfDay, HOUR, type Instant, localDay, startOfDay } from '../../../../shared/time/clock.ts';
import type { ImprovementEvent, Topic } from './events.ts';
import { type Improvement, type ImprovementCommand, TRANSITIONS } from './improvement.ts';

type Situation = On<Improvement>;
type NewEvents = NewEvent<ImprovementEvent>[] | Refusal;

/** Who answers for a site's figures: they plan what is to become better, and may act for whoever owes it. */
export const PLANNERS: readonly Role[] = ['centre-manager', 'site-director', 'quality-manager'];
/** Positions that an improvement may be given to. */
export const OWNERS = ['supervisor', 'department-head', 'centre-manager', 'site-director'] as const;
/** The longest that anything may take. */
const WITHIN_DAYS = 366;

/** Due at 24:00 of its day; whoever owes it is reminded, and those above hear when it is late. */
const owed = (now: Instant, position: Position, dueDay: Day, { zone, policy }: PolicyContext): Obligation => {
  const due = endOfDay(startOfDay(dueDay, zone), zone);
  return open({
    duty: 'improve',
    position,
    since: now,
    due,
    remindAt: due - policy.improveRemindDays * DAY,
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateDirectorHours * HOUR, 'site-director'],
    ],
  });
};

export interface ImprovementPlan {
  period: string;
  topic: Topic;
  words: PersonalRef;
  position: Position;
  dueDay: Day;
}

export const plan = ({ now, context }: Situation, wanted: ImprovementPlan): NewEvents => {
  const { dueDay, position } = wanted;
  const today = localDay(now, context.zone);
  if (dueDay < today) return invalid({ field: 'body.dueDay', rule: 'field.not-before-today' });
  if (startOfDay(dueDay, context.zone) > now + WITHIN_DAYS * DAY) {
    return invalid({ field: 'body.dueDay', rule: 'field.within-days', details: { days: WITHIN_DAYS } });
  }
  if (wanted.period > today) return invalid({ field: 'body.period', rule: 'field.begun' });
  if ((position.role === 'department-head') !== (position.department !== undefined)) {
    return invalid({ field: 'body.department', rule: 'field.department-of-head' });
  }
  const opens = [owed(now, position, dueDay, context)];
  return [{ name: 'improvement.planned', data: { ...wanted, policy: context.version, opens } }];
};

const admitted =
  (command: ImprovementCommand) =>
  ({ state, actor }: Situation): Improvement | Refusal => {
    if (!state) return notFound('improvement');
    const { role, department } = state.position;
    const owns = actor.roles.includes(role) && (department === undefined || actor.departments.includes(department));
    if (!owns && !actor.roles.some((one) => PLANNERS.includes(one))) return refuse('improvement.not-yours');
    return guard(TRANSITIONS, command, state.status, 'improvement.ended') ?? state;
  };

/** How far it is. */
export const progress = decision(
  admitted('progress'),
  (_, __, words: PersonalRef): NewEvents => [{ name: 'improvement.progressed', data: { words } }],
);

export const finish = decision(
  admitted('done'),
  (_, __, words: PersonalRef): NewEvents => [{ name: 'improvement.done', data: { words } }],
);

/** It won't be done: said by those who plan, not by whoever owes it. */
export const drop = decision(
  admitted('drop'),
  (_, __, words: PersonalRef): NewEvents => [{ name: 'improvement.dropped', data: { words } }],
);
