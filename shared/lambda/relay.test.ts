import { EventBridgeClient, type PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { eventItem } from '../journal/aggregate.ts';
import type { StreamRecord } from './stream.ts';

vi.stubEnv('BUS_NAME', 'bus');
const { relay } = await import('./relay.ts');

const LIMIT = 256 * 1024;
const record = (n: number, size: number): StreamRecord => ({
  eventID: `${n}`,
  dynamodb: {
    SequenceNumber: `${n}`,
    NewImage: marshall({
      ...{ pk: 'p', sk: 's', id: `let_1.${n}`, name: 'letter.requested', site: 'sit_1', aggregate: 'let_1' },
      ...{ version: n, at: 1, by: 'li', data: { words: '字'.repeat(Math.floor(size / 3)) } },
    }),
  },
});

const bytes = (entries: readonly PutEventsRequestEntry[]) =>
  entries.reduce(
    (sum, { Source = '', DetailType = '', Detail = '' }) => sum + 14 + Buffer.byteLength(Source + DetailType + Detail),
    0,
  );

let calls: PutEventsRequestEntry[][];
/** How often an entry is still refused, by its event. */
let refused: Map<string, number>;
const bus = new EventBridgeClient({});
vi.spyOn(bus, 'send').mockImplementation((async ({ input: { Entries = [] } }: PutEventsCommand) => {
  if (Entries.length > 10 || bytes(Entries) > LIMIT) throw new Error('ValidationException');
  calls.push(Entries);
  return {
    Entries: Entries.map(({ Detail = '' }) => {
      const { id } = JSON.parse(Detail) as { id: string };
      const left = refused.get(id) ?? 0;
      refused.set(id, left - 1);
      return left > 0 ? { ErrorCode: 'ThrottlingException' } : { EventId: id };
    }),
  };
}) as never);
beforeEach(() => {
  calls = [];
  refused = new Map();
});
const send = (records: StreamRecord[]) => relay('bus', bus)({ Records: records });
const versions = () => calls.flat().map(({ Detail = '' }) => (JSON.parse(Detail) as { version: number }).version);

test('ten letters of 80 KB are more than one call takes', async () => {
  const answer = await send(Array.from({ length: 10 }, (_, n) => record(n + 1, 80 * 1024)));
  expect([answer.batchItemFailures, calls.length, versions()]).toEqual([[], 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
});

test('law: whatever their sizes, all are published once, in order, and no call is too large', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: LIMIT - 1_000 }), { maxLength: 40 }), async (sizes) => {
      calls = [];
      const answer = await send(sizes.map((size, n) => record(n + 1, size)));
      expect(answer.batchItemFailures).toEqual([]);
      expect(versions()).toEqual(sizes.map((_, n) => n + 1));
    }),
    { numRuns: 30 },
  );
});

test('an entry that the bus refuses is tried again by itself; one it never takes comes again with all that follow', async () => {
  refused.set('let_1.2', 2);
  expect((await send([1, 2, 3].map((n) => record(n, 10)))).batchItemFailures).toEqual([]);
  expect(versions()).toEqual([1, 2, 3, 2, 2]);
  refused.set('let_1.2', 99);
  const answer = await send([1, 2, 3].map((n) => record(n, 10)));
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '2' }]);
});

test('none is recorded that no call would take', () => {
  const event = (size: number) => ({
    ...{ id: 'let_1.1', name: 'letter.requested', site: 'sit_1', aggregate: 'let_1', version: 1, at: 1, by: 'li' },
    data: { words: '字'.repeat(size / 3) },
  });
  expect(() => eventItem('letter', event(LIMIT - 3_000))).not.toThrow();
  expect(() => eventItem('letter', event(LIMIT))).toThrow('the bus takes');
});

test('one that no call takes is told to the stream, after all that stood before it', async () => {
  const answer = await send([record(1, 10), record(2, LIMIT + 10), record(3, 10)]);
  expect([answer.batchItemFailures, versions()]).toEqual([[{ itemIdentifier: '2' }], [1]]);
});
