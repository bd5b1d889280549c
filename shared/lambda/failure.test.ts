import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IMPACT } from './impact.ts';
import { log } from './log.ts';
import { eachMessage, queue } from './queue.ts';
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
