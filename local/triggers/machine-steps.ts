import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionError } from '../functions/protocol.ts';
import type { Retrier, TaskState } from './machine-definition.ts';

/** How one execution sleeps on the clock without keeping the system from settling, and wakes as work again. */
export interface Sleeper {
  /** Runs a state's handler; only an execution whose active handlers all sleep is asleep. */
  active<T>(handler: () => Promise<T>): Promise<T>;
  /** Rejects when the execution ends meanwhile. */
  until(instant: number): Promise<void>;
  end(): void;
}

export function createSleeper(clock: Clock, label: string): Sleeper {
  const ended = new Set<() => void>();
  let [handlers, asleep] = [0, 0];
  let endWork: (() => void) | undefined = clock.work.begin(label);
  let over = false;

  /** Everything that is active sleeps: the execution is no work any more. */
  function restIfAllSleep(): void {
    // The engine's way from one state to the next is microtasks only, so a branch between two states is in a handler by then.
    setImmediate(() => {
      if (over || asleep === 0 || asleep < handlers) return;
      endWork?.();
      endWork = undefined;
    });
  }

  function wakeUp(): void {
    asleep--;
    if (!over) endWork ??= clock.work.begin(label);
  }

  return {
    async active(handler) {
      handlers++;
      try {
        return await handler();
      } finally {
        handlers--;
        if (asleep > 0) restIfAllSleep();
      }
    },
    until(instant) {
      if (instant <= clock.now()) return Promise.resolve();
      asleep++;
      restIfAllSleep();
      return new Promise((resolve, reject) => {
        const settle = (then: () => void) => {
          cancel();
          ended.delete(onEnd);
          wakeUp();
          then();
        };
        const onEnd = () => settle(() => reject(new Error('The execution has ended')));
        // Awake within the timer itself, so that the clock finds work before it looks for the next instant.
        const cancel = clock.at(instant, label, () => settle(resolve));
        ended.add(onEnd);
      });
    },
    end() {
      over = true;
      for (const onEnd of ended) onEnd();
      endWork?.();
      endWork = undefined;
    },
  };
}

/** Invokes a Task's function once; a time limit of the state counts on wall time, as a function's own does. */
export async function invokeTask(
  functions: Functions,
  state: TaskState,
  input: unknown,
): Promise<{ payload: unknown } | { error: FunctionError }> {
  const event = state.wrapped ? ((input as { Payload?: unknown }).Payload ?? {}) : input;
  const invocation = functions.invoke(functions.byArn(state.functionArn), event);
  const outcome = state.timeoutMs === undefined ? await invocation : await withLimit(invocation, state.timeoutMs);
  if (!outcome.ok) return { error: outcome.error };
  const payload = JSON.parse(outcome.payload) as unknown;
  return { payload: state.wrapped ? { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 } : payload };
}

async function withLimit<T>(promise: Promise<T>, ms: number): Promise<T | { ok: false; error: FunctionError }> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<{ ok: false; error: FunctionError }>((resolve) => {
    const error = { errorType: 'States.Timeout', errorMessage: `The task took longer than ${ms} ms` };
    timer = setTimeout(() => resolve({ ok: false, error }), ms);
  });
  return await Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Which retrier catches the error, as the States Language says. */
export function retrierFor(retriers: Retrier[], errorType: string): number | undefined {
  const wildcard = (name: string) =>
    name === 'States.ALL' || (name === 'States.TaskFailed' && errorType !== 'States.Timeout');
  const index = retriers.findIndex((retrier) =>
    retrier.ErrorEquals.some((name) => name === errorType || wildcard(name)),
  );
  return index < 0 ? undefined : index;
}

/** ms before the next attempt, after `attempts` retries; no jitter, so that runs repeat. */
export function backoff(retrier: Retrier, attempts: number): number {
  const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempts;
  return Math.min(seconds, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
}

/** The error as a Catch sees it: `Error` is the function's error type, `Cause` the whole as JSON. */
export function taskFailed(error: FunctionError): Error {
  return Object.assign(new Error(JSON.stringify(error)), { name: error.errorType });
}
