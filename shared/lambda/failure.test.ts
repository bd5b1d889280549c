import { type SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { enqueueTo } from '../aws/queue.ts';
import { defineEvent } from '../domain/events.ts';
import { bus } from './bus.ts';
import { eachSite } from './each-site.ts';
import { IMPACT } from './impact.ts';
import { log } from './log.ts';
import { eachMessage, NotYet, type QueueMessage, queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { stream } from './stream.ts';

const NOW = Date.UTC(2026, 4, 1);
const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
  vi.stubEnv('IMPACT', 'money');
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What CloudWatch makes of a line. Source: the embedded metric format's specification. */
const metric = (name: string, dimension: string) => ({
  _aws: {
    Timestamp: NOW,
    CloudWatchMetrics: [{ Namespace: 'Huiyin', Dimensions: [[dimension]], Metrics: [{ Name: name }] }],
  },
});
const fails = async () => {
  throw new TypeError('Zhang San');
};

test('what fails counts for its impact, as a whole or message by message; what goes well is no metric', async () => {
  await expect(schedule(fails)({}, {})).rejects.toThrow();
  const works = queue((batch) => eachMessage(batch, { failed: 'HY-RCP-2' }, fails));
  await works({ Records: [{ messageId: 'm', body: '' }] }, {});
  expect(lines).toMatchObject([
    { ...metric('Failed', 'impact'), code: 'HY-FUN-1', impact: 'money', Failed: 1 },
    { ...metric('Failed', 'impact'), code: 'HY-RCP-2', impact: 'money', Failed: 1 },
  ]);
  expect(JSON.stringify(lines)).not.toContain('Zhang');
  log('HY-EVT-1');
  expect(lines.at(-1)).not.toHaveProperty('_aws');
});

const counted = () => lines.flatMap(({ code, Failed }) => (Failed === undefined ? [] : [code]));

test('a failure that was counted already does not count again where the function ends with it', async () => {
  const none = { name: 'none', events: [], handle: fails };
  const known = { ...none, events: [defineEvent('chore.opened', 'A chore was opened.', z.object({}))] as const };
  const detail = { id: 'cho_1.1', name: 'chore.opened', site: 's', aggregate: 'cho_1', version: 1, at: NOW, by: 'li' };
  await expect(bus(known, {})({ detail: { ...detail, data: {} } }, {})).rejects.toThrow();
  expect(counted()).toEqual(['HY-EVT-2']);
  expect(lines.at(-1)).toMatchObject({ code: 'HY-FUN-1', at: expect.stringContaining('failure.test.ts') });
  lines.length = 0;
  const sites = async function* () {
    yield ['a', 'b'];
  };
  const job = { what: 'digests', failure: 'HY-MAI-6', clock: () => NOW } as const;
  await expect(schedule(() => eachSite(sites(), job, fails))({}, {})).rejects.toThrow();
  expect(counted()).toEqual(['HY-MAI-6', 'HY-MAI-6']);
  // Another invocation's failure is its own, and so is one that nobody told of before.
  lines.length = 0;
  await expect(bus(none, {})({ detail: { ...detail, data: {} } }, {})).rejects.toThrow();
  expect(counted()).toEqual(['HY-FUN-1']);
});

test('a message that only has to wait comes again, and counts as no failure', async () => {
  const works = queue((batch) =>
    eachMessage(batch, { failed: 'HY-RCP-2' }, async () => {
      throw new NotYet('busy');
    }),
  );
  const again = await works({ Records: [{ messageId: 'm', body: '' }] }, {});
  expect(again).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  expect([lines.map(({ code }) => code), counted()]).toEqual([['HY-RCP-2'], []]);
});

test('a message that was held back is late from when it could be had, not from when it was sent', async () => {
  const sent: SendMessageBatchCommand[] = [];
  const client = new SQSClient({ region: 'local', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
  vi.spyOn(client, 'send').mockImplementation((command: unknown) => {
    sent.push(command as SendMessageBatchCommand);
    return Promise.resolve({});
  });
  await enqueueTo<{ n: number }>(client, 'url')([{ n: 1, delay: 2_000 }, { n: 2 }]);
  const messages = (sent[0]?.input.Entries ?? []).map(({ MessageBody = '', MessageAttributes = {} }, i) => ({
    messageId: String(i),
    body: MessageBody,
    // As Lambda hands them over: the names are written small.
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, { stringValue: StringValue }]),
    ),
  }));
  const works = queue(async () => ({ batchItemFailures: [] }));
  const after = (seconds: number) => {
    const attributes = { SentTimestamp: String(NOW - seconds * 1000) };
    return works({ Records: [{ ...messages[0], attributes } as QueueMessage] }, {});
  };
  // Held back for as long as SQS holds anything, and a quarter of an hour later.
  await after(1_800);
  expect(lines).toEqual([]);
  await after(1_860);
  expect(lines).toMatchObject([{ code: 'HY-FUN-2', by: 'queue', Behind: 960 }]);
  lines.length = 0;
  const attributes = { SentTimestamp: String(NOW - 1_000_000) };
  await works({ Records: [{ ...messages[1], attributes } as QueueMessage] }, {});
  expect(lines).toMatchObject([{ Behind: 1_000 }]);
});

test('what comes from a stream or a queue is measured once it is a quarter of an hour old, by the oldest', async () => {
  const reads = stream(async () => ({ batchItemFailures: [] }));
  const works = queue(async () => ({ batchItemFailures: [] }));
  const told = (...minutes: number[]) => minutes.map((ago) => NOW / 1000 - ago * 60);
  const records = (...minutes: number[]) =>
    told(...minutes).map((ApproximateCreationDateTime) => ({ dynamodb: { ApproximateCreationDateTime } }));
  await reads({ Records: records(15, 1) }, {});
  await works({ Records: [{ messageId: 'm', body: '' }] }, {});
  expect(lines).toEqual([]);
  await reads({ Records: records(1, 20) }, {});
  const attributes = { SentTimestamp: String(NOW - 3_600_000) };
  await works({ Records: [{ messageId: 'm', body: '', attributes }] }, {});
  expect(lines).toMatchObject([
    { ...metric('Behind', 'by'), by: 'stream', Behind: 1_200 },
    { ...metric('Behind', 'by'), by: 'queue', Behind: 3_600 },
  ]);
});

test('there are few impacts, each a sentence', () => {
  expect(Object.keys(IMPACT).length).toBeLessThanOrEqual(6);
  for (const says of Object.values(IMPACT)) expect(says).toMatch(/^[A-Z].*\.$/);
});
