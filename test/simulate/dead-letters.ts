import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import { DAY, MINUTE } from '../../shared/time/clock.ts';
import { itemsOf } from '../support/tables.ts';

/** What the runbook says under each heading, by `service thing`. */
const RUNBOOK = new Map(
  readFileSync(new URL('../../docs/runbooks/dead-letters.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .map((section) => [section.split('\n', 1)[0]!.trim().replaceAll(' ', '-'), section]),
);

interface Letter {
  Body: string;
  ReceiptHandle: string;
  Attributes: { DeadLetterQueueSourceArn?: string };
}
interface Batch {
  streamArn: string;
  approximateArrivalOfFirstRecord: string;
  approximateArrivalOfLastRecord: string;
}
interface Failed {
  requestContext?: { functionArn: string };
  requestPayload?: unknown;
  DDBStreamBatchInfo?: Batch;
}
/** Events are read again from this much (ms) before a batch came: what a consumer took up late is dated by what it was told. */
const BEFORE = 2 * DAY;
const AFTER = 5 * MINUTE;
const MOST_RECORDS = 200;

/** Gives the events since a moment to who reads a table's stream, from its journals, in order per aggregate. @throws Error when it fails again */
const rereads = async (
  cloud: MemoryCloud,
  path: string,
  streamArn: string,
  from: number,
  to: number,
): Promise<void> => {
  const table = cloud.deployment.tables.find(({ stream }) => stream?.arn === streamArn)!;
  const events = (await itemsOf(cloud, table.name)).filter(
    ({ sk, at }) => sk.startsWith('e#') && Number(at) >= from && Number(at) <= to,
  );
  const records = events.map((event, n) => ({ dynamodb: { SequenceNumber: String(n), NewImage: marshall(event) } }));
  for (let n = 0; n < records.length; n += MOST_RECORDS) {
    const answer = await cloud.invoke(path, { Records: records.slice(n, n + MOST_RECORDS) });
    const { batchItemFailures } = answer as { batchItemFailures: unknown[] };
    if (batchItemFailures.length > 0) throw new Error(`${path} failed again`);
  }
};

/** Whether the runbook has what a function failed at given to it again, or says that nothing is to be redriven. @throws Error where it says neither */
export const isRedriven = (name: string): boolean => {
  const says = RUNBOOK.get(`${name}-failed`);
  if (says && /redrive the consumer/i.test(says)) return true;
  if (says && /nothing (to redrive|has to be redriven)/i.test(says)) return false;
  throw new Error(`the runbook doesn't say what to do about ${name}-failed`);
};

/** Does with whatever lies in queues of dead letters as the runbook says. @returns how many were redriven */
export const redrive = async (cloud: MemoryCloud): Promise<number> => {
  const { deployment, deadLetters, sqs, enqueue } = cloud;
  const batches: { of: string; path: string; batch: Batch; done: () => unknown }[] = [];
  let redriven = 0;
  for (const { queue, messages } of deadLetters()) {
    const { arn: SourceArn, url: QueueUrl } = deployment.queues.find(({ name }) => name === queue)!;
    sqs('StartMessageMoveTask', { SourceArn });
    for (const _ of messages) {
      const asked = { QueueUrl, VisibilityTimeout: 60 };
      const [letter] = (sqs('ReceiveMessage', asked) as { Messages?: Letter[] }).Messages ?? [];
      if (!letter) break;
      const { requestContext, requestPayload, DDBStreamBatchInfo: batch } = JSON.parse(letter.Body) as Failed;
      const fn = deployment.functions.find(({ arn }) => requestContext?.functionArn.replace(':$LATEST', '') === arn);
      const done = () => sqs('DeleteMessage', { QueueUrl, ReceiptHandle: letter.ReceiptHandle });
      if (!fn) continue;
      redriven += 1;
      if (batch) batches.push({ of: `${fn.arn} ${batch.streamArn}`, path: fn.path, batch, done });
      else {
        if (isRedriven(fn.environment.FUNCTION!)) enqueue(fn.arn, requestPayload);
        done();
      }
    }
  }
  for (const of of Map.groupBy(batches, (one) => one.of).values()) {
    const { path, batch } = of[0]!;
    const from = Math.min(...of.map((one) => Date.parse(one.batch.approximateArrivalOfFirstRecord)));
    const to = Math.max(...of.map((one) => Date.parse(one.batch.approximateArrivalOfLastRecord)));
    // Who fails again is left for the next time.
    await rereads(cloud, path, batch.streamArn, from - BEFORE, to + AFTER).then(
      () => of.forEach(({ done }) => void done()),
      () => undefined,
    );
  }
  return redriven;
};
