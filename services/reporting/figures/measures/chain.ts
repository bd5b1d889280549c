import type { Instant } from '../../../../shared/time/clock.ts';
import { met, missed, type OutcomeState, runningUntil } from './measure.ts';

/** A step of a duty that may pass from one department to another, under its version in the complaint's journal. */
export interface DutyLink {
  is: 'owed' | 'done' | 'let-go' | 'missed';
  /** When it happened: what was recorded later may lie before the miss that the clock recorded in between. */
  at: Instant;
  /** Of what is owed, and of what is done where the event says it. */
  due?: Instant | undefined;
  department?: string | undefined;
}

/** Where a duty stands, and whose it is: the department that has it, or had it when it was decided. */
export interface DutyChain {
  outcome: OutcomeState;
  department?: string | undefined;
}

export const inOrder = <T>(byVersion: Record<string, T>): T[] =>
  Object.entries(byVersion)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, one]) => one);

/**
 * The first answer to a duty counts, and a deadline that passed before it was handed on; what comes after doesn't. A miss is
 * none where what was owed had happened in time, and was recorded later.
 * @param late why it is missed
 */
export const chain = (links: readonly DutyLink[], late: string): DutyChain => {
  let owed: DutyLink | undefined;
  let department: string | undefined;
  let overdue = false;
  for (const link of links) {
    const { is, at, due = owed?.due } = link;
    if (is === 'missed') {
      overdue = true;
      continue;
    }
    const wasInTime = is === 'done' && due !== undefined && at <= due;
    if ((overdue && !wasInTime) || (owed?.due !== undefined && at > owed.due))
      return { outcome: missed(late), department };
    department = link.department ?? department;
    if (is === 'done') return { outcome: due === undefined || at <= due ? met : missed(late), department };
    owed = is === 'owed' ? link : undefined;
  }
  return { outcome: overdue ? missed(late) : runningUntil(owed?.due), department };
};
