import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { openKept } from '../kept.ts';
import type { QueueModel, StreamMapping } from '../model.ts';
import { startQueueMapping } from './queue-mapping.ts';
import { Queue } from './queues.ts';
import { createSqsApi } from './sqs-api.ts';
import { fakeFunctions, functionArn, testClock } from './testing.ts';

const MINUTE = 60_000;
const nothingKept = openKept(undefined);

function model(name: string, more: Partial<QueueModel> = {}): QueueModel {
  const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const url = `http://localhost/000000000000/${name}`;
  return {
    logicalId: name,
    arn,
    url,
    name,
    fifo: false,
    contentDeduplication: false,
    visibility: 30_000,
    retention: 4 * 86_400_000,
    delay: 0,
    ...more,
  };
}

const mapping = (queue: QueueModel, more: Partial<StreamMapping> = {}): StreamMapping => ({
  source: queue.arn,
  functionArn: functionArn('worker'),
  batchSize: 10,
  batchingWindow: 0,
  parallelization: 1,
  retries: -1,
  maxRecordAge: -1,
  bisect: false,
  partialFailures: false,
  filters: [],
  ...more,
});

describe('queues in clock time', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = testClock();
  });
  afterEach(() => clock.stop());

  const pair = (maxReceives = 2) => {
    const dead = new Queue(model('dead'), clock, nothingKept, () => undefined);
    const live = new Queue(
      model('live', { redrive: { target: dead.model.arn, maxReceives } }),
      clock,
      nothingKept,
      () => dead,
    );
    return { live, dead };
  };
  const bodies = (queue: Queue) => queue.messages().map((message) => message.body);

  it('hides what was received until its visibility ends', async () => {
    const { live } = pair();
    live.send({ body: 'a' });
    expect(live.receive(10).map((message) => message.body)).toEqual(['a']);
    expect(live.receive(10)).toEqual([]);
    await clock.advance({ by: 30_000 });
    expect(live.receive(10)[0]).toMatchObject({ body: 'a', receives: 2 });
  });

  it('delivers to the function, retries a failure after the visibility and then buries it', async () => {
    const { live, dead } = pair();
    const functions = fakeFunctions(clock, {
      worker: (event: { Records: { body: string }[] }) => {
        if (event.Records.some((record) => record.body === 'bad')) throw new Error('no');
      },
    });
    startQueueMapping(mapping(live.model, { batchSize: 1 }), live, clock, functions, 'us-east-1');
    live.send({ body: 'good' });
    live.send({ body: 'bad' });
    await clock.settle();
    expect(bodies(live)).toEqual(['bad']);
    await clock.advance({ by: 5 * MINUTE });
    expect(functions.calls.map(({ at }) => at)).toEqual([0, 0, 30_000]);
    expect([bodies(live), bodies(dead)]).toEqual([[], ['bad']]);
    expect(dead.moveBack(() => live)).toBe(1);
    expect(bodies(dead)).toEqual([]);
  });

  it('keeps only the failed items of a batch', async () => {
    const { live } = pair();
    const functions = fakeFunctions(clock, {
      worker: (event: { Records: { body: string; messageId: string }[] }) => ({
        batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })),
      }),
    });
    for (const body of ['a', 'bad', 'c']) live.send({ body, delay: MINUTE });
    startQueueMapping(mapping(live.model, { partialFailures: true }), live, clock, functions, 'us-east-1');
    await clock.advance({ by: MINUTE });
    expect(bodies(live)).toEqual(['bad']);
    expect(functions.calls).toHaveLength(1);
  });

  it('does not take a message out of the hands of a function that is still at it', async () => {
    const { live } = pair();
    const functions = fakeFunctions(clock, {
      // The clock runs past the visibility while the function works.
      worker: () => void clock.shared.moveTo(clock.now() + 60_000),
    });
    startQueueMapping(mapping(live.model), live, clock, functions, 'us-east-1');
    live.send({ body: 'a' });
    await clock.settle();
    expect([functions.calls.length, bodies(live)]).toEqual([1, []]);
  });

  it('takes a batch only when nothing else runs, where it is patient', async () => {
    const { live } = pair();
    const functions = fakeFunctions(clock, { worker: () => null });
    startQueueMapping(mapping(live.model), live, clock, functions, 'us-east-1', true);
    await clock.work.run('a sender', async () => {
      for (const body of ['a', 'b', 'c']) {
        live.send({ body });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    live.send({ body: 'later', delay: MINUTE });
    await clock.advance({ by: MINUTE });
    const sizes = functions.calls.map(({ event }) => (event as { Records: unknown[] }).Records.length);
    expect(sizes).toEqual([3, 1]);
  });

  it('waits for company within the batching window', async () => {
    const { live } = pair();
    const functions = fakeFunctions(clock, { worker: () => null });
    startQueueMapping(mapping(live.model, { batchingWindow: 5000 }), live, clock, functions, 'us-east-1');
    live.send({ body: 'a' });
    live.send({ body: 'b' });
    await clock.advance({ by: 4999 });
    expect(functions.calls).toEqual([]);
    await clock.advance({ by: 1 });
    expect(functions.calls.map(({ event }) => (event as { Records: unknown[] }).Records.length)).toEqual([2]);
  });

  it('keeps the order of a FIFO group and drops duplicates', () => {
    const fifo = new Queue(
      model('a.fifo', { fifo: true, contentDeduplication: true }),
      clock,
      nothingKept,
      () => undefined,
    );
    fifo.send({ body: '1', groupId: 'g' });
    fifo.send({ body: '1', groupId: 'g' });
    fifo.send({ body: '2', groupId: 'g' });
    fifo.send({ body: '3', groupId: 'h' });
    const [first] = fifo.receive(1);
    expect(fifo.receive(10).map((message) => message.body)).toEqual(['3']);
    fifo.remove(first!.receipt!);
    expect(fifo.receive(10).map((message) => message.body)).toEqual(['2']);
  });

  it('survives a restart when data is kept', () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-queue-'));
    const first = openKept(join(folder, 'kept.db'));
    new Queue(model('q'), clock, first, () => undefined).send({ body: 'kept' });
    first.close();
    const second = openKept(join(folder, 'kept.db'));
    expect(bodies(new Queue(model('q'), clock, second, () => undefined))).toEqual(['kept']);
    second.close();
    rmSync(folder, { recursive: true });
  });

  it('speaks the SQS protocol', () => {
    const { live } = pair();
    const call = createSqsApi([live]);
    const QueueUrl = live.model.url;
    call('SendMessageBatch', { QueueUrl, Entries: [{ Id: 'x', MessageBody: 'hi' }] });
    const { Messages } = call('ReceiveMessage', { QueueUrl }) as {
      Messages: { Body: string; ReceiptHandle: string }[];
    };
    expect(Messages[0]).toMatchObject({ Body: 'hi', MD5OfBody: '49f68a5c8493ec2c0bf489821c21fc3b' });
    call('DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0]!.ReceiptHandle });
    expect(bodies(live)).toEqual([]);
    expect(() => call('CreateQueue', {})).toThrow('does not know');
    expect(() => call('SendMessage', { QueueUrl: 'http://x/none', MessageBody: '' })).toThrow('does not exist');
  });
});
