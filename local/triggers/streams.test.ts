import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { createTables, type Engine, startEngine } from '../engine/index.ts';
import { type Kept, openKept } from '../kept.ts';
import type { TableModel } from '../model.ts';
import { createDisturbance } from './disturbance.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { StreamSource } from './stream-source.ts';
import { checkpoint, createStreams } from './streams.ts';
import { fakeFunctions, functionArn, START, testClock } from './testing.ts';

const TABLE: TableModel = {
  logicalId: 'T',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Things',
  name: 'Things',
  key: { hash: 'id' },
  attributes: { id: 'S' },
  indexes: [],
  stream: { arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Things/stream/s', view: 'NEW_AND_OLD_IMAGES' },
};

interface Event {
  Records: {
    eventName: string;
    eventSourceARN: string;
    dynamodb: { NewImage: { n: { N: string } }; SequenceNumber: string; ApproximateCreationDateTime: number };
  }[];
}

describe('table streams, on the real engine', () => {
  let folder: string;
  let engine: Engine;
  let clock: Clock;
  let kept: Kept;
  let seen: number[];
  let events: Event[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-streams-'));
    clock = testClock();
    kept = openKept(join(folder, 'kept.db'));
    seen = [];
    events = [];
    engine = await startEngine({ dir: folder });
    await createTables(engine, [TABLE]);
  });
  afterEach(async () => {
    clock.stop();
    kept.close();
    await engine.stop();
    rmSync(folder, { recursive: true });
  });

  function open() {
    const functions = fakeFunctions(clock, {
      on(event: Event) {
        events.push(event);
        seen.push(...event.Records.map((record) => Number(record.dynamodb.NewImage.n.N)));
      },
    });
    const consumer = new StreamConsumer({
      mapping: {
        source: TABLE.stream!.arn,
        functionArn: functionArn('on'),
        batchSize: 100,
        batchingWindow: 0,
        parallelization: 1,
        retries: 0,
        maxRecordAge: -1,
        bisect: false,
        partialFailures: false,
        filters: [],
      },
      clock,
      functions,
      region: 'us-east-1',
      disturbance: createDisturbance(clock.work),
      position: checkpoint(kept, 'T > on'),
      sendToQueue: () => undefined,
      onDropped: () => undefined,
    });
    const failed = (error: Error) => {
      throw error;
    };
    return createStreams(
      [{ table: TABLE, consumers: [consumer] }],
      ({ name }) => new StreamSource(engine, name),
      clock,
      failed,
    );
  }
  const put = (n: number, id = 'one') =>
    engine.call('PutItem', { TableName: 'Things', Item: { id: { S: id }, n: { N: String(n) } } });

  it('reads what is written, in order, dated by the moved clock, and nothing that changed nothing', async () => {
    const streams = open();
    await streams.resume();
    for (const n of [1, 2, 2, 3]) {
      await put(n);
      streams.wake(['Things', 'unknown']);
    }
    await clock.settle();
    expect(seen).toEqual([1, 2, 3]);
    expect(events[0]!.Records[0]).toMatchObject({
      eventName: 'INSERT',
      eventSourceARN: TABLE.stream!.arn,
      dynamodb: { ApproximateCreationDateTime: START / 1000, SequenceNumber: expect.stringMatching(/^\d{21}$/) },
    });
  });

  it('goes on after a restart where it stopped', async () => {
    const first = open();
    await first.resume();
    await put(1);
    first.wake(['Things']);
    await clock.settle();
    first.stop();
    await put(2);
    const second = open();
    await second.resume();
    await clock.settle();
    expect(seen).toEqual([1, 2]);
  });

  it('trims behind its readers and still misses nothing', async () => {
    const streams = open();
    await streams.resume();
    for (let n = 0; n < 4500; n += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => put(n + i, `i${n + i}`)));
      streams.wake(['Things']);
    }
    await clock.settle();
    expect(new Set(seen).size).toBe(4500);
    expect(seen).toHaveLength(4500);
    expect(engine.trimStream('Things', String(Number.MAX_SAFE_INTEGER))).toBeLessThan(2500);
  });
});
