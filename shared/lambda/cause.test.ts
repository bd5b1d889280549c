import { SFNClient, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { onLambda } from '../aws/on-lambda.ts';
import { enqueueTo } from '../aws/queue.ts';
import { defineTable } from '../aws/table.ts';
import { defineEvent, type Envelope } from '../domain/events.ts';
import { type Obligation, obligation, obligationEvents, open, tookRung } from '../domain/obligation.ts';
import { routesFor } from '../http/route.ts';
import type { AggregateType } from '../journal/aggregate.ts';
import { execute } from '../journal/execute.ts';
import { journal } from '../journal/journal.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { HOUR } from '../time/clock.ts';
import { sweeper, wakeUpScheduler } from '../timers/timers.ts';
import { bus, consumerFor } from './bus.ts';
import { http } from './http.ts';
import { eachMessage, queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { stream } from './stream.ts';
import { timer } from './timer.ts';

const NOW = Date.UTC(2026, 4, 1);
const table = defineTable({ name: 'chores', journal: true });
const opened = defineEvent('chore.opened', 'A chore was opened.', z.object({ opens: z.array(obligation) }));
const events = [opened, ...obligationEvents('chore')] as const;
const choreType: AggregateType<{ owed: Obligation[] }, (typeof events)[number]> = {
  type: 'chore',
  most: {},
  ids: 'improvement',
  events,
  fold: (state, event) =>
    event.name === 'chore.opened' ? { owed: event.data.opens } : { owed: tookRung(state?.owed ?? [], event.data) },
  finished: ({ owed }) => owed.length === 0,
};
const position = { role: 'agent' } as const;
const opens = [open({ duty: 'do', position, since: NOW, due: NOW + HOUR, ladder: [[0, 'supervisor']] })];

const REQUEST = 'JKJaXmPLvHcESHA=';
const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
  vi.stubEnv('DUE_PARTITIONS', '1');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const world = () => {
  let now = NOW;
  const doc = memoryTables(table);
  const chores = journal(choreType, { doc, own: table.name });
  const opensOne = (id: string) =>
    execute(chores, {
      site: 's',
      id,
      now,
      by: 'li',
      idempotencyKey: { scope: id, body: '' },
      decide: () => ({ events: [{ name: 'chore.opened' as const, data: { opens } }] }),
    });
  const access = { person: async () => undefined } as never;
  const route = routesFor<{ access: never; clock: () => number }>()({
    method: 'GET',
    path: '/chores',
    summary: 'Opens one',
    who: 'everybody',
    answer: z.object({}),
    handle: async () => {
      await opensOne('chr_1');
      return {};
    },
  });
  const api = http([route], { access, clock: () => now });
  return {
    chores,
    opensOne,
    asks: () => api({ routeKey: 'GET /chores', headers: {}, requestContext: { requestId: REQUEST } }),
    causes: async (id: string) => (await chores.whole('s', id)).map(({ cause }) => cause),
    head: async (id: string) =>
      (await doc.send(new GetCommand({ TableName: table.name, Key: { pk: `s#chore#${id}`, sk: 'head' } }))).Item,
    passes: (ms: number) => {
      now += ms;
    },
    clock: () => now,
  };
};

const followOn = consumerFor<{ opensOne(id: string): Promise<unknown> }>()({
  name: 'follow-on',
  events: [opened],
  handle: async (_event, { opensOne }) => void (await opensOne('chr_2')),
});
const context = { awsRequestId: 'invocation-1' };

test('what a request writes says which it was; what follows over the bus says so, too', async () => {
  const { asks, causes, chores, opensOne } = world();
  await asks();
  expect(await causes('chr_1')).toEqual([REQUEST]);
  const [event] = await chores.whole('s', 'chr_1');
  await bus(followOn, { opensOne })({ detail: event }, context);
  expect(await causes('chr_2')).toEqual([REQUEST]);
  expect(lines).toMatchObject([
    { code: 'HY-API-1', request: REQUEST },
    { code: 'HY-EVT-1', request: 'invocation-1', cause: REQUEST, event: 'chr_1.1', ms: expect.any(Number) },
  ]);
  expect(lines[0]).not.toHaveProperty('cause');
});

test('an event of which nobody knows what led to it is itself what leads on', async () => {
  const { opensOne, chores, causes } = world();
  await opensOne('chr_1');
  const [event] = await chores.whole('s', 'chr_1');
  await bus(followOn, { opensOne })({ detail: event }, context);
  expect(await causes('chr_2')).toEqual(['chr_1.1']);
});

test('what falls due was caused by what last changed it, whether a timer woke or a sweep', async () => {
  for (const wakes of ['timer', 'sweep']) {
    const { asks, passes, chores, causes, clock } = world();
    await asks();
    passes(2 * HOUR);
    if (wakes === 'timer') await timer(chores, clock)({ site: 's', id: 'chr_1', cause: REQUEST }, context);
    else await schedule(sweeper({ ...onLambda, clock }, [{ journal: chores }]))({}, context);
    const [, ...later] = await causes('chr_1');
    expect(later.length).toBeGreaterThan(0);
    expect(new Set(later)).toEqual(new Set([REQUEST]));
  }
  expect(lines.find(({ code }) => code === 'HY-TIM-1')).toMatchObject({ cause: REQUEST, request: 'invocation-1' });
  // A sweep is of many.
  expect(lines.find(({ code }) => code === 'HY-SWP-1')).not.toHaveProperty('cause');
});

test('an execution carries what led to its start from wake-up to wake-up', async () => {
  const { asks, chores, clock } = world();
  await asks();
  const client = new SFNClient({});
  const inputs: string[] = [];
  vi.spyOn(client, 'send').mockImplementation(
    (async ({ input }: StartExecutionCommand) => void inputs.push(String(input.input))) as never,
  );
  const starts = consumerFor<object>()({
    name: 'starts',
    events: [opened],
    handle: ({ site, aggregate, at }) => wakeUpScheduler(client, 'arn')(site, aggregate, at),
  });
  const [event] = (await chores.whole('s', 'chr_1')) as Envelope[];
  await bus(starts, {})({ detail: event }, context);
  const input = JSON.parse(inputs[0] as string);
  expect(input).toMatchObject({ site: 's', id: 'chr_1', cause: REQUEST });
  expect(await timer(chores, clock)(input, context)).toMatchObject({ cause: REQUEST, again: true });
});

test('a message carries it, each of a batch its own; without it the message is the cause', async () => {
  const client = new SQSClient({});
  const sent: { MessageBody?: string; MessageAttributes?: Record<string, { StringValue?: string }> }[] = [];
  vi.spyOn(client, 'send').mockImplementation((async ({ input }: SendMessageBatchCommand) => {
    sent.push(...((input.Entries ?? []) as typeof sent));
    return {};
  }) as never);
  const { chores, opensOne } = world();
  await opensOne('chr_1');
  const [event] = (await chores.whole('s', 'chr_1')) as Envelope[];
  const tells = consumerFor<object>()({
    name: 'tells',
    events: [opened],
    handle: () => enqueueTo<{ n: number }>(client, 'url')([{ n: 1 }]),
  });
  await bus(tells, {})({ detail: { ...event, cause: REQUEST } }, context);
  const [{ MessageBody: body = '', MessageAttributes } = {}] = sent;
  expect(MessageAttributes).toMatchObject({ cause: { StringValue: REQUEST } });
  const failing = queue((batch) =>
    eachMessage(batch, { failed: 'HY-RCP-2', width: 2 }, async () => {
      throw new Error();
    }),
  );
  lines.length = 0;
  const carried = { messageId: 'm1', body, messageAttributes: { cause: { stringValue: REQUEST } } };
  await failing({ Records: [carried, { messageId: 'm2', body }] }, context);
  expect(lines.map(({ cause, message }) => [message, cause])).toEqual([
    ['m1', REQUEST],
    ['m2', 'm2'],
  ]);
});

test('a batch of a stream names what led to its events', async () => {
  const Records = ['a', 'b', 'a'].map((cause) => ({ dynamodb: { NewImage: { cause: { S: cause } } } }));
  const fails = stream(async () => {
    throw new Error();
  });
  await expect(fails({ Records }, context)).rejects.toThrow();
  expect(lines).toMatchObject([{ code: 'HY-FUN-1', cause: 'a b' }]);
});

test('the head says it once, and no line says what a code means', async () => {
  const { asks, head } = world();
  await asks();
  expect(await head('chr_1')).toMatchObject({ cause: REQUEST });
  for (const line of lines) expect(line).not.toHaveProperty('message');
});
