import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionError } from '../functions/protocol.ts';
import type { Kept } from '../kept.ts';
import type { FunctionModel } from '../model.ts';
import type { Disturbance } from './disturbance.ts';

/** One minute before the first retry, two before the second. Source: Lambda developer guide, asynchronous invocation. */
const RETRY_DELAYS_MS = [60_000, 120_000];

interface Pending {
  functionArn: string;
  event: unknown;
  enqueuedAt: number;
  attempts: number;
  /** Not before this instant, ms. */
  due: number;
}

/** An event that no attempt could place; without an `onFailure` queue it is gone, as on AWS. */
export interface Dropped {
  function: string;
  event: unknown;
  error: FunctionError;
}

export interface AsyncInvokesOptions {
  clock: Clock;
  functions: Functions;
  kept: Kept;
  disturbance: Disturbance;
  /** Puts a message on a queue by ARN. */
  sendToQueue(queueArn: string, body: unknown): void;
  onDropped(dropped: Dropped): void;
}

/** Lambda's queue for asynchronous invocations: what EventBridge, schedules and destinations hand over to. */
export interface AsyncInvokes {
  enqueue(functionArn: string, event: unknown): void;
  /** Takes up what an earlier process left. */
  resume(): void;
  /** From now on failures are the stop's doing: nothing is counted or dropped. */
  stop(): void;
}

export function createAsyncInvokes(options: AsyncInvokesOptions): AsyncInvokes {
  const { clock, functions, kept } = options;
  let stopped = false;

  function schedule(id: string, pending: Pending): void {
    clock.at(pending.due, 'asynchronous retry', () => start(id, pending));
  }

  function start(id: string, pending: Pending): void {
    void clock.work.run('asynchronous invocation', () => attempt(id, pending));
  }

  async function attempt(id: string, pending: Pending): Promise<void> {
    const fn = functions.byArn(pending.functionArn);
    let outcome = await functions.invoke(fn, pending.event, id);
    if (outcome.ok && options.disturbance.duplicates()) outcome = await functions.invoke(fn, pending.event, id);
    if (stopped) return;
    if (outcome.ok) return kept.drop('async', id);
    const next = { ...pending, attempts: pending.attempts + 1 };
    next.due = clock.now() + (RETRY_DELAYS_MS[pending.attempts] ?? RETRY_DELAYS_MS.at(-1)!);
    const tooOld = next.due > next.enqueuedAt + fn.async.maxAgeMs;
    if (next.attempts > fn.async.retries || tooOld) {
      const exhausted = next.attempts > fn.async.retries;
      return giveUp(id, fn, next, outcome.error, exhausted ? 'RetriesExhausted' : 'EventAgeExceeded');
    }
    kept.put('async', id, next);
    schedule(id, next);
  }

  function giveUp(id: string, fn: FunctionModel, pending: Pending, error: FunctionError, condition: string): void {
    if (fn.async.onFailure) {
      options.sendToQueue(fn.async.onFailure, {
        version: '1.0',
        timestamp: new Date(clock.now()).toISOString(),
        requestContext: {
          requestId: id,
          functionArn: `${fn.arn}:$LATEST`,
          condition,
          approximateInvokeCount: pending.attempts,
        },
        requestPayload: pending.event,
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: error,
      });
    } else options.onDropped({ function: fn.path, event: pending.event, error });
    kept.drop('async', id);
  }

  return {
    enqueue(functionArn, event) {
      const id = randomUUID();
      const pending = { functionArn, event, enqueuedAt: clock.now(), attempts: 0, due: clock.now() };
      kept.put('async', id, pending);
      options.disturbance.deliver(() => start(id, pending));
    },
    resume() {
      for (const { key, value } of kept.all<Pending>('async')) schedule(key, value);
    },
    stop() {
      stopped = true;
    },
  };
}
