import { StateMachine } from 'aws-local-stepfunctions';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { MachineModel } from '../model.ts';
import { type RewrittenMachine, rewriteMachine, waitsUntil } from './machine-definition.ts';
import { backoff, createSleeper, invokeTask, retrierFor, taskFailed } from './machine-steps.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  arn: string;
  name: string;
  machine: MachineModel;
  status: ExecutionStatus;
  input: string;
  output?: string;
  error?: string;
  cause?: string;
  /** ms. */
  startedAt: number;
  stoppedAt?: number;
  abort(status: ExecutionStatus): void;
}

export interface Machines {
  /** Starts as AWS does: the same name with the same input while it runs is the same execution. */
  start(machineArn: string, name: string, input: string): Execution;
  execution(arn: string): Execution;
  list(): Execution[];
  /** Aborts every running execution; gives back how many. */
  stopAll(): number;
}

interface Runnable extends RewrittenMachine {
  model: MachineModel;
  machine: StateMachine;
}

/** Step Functions on aws-local-stepfunctions, with waits, retries and time limits in clock time. */
export function createMachines(
  models: MachineModel[],
  clock: Clock,
  functions: Functions,
  onTransition: (machine: MachineModel) => void,
): Machines {
  const runnables = new Map(models.map((model) => [model.arn, prepare(model)]));
  const executions = new Map<string, Execution>();

  function prepare(model: MachineModel): Runnable {
    const rewritten = rewriteMachine(model);
    for (const task of rewritten.tasks.values()) functions.byArn(task.functionArn);
    // Whether AWS would take the definition, test/template.test.ts has asked: compiling the schemas for it takes over a second.
    const machine = new StateMachine(rewritten.definition, { validationOptions: { noValidate: true } });
    return { model, ...rewritten, machine };
  }

  function start(machineArn: string, name: string, input: string): Execution {
    const runnable = runnables.get(machineArn);
    if (!runnable) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = executions.get(arn);
    if (known) {
      if (known.status === 'RUNNING' && known.input === input) return known;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution: Execution = {
      arn,
      name,
      machine: runnable.model,
      status: 'RUNNING',
      input,
      startedAt: clock.now(),
      abort: () => undefined,
    };
    executions.set(arn, execution);
    run(runnable, execution);
    return execution;
  }

  function run(runnable: Runnable, execution: Execution): void {
    const { model } = runnable;
    const sleeper = createSleeper(clock, `execution of ${model.path}`);
    let cancelTimeout = (): void => undefined;

    function close(status: ExecutionStatus, more: Partial<Execution> = {}): void {
      if (execution.status !== 'RUNNING') return;
      Object.assign(execution, { status, stoppedAt: clock.now(), ...more });
      cancelTimeout();
      sleeper.end();
    }

    const wait = (name: string, input: unknown) =>
      sleeper.active(async () => {
        await sleeper.until(waitsUntil(runnable.waits.get(name)!, input, clock.now()));
        return null;
      });

    const task = (name: string, input: unknown) =>
      sleeper.active(async () => {
        const state = runnable.tasks.get(name)!;
        const attempts: number[] = state.retry.map(() => 0);
        for (;;) {
          const outcome = await invokeTask(functions, state, input);
          if ('payload' in outcome) return outcome.payload;
          const retrier = retrierFor(state.retry, outcome.error.errorType);
          if (retrier === undefined || attempts[retrier]! >= (state.retry[retrier]!.MaxAttempts ?? 3)) {
            throw taskFailed(outcome.error);
          }
          onTransition(model);
          await sleeper.until(clock.now() + backoff(state.retry[retrier]!, attempts[retrier]!++));
        }
      });

    const handlers = Object.fromEntries([
      ...[...runnable.waits.keys()].map((name) => [name, (input: unknown) => wait(name, input)]),
      ...[...runnable.tasks.keys()].map((name) => [name, (input: unknown) => task(name, input)]),
    ]);
    const running = runnable.machine.run(JSON.parse(execution.input), {
      overrides: { taskResourceLocalHandlers: handlers },
      noThrowOnAbort: true,
      context: {
        Execution: { Id: execution.arn, Name: execution.name, RoleArn: model.role.arn },
        StateMachine: { Id: model.arn, Name: model.name },
      },
    });
    execution.abort = (status) => {
      close(status);
      running.abort();
    };
    if (model.timeoutMs !== undefined) {
      const limit = clock.now() + model.timeoutMs;
      cancelTimeout = clock.at(limit, `time limit of ${model.path}`, () => execution.abort('TIMED_OUT'));
    }
    void countTransitions(running.eventLogs, () => onTransition(model));
    running.result.then(
      (output) => close('SUCCEEDED', { output: JSON.stringify(output) }),
      (error: Error) => close('FAILED', failure(error)),
    );
  }

  return {
    start,
    execution(arn) {
      const execution = executions.get(arn);
      if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      return execution;
    },
    list: () => [...executions.values()],
    stopAll() {
      const running = [...executions.values()].filter((execution) => execution.status === 'RUNNING');
      for (const execution of running) execution.abort('ABORTED');
      return running.length;
    },
  };
}

/** Every state entered is a transition, and the start counts as one, too (the higher reading of the price list). */
async function countTransitions(events: AsyncGenerator<{ type: string }>, count: () => void): Promise<void> {
  for await (const event of events) {
    if (event.type === 'ExecutionStarted' || event.type === 'StateEntered') count();
  }
}

function failure(error: Error): Partial<Execution> {
  const cause = error.cause instanceof Error ? error.cause : error;
  return { error: cause.name, cause: cause.message };
}
