import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Aws } from '../aws/aws.ts';
import type { Wake } from '../journal/aggregate.ts';
import { askedHourly, raiseDuePartitions } from '../journal/due-partitions.ts';
import { wakeUp } from '../journal/execute.ts';
import type { Journal } from '../journal/journal.ts';
import { errorName, failure, log } from '../lambda/log.ts';
import { apart, causeNow } from '../lambda/run.ts';
import { HOUR, type Instant, iso, MINUTE, SECOND } from '../time/clock.ts';

/**
 * Punctuality. An execution only waits and asks; what is owed is decided here, over the record. The due index is the
 * truth: every `SWEEP_EVERY` a sweep does what a timer would have done, so that losing every execution loses minutes.
 */
export const HORIZON = 72 * HOUR;
export const SWEEP_EVERY = 15 * MINUTE;
/** So often an instance looks for what comes within the horizon: for days nothing waits for the execution it then gets. */
const AHEAD_EVERY = HOUR;
/** How far back one looks that knows of no earlier look-ahead: one that was lost, or died, is made up for. */
const AHEAD_BACK = AHEAD_EVERY + 2 * SWEEP_EVERY;
/** A sweep deals with so many items at once: after an outage thousands are due, and a function has five minutes. */
export const TOGETHER = 10;

/** What an execution carries from wake-up to wake-up. */
export interface TimerInput {
  site: string;
  id: string;
  /** What led to its start. */
  cause?: string | undefined;
}
/** What the state machine reads of the answer: until when to wait, or that it may end. */
export interface TimerAnswer extends TimerInput {
  again: boolean;
  wakeAt: string;
}

// biome-ignore lint/suspicious/noExplicitAny: any aggregate with obligations will do
type AnyJournal = Journal<any, any>;

/** What is woken when it is due: a journal, and what its aggregates then do by themselves. */
export interface WatchedJournal {
  journal: AnyJournal;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  wake?: Wake<any, any> | undefined;
}

/** The function a timer calls: says what has to be said, answers when to ask again (within the horizon). */
export const onTimer =
  (journal: AnyJournal, now: () => Instant, wake?: WatchedJournal['wake']) =>
  async ({ site, id, cause }: TimerInput): Promise<TimerAnswer> => {
    const at = now();
    const next = await wakeUp(journal, { site, id, now: at, wake });
    log('HY-TIM-1', { id, again: next !== undefined });
    const again = next !== undefined && next <= at + HORIZON;
    return { site, id, cause, again, wakeAt: onTheSecond(next ?? at) };
  };

/** Step Functions waits in whole seconds; rounded up, so that a wake-up never comes before its time. */
const onTheSecond = (wakeAt: Instant): string => iso(Math.ceil(wakeAt / SECOND) * SECOND);

export type ScheduleWakeUp = (site: string, id: string, wakeAt: Instant) => Promise<void>;

/**
 * Starts the execution that wakes an aggregate up. Its name is the aggregate and the second of the wake-up, so that a second
 * start of the same is the same execution, and an earlier one gets one of its own.
 */
export const wakeUpScheduler =
  (client: SFNClient, machine: string): ScheduleWakeUp =>
  async (site, id, wakeAt) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: machine,
          name: `${id}-${Math.ceil(wakeAt / SECOND)}`,
          input: JSON.stringify({ site, id, cause: causeNow(), wakeAt: onTheSecond(wakeAt) }),
        }),
      );
    } catch (error) {
      if (errorName(error) !== 'ExecutionAlreadyExists') throw error;
    }
  };

/** The timer that wakes for an aggregate of a type; `undefined` for a type that lives from the sweep alone. */
export type SchedulerOf = (type: string) => ScheduleWakeUp | undefined;

