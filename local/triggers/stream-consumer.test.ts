import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { StreamMapping } from '../model.ts';
import { createDisturbance, type Disturb } from './disturbance.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { paddedSequence, type StreamRecord } from './stream-source.ts';
import { fakeFunctions, functionArn, START, testClock } from './testing.ts';

type Event = { Records: { dynamodb: { SequenceNumber: string } }[] };

const record = (sequence: number): StreamRecord => ({
  sequence,
  eventID: `e${sequence}`,
  eventName: 'INSERT',
  dynamodb: {
    Keys: { pk: { S: `p${sequence % 3}` } },
    NewImage: { pk: { S: `p${sequence % 3}` }, n: { N: String(sequence) } },
    SequenceNumber: paddedSequence(sequence),
    SizeBytes: 10,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ApproximateCreationDateTime: START / 1000,
  },
});
const records = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => record(from + i));
const numbers = (event: Event) => event.Records.map((r) => Number(r.dynamodb.SequenceNumber));

describe('a stream mapping', () => {
  let clock: Clock;
  let sent: { body: never }[];
  let dropped: string[];
  beforeEach(() => {
    clock = testClock();
    sent = [];
    dropped = [];
  });
  afterEach(() => clock.stop());

  function consumer(
    behaviour: (event: Event) => unknown,
    more: Partial<StreamMapping> = {},
    disturb: Disturb = {},
    patient = false,
  ) {
    const functions = fakeFunctions(clock, { on: behaviour as (event: never) => unknown });
    const disturbance = createDisturbance(clock.work);
    disturbance.set(disturb);
    let position: number | undefined;
    const mapping: StreamMapping = {
      source: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s',
      functionArn: functionArn('on'),
      batchSize: 10,
      batchingWindow: 0,
      parallelization: 1,
      retries: 2,
      maxRecordAge: -1,
      bisect: false,
      partialFailures: false,
      filters: [],
      onFailure: 'arn:aws:sqs:us-east-1:000000000000:dead',
      ...more,
    };
    const stream = new StreamConsumer({
      mapping,
      clock,
      functions,
      region: 'us-east-1',
      disturbance,
      patient,
      position: {
        get: () => position,
        set(sequence) {
          position = sequence;
        },
      },
      sendToQueue: (_, body) => void sent.push({ body: body as never }),
      onDropped: (_, batch, reason) => void dropped.push(`${batch.length} ${reason}`),
    });
    const seen = () => functions.calls.map(({ event, at }) => ({ numbers: numbers(event), at }));
    return { stream, seen };
  }

  it('keeps the order and never lets a later batch overtake', async () => {
    let running = 0;
    const { stream, seen } = consumer(
      async () => {
        expect(++running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running--;
      },
      { batchSize: 3 },
    );
    stream.offer(records(1, 4));
    stream.offer(records(5, 7));
    await clock.settle();
    expect(seen().map((call) => call.numbers)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(stream.position()).toBe(7);
  });

  it('takes a batch only when nothing else runs, where it is patient', async () => {
    const { stream, seen } = consumer(() => undefined, {}, {}, true);
    const writes = async (from: number, to: number) => {
      for (let n = from; n <= to; n++) {
        stream.offer([record(n)]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const first = clock.work.run('a writer', () => writes(1, 3));
    await first;
    await clock.settle();
    stream.offer([record(4)]);
    await clock.work.run('another', () => writes(5, 6));
    await clock.settle();
    expect(seen().map((call) => call.numbers)).toEqual([[1, 2, 3], [4], [5, 6]]);
  });

  it('retries with backoff in clock time, then points a queue to the batch and goes on', async () => {
    const { stream, seen } = consumer(
      (event) => {
        if (numbers(event).includes(1)) throw new Error('no');
      },
      { batchSize: 2 },
    );
    stream.offer(records(1, 3));
    await clock.advance({ by: 60_000 });
    expect(seen()).toEqual([
      { numbers: [1, 2], at: 0 },
      { numbers: [1, 2], at: 1000 },
      { numbers: [1, 2], at: 3000 },
      { numbers: [3], at: 3000 },
    ]);
    expect(sent[0]!.body).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: {
        batchSize: 2,
        startSequenceNumber: paddedSequence(1),
        endSequenceNumber: paddedSequence(2),
      },
    });
  });

  it('bisects down to the poisoned record', async () => {
    const good: number[] = [];
    const { stream } = consumer(
      (event) => {
        if (numbers(event).includes(3)) throw new Error('poison');
        good.push(...numbers(event));
      },
      { bisect: true },
    );
    stream.offer(records(1, 8));
    await clock.advance({ by: 60_000 });
    expect(good).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(sent.map(({ body }) => (body as { DDBStreamBatchInfo: unknown }).DDBStreamBatchInfo)).toMatchObject([
      { batchSize: 1, startSequenceNumber: paddedSequence(3) },
    ]);
  });

  it('resumes behind the last good record of a partial failure', async () => {
    let failing = true;
    const { stream, seen } = consumer(
      (event) => {
        const bad = failing && numbers(event).includes(3);
        failing = false;
        return { batchItemFailures: bad ? [{ itemIdentifier: paddedSequence(3) }] : [] };
      },
      { partialFailures: true },
    );
    stream.offer(records(1, 5));
    await clock.advance({ by: 60_000 });
    expect(seen().map((call) => call.numbers)).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
  });

  it('gives up records that are too old, without a queue as a loss that shows', async () => {
    const mapping = { retries: -1, maxRecordAge: 90_000 };
    const { stream } = consumer(() => {
      throw new Error('no');
    }, mapping);
    stream.offer(records(1, 1));
    await clock.advance({ by: 600_000 });
    expect(sent[0]!.body).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
  });

  it('passes only what its filters want', async () => {
    const filters = [{ dynamodb: { NewImage: { n: { N: ['2', '4'] } } } }];
    const { stream, seen } = consumer(() => null, { filters });
    stream.offer(records(1, 5));
    await clock.settle();
    expect(seen().map((call) => call.numbers)).toEqual([[2, 4]]);
  });

  it('disturbs by delivering twice and swapping neighbours of different items only', async () => {
    const { stream, seen } = consumer(() => null, {}, { duplicate: 1, reorder: 1 });
    stream.offer([record(1), record(4), record(5)]);
    await clock.settle();
    expect(seen().map((call) => call.numbers)).toEqual([
      [1, 5, 4],
      [1, 5, 4],
    ]);
  });
});
