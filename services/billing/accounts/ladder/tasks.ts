import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import type { Account, DunningStep } from '../account.ts';
import type { DunningChannel, HoldKind } from '../terms.ts';
import { heldOn } from './holds.ts';

/** What a step asks of a person; mails and letters have lists of their own. */
export const TASKS = ['phone', 'visit', 'review'] as const satisfies readonly DunningChannel[];
export type TaskKind = (typeof TASKS)[number];

/** A part of a dunning step that waits for somebody. */
export interface DunningTask extends Pick<DunningStep, 'dueDay' | 'rung' | 'on' | 'due' | 'asks'> {
  task: TaskKind;
  late: boolean;
  /** When the payer was called about it in vain. */
  calls: Pick<DunningStep['calls'][number], 'calledAt' | 'message'>[];
}

/** What dunning waits for people to do about an account (pure), the oldest first. */
export const tasksOf = (
  { steps }: Pick<Account, 'steps'>,
  now: Instant,
  wanted: readonly TaskKind[] = TASKS,
): DunningTask[] =>
  steps
    .flatMap(({ dueDay, rung, on, due, channels, done, calls, asks }) =>
      wanted
        .filter((task) => channels.includes(task) && !done.includes(task))
        .map((task) => ({
          task,
          dueDay,
          rung,
          on,
          due,
          late: now > due,
          calls: task === 'phone' ? calls : [],
          ...(asks ? { asks } : {}),
        })),
    )
    .sort((a, b) => a.due - b.due);

/** A hold that is in force today: it came after the step fell due, or there would be none. */
export const holdToday = (
  state: Pick<Account, 'holds'>,
  now: Instant,
  zone: string,
): { kind: HoldKind; until: Day } | undefined => {
  const [, hold] = heldOn(state, localDay(now, zone)) ?? [];
  return hold && { kind: hold.kind, until: hold.until };
};
