import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { openKept } from '../kept.ts';
import type { Deployment, ScheduleModel, Target } from '../model.ts';
import { createAsyncInvokes, type Dropped } from './async-invokes.ts';
import { createBus } from './bus.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbance, type Disturb } from './disturbance.ts';
import { nextFiring, startSchedules } from './schedules.ts';
import { fakeFunctions, functionArn, START, testClock } from './testing.ts';

const HOUR = 3_600_000;
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/huiyin';
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/huiyin/r';
const target = (more: Partial<Target> = {}): Target => ({
  arn: functionArn('on'),
  retries: 3,
  maxAgeMs: HOUR,
  ...more,
});
const entry = (detail: unknown) => ({
  bus: 'huiyin',
  source: 's',
  detailType: 't',
  detail: JSON.stringify(detail),
  resources: [],
});

describe('the bus and what it hands over to', () => {
  let clock: Clock;
  let sent: { queue: string; body: unknown; attributes?: Record<string, string> }[];
  let dropped: Dropped[];
  beforeEach(() => {
    clock = testClock();
    sent = [];
    dropped = [];
  });
  afterEach(() => clock.stop());

  function build(
    on: (event: never) => unknown,
    to: Target,
    more: { async?: object; disturb?: Disturb; refuse?: () => boolean } = {},
  ) {
    const functions = fakeFunctions(clock, { on }, more.async ?? {});
    const kept = openKept(undefined);
    const disturbance = createDisturbance(clock.work);
    disturbance.set(more.disturb ?? {});
    const asyncInvokes = createAsyncInvokes({
      clock,
      functions,
      kept,
      disturbance,
      sendToQueue: (queue, body) => void sent.push({ queue, body }),
      onDropped: (one) => void dropped.push(one),
    });
    const deliveries = createDeliveries({
      clock,
      kept,
      hand({ arn }, input) {
        if (more.refuse?.()) throw new AwsError('NO_PERMISSIONS', 'not allowed');
        asyncInvokes.enqueue(arn, input);
      },
      sendToQueue: (queue, body, attributes) => void sent.push({ queue, body, attributes }),
      onDropped: () => undefined,
    });
    const rule = { arn: RULE, bus: 'huiyin', pattern: { detail: { kind: ['wanted'] } }, enabled: true, targets: [to] };
    const deployment = {
      account: '000000000000',
      region: 'us-east-1',
      buses: [{ arn: BUS, name: 'huiyin' }],
      rules: [rule],
    } as unknown as Deployment;
    return { bus: createBus(deployment, clock, deliveries), deliveries, functions };
  }

  it('delivers what matches, whole, and nothing else', async () => {
    const { bus, functions } = build(() => null, target());
    bus.put([entry({ kind: 'wanted', n: 1 }), entry({ kind: 'other' })]);
    await clock.settle();
    expect(functions.calls).toHaveLength(1);
    expect(functions.calls[0]!.event).toMatchObject({
      source: 's',
      'detail-type': 't',
      time: '2026-03-01T00:00:00Z',
      detail: { kind: 'wanted', n: 1 },
    });
  });

  it('shapes the input by path and by template', async () => {
    const byPath = build(() => null, target({ inputPath: '$.detail' }));
    byPath.bus.put([entry({ kind: 'wanted' })]);
    const inputTransformer = { paths: { k: '$.detail.kind' }, template: '{"text": "is <k>", "value": <k>}' };
    const byTemplate = build(() => null, target({ inputTransformer }));
    byTemplate.bus.put([entry({ kind: 'wanted' })]);
    await clock.settle();
    expect(byPath.functions.calls[0]!.event).toEqual({ kind: 'wanted' });
    expect(byTemplate.functions.calls[0]!.event).toEqual({ text: 'is wanted', value: 'wanted' });
  });

  it("leaves a failing function to Lambda's own retries and its failure queue", async () => {
    const fail = () => {
      throw new TypeError('no');
    };
    const { bus, functions } = build(fail, target({ deadLetter: 'rule-dead' }), { async: { onFailure: 'fn-dead' } });
    bus.put([entry({ kind: 'wanted' })]);
    await clock.advance({ by: HOUR });
    expect(functions.calls.map(({ at }) => at)).toEqual([0, 60_000, 180_000]);
    expect(sent).toMatchObject([
      {
        queue: 'fn-dead',
        body: {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
          responsePayload: { errorType: 'TypeError' },
        },
      },
    ]);
  });

  it('shows an event that nobody keeps', async () => {
    const fail = () => {
      throw new Error('no');
    };
    const { bus } = build(fail, target(), { async: { retries: 0 } });
    bus.put([entry({ kind: 'wanted' })]);
    await clock.settle();
    expect(dropped).toMatchObject([{ function: 'Test/on' }]);
  });

  it('retries what the target does not accept, then writes the dead letter with its attributes', async () => {
    const { bus } = build(() => null, target({ retries: 2, deadLetter: 'rule-dead' }), { refuse: () => true });
    bus.put([entry({ kind: 'wanted' })]);
    await clock.advance({ by: HOUR });
    expect(sent).toMatchObject([
      {
        queue: 'rule-dead',
        body: { detail: { kind: 'wanted' } },
        attributes: {
          RULE_ARN: RULE,
          TARGET_ARN: functionArn('on'),
          ERROR_CODE: 'NO_PERMISSIONS',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '2',
        },
      },
    ]);
  });

  it('can deliver twice and out of order', async () => {
    const seen: number[] = [];
    const on = (event: { detail: { n: number } }) => void seen.push(event.detail.n);
    const { bus } = build(on, target(), { disturb: { duplicate: 1, reorder: 0.5, seed: 3 } });
    await clock.work.run('relay', async () => {
      bus.put([1, 2, 3, 4, 5, 6].map((n) => entry({ kind: 'wanted', n })));
    });
    await clock.settle();
    expect([...seen].sort()).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    const firsts = [...new Set(seen)];
    expect(firsts).not.toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('runs a schedule at every instant of its rate', async () => {
    const { deliveries, functions } = build(() => null, target());
    const schedule = {
      arn: 'arn:s',
      name: 'sweep',
      expression: 'rate(15 minutes)',
      timezone: 'UTC',
      enabled: true,
      target: target({ input: '{"at":"<aws.scheduler.scheduled-time>"}' }),
    } as ScheduleModel;
    startSchedules([schedule, { ...schedule, enabled: false }], clock, deliveries, () => undefined);
    await clock.advance({ by: HOUR });
    expect(functions.calls.map(({ at }) => at / 60_000)).toEqual([15, 30, 45, 60]);
    expect(functions.calls[0]!.event).toEqual({ at: '2026-03-01T00:15:00Z' });
  });
});

describe('schedule expressions', () => {
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  it.each([
    ['rate(1 day)', 'UTC', '2026-03-02T00:00:00.000Z'],
    ['cron(0 8 * * ? *)', 'Asia/Shanghai', '2026-03-02T00:00:00.000Z'],
    ['cron(30 9 ? * MON-FRI *)', 'UTC', '2026-03-02T09:30:00.000Z'],
    ['cron(0 9 ? * 2 *)', 'UTC', '2026-03-02T09:00:00.000Z'],
    ['cron(0 0 1 * ? *)', 'America/New_York', '2026-03-01T05:00:00.000Z'],
    ['at(2026-03-05T10:00:00)', 'Asia/Shanghai', '2026-03-05T02:00:00.000Z'],
  ])('%s in %s → %s', (expression, timezone, expected) => {
    expect(iso(nextFiring(expression, timezone)(START))).toBe(expected);
  });

  it('keeps to local time over a change of the clocks', () => {
    const next = nextFiring('cron(0 9 * * ? *)', 'America/New_York');
    const before = next(Date.UTC(2026, 2, 7, 12))!;
    expect([iso(before), iso(next(before))]).toEqual(['2026-03-07T14:00:00.000Z', '2026-03-08T13:00:00.000Z']);
  });

  it('refuses what it does not know', () => {
    expect(() => nextFiring('every day', 'UTC')).toThrow('Unknown schedule');
  });
});
