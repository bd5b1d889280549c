import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { MachineModel } from '../model.ts';
import { createMachines } from './machines.ts';
import { fakeFunctions, functionArn, START, testClock } from './testing.ts';

const HOUR = 3_600_000;
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';

function machine(definition: Record<string, unknown>, more: Partial<MachineModel> = {}): MachineModel {
  const role = { arn: 'arn:aws:iam::000000000000:role/r', name: 'r', policies: [] };
  return { logicalId: 'm', path: 'Test/m', arn: ARN, name: 'm', definition, role, ...more };
}

const LOOP = {
  StartAt: 'Sleep',
  States: {
    Sleep: { Type: 'Wait', TimestampPath: '$.at', Next: 'Ask' },
    Ask: { Type: 'Task', Resource: functionArn('ask'), Next: 'Again' },
    Again: { Type: 'Choice', Choices: [{ Variable: '$.at', IsPresent: true, Next: 'Sleep' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

describe('state machines on the moved clock', () => {
  let clock: Clock;
  let transitions: number;
  beforeEach(() => {
    clock = testClock();
    transitions = 0;
  });
  afterEach(() => clock.stop());

  const create = (behaviour: Record<string, (event: never) => unknown>, model: MachineModel) => {
    const functions = fakeFunctions(clock, behaviour);
    return { functions, machines: createMachines([model], clock, functions, () => transitions++) };
  };
  const iso = (ms: number) => new Date(START + ms).toISOString();

  it('waits until the instant, asks, loops and ends, in clock time', async () => {
    let asked = 0;
    const { functions, machines } = create(
      { ask: () => (++asked < 3 ? { at: iso(asked * 24 * HOUR) } : {}) },
      machine(LOOP),
    );
    const execution = machines.start(ARN, 'one', JSON.stringify({ at: iso(HOUR) }));
    await clock.settle();
    expect(functions.calls).toEqual([]);
    await clock.advance({ by: 48 * HOUR });
    expect(functions.calls.map(({ at }) => at)).toEqual([HOUR, 24 * HOUR, 48 * HOUR]);
    expect(execution.status).toBe('SUCCEEDED');
    expect(transitions).toBe(1 + 3 * 3 + 1);
  });

  it('answers the same start with the same execution, another input or an ended one with an error', async () => {
    const { machines } = create({ ask: () => ({}) }, machine(LOOP));
    const input = JSON.stringify({ at: iso(HOUR) });
    expect(machines.start(ARN, 'n', input)).toBe(machines.start(ARN, 'n', input));
    expect(() => machines.start(ARN, 'n', '{"at":"2026-01-01T00:00:00Z"}')).toThrow('Execution Already Exists');
    await clock.advance({ by: HOUR });
    expect(() => machines.start(ARN, 'n', input)).toThrow('Execution Already Exists');
  });

  it('retries with backoff in clock time, then fails', async () => {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: functionArn('ask'),
          Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 10, BackoffRate: 2, MaxAttempts: 2 }],
          End: true,
        },
      },
    };
    const { functions, machines } = create(
      {
        ask: () => {
          throw new TypeError('no');
        },
      },
      machine(definition),
    );
    const execution = machines.start(ARN, 'one', '{}');
    await clock.advance({ by: HOUR });
    expect(functions.calls.map(({ at }) => at)).toEqual([0, 10_000, 30_000]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'TypeError' });
  });

  it('keeps to the moved clock in parallel branches of different lengths', async () => {
    const branch = (name: string, seconds: number) => ({
      StartAt: `Wait${name}`,
      States: {
        [`Wait${name}`]: { Type: 'Wait', Seconds: seconds, Next: `Ask${name}` },
        [`Ask${name}`]: { Type: 'Task', Resource: functionArn('ask'), End: true },
      },
    });
    const definition = {
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [branch('A', 60), branch('B', 3600)], End: true } },
    };
    const { functions, machines } = create({ ask: () => ({}) }, machine(definition));
    const execution = machines.start(ARN, 'one', '{}');
    await clock.advance({ by: 2 * HOUR });
    expect(functions.calls.map(({ at }) => at)).toEqual([60_000, HOUR]);
    expect(execution.status).toBe('SUCCEEDED');
  });

  it('unwraps lambda:invoke and hands a failure to Catch', async () => {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: functionArn('ask'), 'Payload.$': '$' },
          Catch: [{ ErrorEquals: ['Special'], Next: 'Caught', ResultPath: '$.error' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    };
    const ask = (event: { fail?: boolean }) => {
      if (event.fail) throw Object.assign(new Error('no'), { name: 'Special' });
      return { fine: true };
    };
    const { machines } = create({ ask }, machine(definition));
    const [good, bad] = [machines.start(ARN, 'a', '{}'), machines.start(ARN, 'b', '{"fail":true}')];
    await clock.settle();
    expect(JSON.parse(good.output!)).toMatchObject({ Payload: { fine: true } });
    expect(JSON.parse(bad.output!)).toMatchObject({ error: { Error: 'Special' } });
  });

  it('kills every execution, leaving nothing that fires', async () => {
    const { functions, machines } = create({ ask: () => ({}) }, machine(LOOP));
    const execution = machines.start(ARN, 'one', JSON.stringify({ at: iso(HOUR) }));
    await clock.settle();
    expect(machines.stopAll()).toBe(1);
    await clock.advance({ by: 2 * HOUR });
    expect(functions.calls).toEqual([]);
    expect(execution.status).toBe('ABORTED');
  });

  it('ends an execution at its time limit', async () => {
    const { machines } = create({ ask: () => ({}) }, machine(LOOP, { timeoutMs: HOUR }));
    const execution = machines.start(ARN, 'one', JSON.stringify({ at: iso(2 * HOUR) }));
    await clock.advance({ by: HOUR });
    expect(execution.status).toBe('TIMED_OUT');
  });

  it('refuses what it could not run faithfully', () => {
    const definition = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Parameters: { 'x.$': '$$.Execution.StartTime' }, End: true } },
    };
    expect(() => create({}, machine(definition))).toThrow('StartTime');
    const unknown = {
      StartAt: 'T',
      States: { T: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true } },
    };
    expect(() => create({}, machine(unknown))).toThrow("can't run");
  });
});
