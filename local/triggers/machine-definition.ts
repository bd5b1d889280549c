import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import type { MachineModel } from '../model.ts';

/** The library measures this on wall time; a waiting state may stand for as long as Node can count (24.8 days). */
const LONGEST_SECONDS = 2_147_483;

export interface WaitState {
  Seconds?: number;
  SecondsPath?: string;
  Timestamp?: string;
  TimestampPath?: string;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
}

export interface TaskState {
  functionArn: string;
  /** `lambda:invoke` wraps the answer as `{Payload, StatusCode}`; a plain function ARN gives the answer itself. */
  wrapped: boolean;
  timeoutMs: number | undefined;
  retry: Retrier[];
}

export interface RewrittenMachine {
  definition: StateMachineDefinition;
  waits: Map<string, WaitState>;
  tasks: Map<string, TaskState>;
}

type State = Record<string, unknown> & { Type: string };

/**
 * Makes a definition run on the moved clock: each Wait becomes a Task whose handler awaits the clock, and a Task's
 * retries move into its handler, where their backoff is clock time. What can't be run faithfully throws.
 */
export function rewriteMachine(machine: MachineModel): RewrittenMachine {
  const waits = new Map<string, WaitState>();
  const tasks = new Map<string, TaskState>();
  const refuse = (what: string): never => {
    throw new Error(`State machine ${machine.path}: the local cloud can't run ${what}`);
  };
  // The library would give the wall time.
  if (JSON.stringify(machine.definition).includes('$$.Execution.StartTime')) refuse('$$.Execution.StartTime');

  function rewriteStates(scope: Record<string, unknown>): Record<string, unknown> {
    const states = Object.entries(scope.States as Record<string, State>);
    // The whole machine's time limit is kept by the clock, see machines.ts.
    const { TimeoutSeconds: _, ...rest } = scope;
    return { ...rest, States: Object.fromEntries(states.map(([name, state]) => [name, rewrite(name, state)])) };
  }

  function rewrite(name: string, state: State): State {
    if (waits.has(name) || tasks.has(name)) refuse(`two states of the name ${name}`);
    if (state.Type === 'Wait') return rewriteWait(name, state);
    if (state.Type === 'Task') return rewriteTask(name, state);
    if (state.Retry) refuse(`Retry on the ${state.Type} state ${name}`);
    if (state.Type === 'Parallel') {
      return { ...state, Branches: (state.Branches as Record<string, unknown>[]).map(rewriteStates) };
    }
    if (state.Type !== 'Map') return state;
    const field = state.ItemProcessor ? 'ItemProcessor' : 'Iterator';
    return { ...state, [field]: rewriteStates(state[field] as Record<string, unknown>) };
  }

  function rewriteWait(name: string, state: State): State {
    const { Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = state;
    waits.set(name, { Seconds, SecondsPath, Timestamp, TimestampPath } as WaitState);
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:wait';
    return { ...rest, Type: 'Task', Resource: arn, ResultPath: null, TimeoutSeconds: LONGEST_SECONDS };
  }

  function rewriteTask(name: string, state: State): State {
    const { Retry, TimeoutSeconds, ...rest } = state;
    if (state.TimeoutSecondsPath) refuse(`TimeoutSecondsPath in ${name}`);
    const wrapped = /:states:::lambda:invoke$/.test(String(state.Resource));
    const parameters = (state.Parameters ?? {}) as Record<string, unknown>;
    const functionArn = String(wrapped ? parameters.FunctionName : state.Resource);
    if (!/^arn:[^:]+:lambda:/.test(functionArn)) refuse(`the task ${name} on ${functionArn}`);
    const timeoutMs = TimeoutSeconds === undefined ? undefined : Number(TimeoutSeconds) * 1000;
    tasks.set(name, { functionArn, wrapped, timeoutMs, retry: (Retry ?? []) as Retrier[] });
    return { ...rest, Type: 'Task', TimeoutSeconds: LONGEST_SECONDS };
  }

  return { definition: rewriteStates(machine.definition) as unknown as StateMachineDefinition, waits, tasks };
}

/** The instant (ms) until which a Wait waits, from its (already path-processed) input. Throws `States.Runtime`. */
export function waitsUntil(wait: WaitState, input: unknown, now: number): number {
  if (wait.Seconds !== undefined) return now + wait.Seconds * 1000;
  if (wait.Timestamp !== undefined) return instant(wait.Timestamp);
  if (wait.TimestampPath !== undefined) return instant(valueAt(input, wait.TimestampPath));
  const seconds = valueAt(input, wait.SecondsPath!);
  if (typeof seconds !== 'number' || seconds < 0) throw runtimeError(`${wait.SecondsPath} is not a number of seconds`);
  return now + seconds * 1000;
}

function instant(value: unknown): number {
  const ms = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw runtimeError(`${JSON.stringify(value)} is not a timestamp`);
  return ms;
}

function valueAt(input: unknown, path: string): unknown {
  if (!/^\$(\.[\w-]+)+$/.test(path)) throw runtimeError(`Unsupported path ${path}`);
  let value = input;
  for (const step of path.split('.').slice(1)) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value;
}

export function runtimeError(message: string): Error {
  return Object.assign(new Error(message), { name: 'States.Runtime' });
}