/** How far ahead a function that lives on has looked already. */
export const lookedAhead = () => {
  let until: Instant | undefined;
  return {
    /** From when on to look, up to the horizon; `undefined` where that was done within the hour. */
    since(now: Instant): Instant | undefined {
      const horizon = now + HORIZON;
      if (until === undefined) return horizon - AHEAD_BACK;
      // What an index didn't show yet is found the next time.
      return horizon < until + AHEAD_EVERY ? undefined : Math.max(until - SWEEP_EVERY, horizon - AHEAD_BACK);
    },
    /** All that was found has its execution. */
    done(now: Instant): void {
      until = now + HORIZON;
    },
  };
};

/**
 * In: nothing but the time. Out: what was due in a table is woken, and (with `start`, about once an hour) wake-ups that come within
 * the horizon get their execution. Called every `SWEEP_EVERY`. One item's failure stops neither the others nor the sweep.
 * @param watched journals of one table
 * @param deployed partitions of its due index as deployed; those of before are walked too
 * @param partitionsOf how many there ever were
 */
export const sweep = async (
  watched: readonly WatchedJournal[],
  {
    now,
    deployed = 1,
    start,
    partitionsOf = raiseDuePartitions,
    ahead = lookedAhead(),
  }: {
    now: Instant;
    deployed?: number;
    start?: SchedulerOf;
    partitionsOf?: ReturnType<typeof askedHourly>;
    ahead?: ReturnType<typeof lookedAhead>;
  },
): Promise<{ woken: number; started: number; failed: number }> => {
  const done = { woken: 0, started: 0, failed: 0 };
  const attempt = (id: string, what: () => Promise<unknown>, count: 'woken' | 'started') =>
    apart(undefined, () => attempted(id, what, count));
  const attempted = async (id: string, what: () => Promise<unknown>, count: 'woken' | 'started') => {
    try {
      await what();
      done[count] += 1;
    } catch (error) {
      done.failed += 1;
      failure('HY-SWP-2', { id, error: errorName(error) });
    }
  };
  const [first] = watched;
  if (!first) return done;
  const byType = new Map(watched.map((one) => [one.journal.type.type, one]));
  const wakeAll = async (partition: number) => {
    for await (const some of allDue(first.journal, partition, 0, now)) {
      await Promise.all(
        some.map(({ site, type, id }) => {
          const one = byType.get(type);
          return one && attempt(id, () => wakeUp(one.journal, { site, id, now, wake: one.wake }), 'woken');
        }),
      );
    }
  };
  /** Anything nearer had its execution when it was opened; what has just come within the horizon gets one now. */
  const startComing = async (partition: number, starters: SchedulerOf, since: Instant) => {
    for await (const some of allDue(first.journal, partition, since, now + HORIZON)) {
      await Promise.all(
        some.map(({ site, type, id, wakeAt }) => {
          const startOne = starters(type);
          return startOne && attempt(id, () => startOne(site, id, wakeAt), 'started');
        }),
      );
    }
  };
  const { doc, own: table } = first.journal;
  const partitions = await partitionsOf({ doc, table }, deployed, now);
  const since = ahead.since(now);
  for (let partition = 0; partition < partitions; partition++) {
    const coming = start && since !== undefined ? [startComing(partition, start, since)] : [];
    await Promise.all([wakeAll(partition), ...coming]);
  }
  if (since !== undefined && done.failed === 0) ahead.done(now);
  log('HY-SWP-1', done);
  if (done.failed > 0) throw new Error('some items could not be looked at; the next sweep looks again');
  return done;
};

/** The Lambda entry for a sweep. */
export const sweeper = (aws: Aws, watched: readonly WatchedJournal[], { start }: { start?: SchedulerOf } = {}) => {
  const deployed = Number(aws.required('DUE_PARTITIONS'));
  const [partitionsOf, ahead] = [askedHourly(), lookedAhead()];
  return () => sweep(watched, { now: aws.clock(), deployed, partitionsOf, ahead, ...(start ? { start } : {}) });
};

/** All that is due between two instants, in groups to be dealt with together. */
async function* allDue(journal: AnyJournal, partition: number, since: Instant, until: Instant) {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await journal.due(partition, since, until, from);
    for (let i = 0; i < page.items.length; i += TOGETHER) yield page.items.slice(i, i + TOGETHER);
    from = page.next;
  } while (from);
}
