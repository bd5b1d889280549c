import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { required } from '../aws/environment.ts';
import type { Wake } from '../journal/aggregate.ts';
import { askedHourly, raiseDuePartitions } from '../journal/due-partitions.ts';
import { lookAt } from '../journal/execute.ts';
import type { Journal } from '../journal/journal.ts';
import { errorName, failure, log } from '../lambda/log.ts';
import { apart, causeNow } from '../lambda/run.ts';
import { type Clock, HOUR, type Instant, iso, MINUTE, SECOND } from '../time/clock.ts';

/**
 * Punctuality. An execution only waits and asks; what is owed is decided here, over the record. The due index is the
 * truth: every `SWEEP_EVERY` a sweep does what a timer would have done, so that losing every execution loses minutes.
 */
export const HORIZON = 72 * HOUR;
export const SWEEP_EVERY = 15 * MINUTE;
/** A sweep deals with so many items at once: after an outage thousands are due, and a function has five minutes. */
export const TOGETHER = 10;

/** What an execution carries from look to look. */
export interface Ask {
  site: string;
  id: string;
  /** What led to its start. */
  cause?: string | undefined;
}
/** What the state machine reads of the answer: until when to wait, or that it may end. */
export interface Told extends Ask {
  again: boolean;
  look: string;
}

// biome-ignore lint/suspicious/noExplicitAny: any aggregate with obligations will do
type AnyJournal = Journal<any, any>;

/** What is looked at when it is due: a journal, and what its aggregates then do by themselves. */
export interface Watched {
  journal: AnyJournal;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  wake?: Wake<any, any> | undefined;
}

/** The function a timer calls: says what has to be said, answers when to ask again (within the horizon). */
export const ask =
  (journal: AnyJournal, now: () => Instant, wake?: Watched['wake']) =>
  async ({ site, id, cause }: Ask): Promise<Told> => {
    const at = now();
    const next = await lookAt(journal, { site, id, now: at, wake });
    log('HY-TIM-1', { id, again: next !== undefined });
    const again = next !== undefined && next <= at + HORIZON;
    return { site, id, cause, again, look: onTheSecond(next ?? at) };
  };

/** Step Functions waits in whole seconds; rounded up, so that a wake-up never comes before its look. */
const onTheSecond = (look: Instant): string => iso(Math.ceil(look / SECOND) * SECOND);

export type StartTimer = (site: string, id: string, look: Instant) => Promise<void>;

/**
 * Starts the execution that wakes for a look. Its name is the aggregate and the second of the look, so that a second
 * start of the same is the same execution, and an earlier look gets one of its own.
 */
export const startTimer =
  (client: SFNClient, machine: string): StartTimer =>
  async (site, id, look) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: machine,
          name: `${id}-${Math.ceil(look / SECOND)}`,
          input: JSON.stringify({ site, id, cause: causeNow(), look: onTheSecond(look) }),
        }),
      );
    } catch (error) {
      if (errorName(error) !== 'ExecutionAlreadyExists') throw error;
    }
  };

/** The timer that wakes for an aggregate of a type; `undefined` for a type that lives from the sweep alone. */
export type StartTimers = (type: string) => StartTimer | undefined;

/**
 * In: nothing but the time. Out: what was due in a table is looked at, and (with `start`) looks that come within the
 * horizon get their execution. Called every `SWEEP_EVERY`. One item's failure stops neither the others nor the sweep.
 * @param watched journals of one table
 * @param deployed partitions of its due index as deployed; those of before are walked too
 * @param partitionsOf how many there ever were
 */
export const sweep = async (
  watched: readonly Watched[],
  {
    now,
    deployed = 1,
    start,
    partitionsOf = raiseDuePartitions,
  }: { now: Instant; deployed?: number; start?: StartTimers; partitionsOf?: ReturnType<typeof askedHourly> },
): Promise<{ looked: number; started: number; failed: number }> => {
  const done = { looked: 0, started: 0, failed: 0 };
  const attempt = (id: string, what: () => Promise<unknown>, count: 'looked' | 'started') =>
    apart(undefined, () => attempted(id, what, count));
  const attempted = async (id: string, what: () => Promise<unknown>, count: 'looked' | 'started') => {
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
  const look = async (partition: number) => {
    for await (const some of allDue(first.journal, partition, 0, now)) {
      await Promise.all(
        some.map(({ site, type, id }) => {
          const one = byType.get(type);
          return one && attempt(id, () => lookAt(one.journal, { site, id, now, wake: one.wake }), 'looked');
        }),
      );
    }
  };
  /** Anything nearer had its execution when it was opened; what has just come within the horizon gets one now. */
  const startComing = async (partition: number, starters: StartTimers) => {
    for await (const some of allDue(first.journal, partition, now + HORIZON - 2 * SWEEP_EVERY, now + HORIZON)) {
      await Promise.all(
        some.map(({ site, type, id, look }) => {
          const startOne = starters(type);
          return startOne && attempt(id, () => startOne(site, id, look), 'started');
        }),
      );
    }
  };
  const { doc, own: table } = first.journal;
  const partitions = await partitionsOf({ doc, table }, deployed, now);
  for (let partition = 0; partition < partitions; partition++) {
    await Promise.all([look(partition), ...(start ? [startComing(partition, start)] : [])]);
  }
  log('HY-SWP-1', done);
  if (done.failed > 0) throw new Error('some items could not be looked at; the next sweep looks again');
  return done;
};

/** The Lambda entry for a sweep. */
export const sweeper = (watched: readonly Watched[], { clock, start }: { clock: Clock; start?: StartTimers }) => {
  const partitionsOf = askedHourly();
  return () => {
    const deployed = Number(required('DUE_PARTITIONS'));
    return sweep(watched, { now: clock(), deployed, partitionsOf, ...(start ? { start } : {}) });
  };
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
