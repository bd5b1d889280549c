import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import type { FunctionModel } from '../../local/model.ts';
import { DAY, MINUTE, SECOND } from '../../shared/time/clock.ts';
import { itemsOf } from '../support/tables.ts';

/** What the runbook says under each heading, by `service thing`. */
export const RUNBOOK: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL('../../docs/runbooks/dead-letters.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .map((section) => [section.split('\n', 1)[0]!.trim().replaceAll(' ', '-'), section]),
);

/** What was given up, of which function, between when it was first tried and when it was given up. */
export interface DeadLetter {
  fn: FunctionModel;
  from: number;
  until: number;
  why: string;
}

interface Message {
  Body: string;
  ReceiptHandle: string;
  Attributes: { SentTimestamp: string; DeadLetterQueueSourceArn?: string };
}
interface Batch {
  streamArn: string;
  approximateArrivalOfFirstRecord: string;
  approximateArrivalOfLastRecord: string;
}
interface Failed {
  timestamp: string;
  requestContext?: { functionArn: string };
  requestPayload?: unknown;
  responsePayload?: { errorType?: string; errorMessage?: string };
  DDBStreamBatchInfo?: Batch;
}
/** For so long (ms) nobody else sees what somebody looks at. */
export const LOOKED_AT = MINUTE;
/** Events are read again from so many days before a batch came: what a consumer took up late is dated by what it was told. */
export const DAYS_BEFORE = 2;
const AFTER = 5 * MINUTE;
const MOST_RECORDS = 200;
/** Lambda tries an event for less than this, ms. */
const TRIED_FOR = 5 * MINUTE;

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

/** Whose a dead letter is, and which time it tells of. @returns nothing of what no function was given */
const letterOf = ({ deployment, clock }: MemoryCloud, { Body, Attributes }: Message): DeadLetter | undefined => {
  const source = Attributes.DeadLetterQueueSourceArn;
  const failed: Partial<Failed> = source ? {} : JSON.parse(Body);
  const arn = source
    ? deployment.mappings.find((mapping) => mapping.source === source)?.functionArn
    : failed.requestContext?.functionArn.replace(':$LATEST', '');
  const fn = deployment.functions.find((one) => one.arn === arn);
  if (!fn) return undefined;
  // When a queue gave a message up, it doesn't say.
  if (source) return { fn, from: Number(Attributes.SentTimestamp), until: clock.now(), why: Body };
  const until = Date.parse(failed.timestamp!);
  const { DDBStreamBatchInfo: batch, requestPayload, responsePayload } = failed;
  const from = batch ? Date.parse(batch.approximateArrivalOfFirstRecord) : until - TRIED_FOR;
  const { errorType, errorMessage } = responsePayload ?? {};
  return { fn, from, until, why: [errorType, errorMessage, JSON.stringify(requestPayload)].filter(Boolean).join(' ') };
};

/**
 * Does with whatever lies in queues of dead letters what the runbook's three ways to redrive do.
 * @returns what it took in hand, and whether a stream's consumer failed again, so that it has to be done once more
 */
export const redrive = async (cloud: MemoryCloud): Promise<{ taken: DeadLetter[]; failedAgain: boolean }> => {
  const { deployment, deadLetters, sqs, enqueue } = cloud;
  const batches: { of: string; path: string; batch: Batch; done: () => unknown }[] = [];
  const taken: DeadLetter[] = [];
  let failedAgain = false;
  for (const { queue, messages } of deadLetters()) {
    const { arn: SourceArn, url: QueueUrl } = deployment.queues.find(({ name }) => name === queue)!;
    for (const _ of messages) {
      const asked = { QueueUrl, VisibilityTimeout: LOOKED_AT / SECOND };
      const [message] = (sqs('ReceiveMessage', asked) as { Messages?: Message[] }).Messages ?? [];
      if (!message) break;
      const letter = letterOf(cloud, message);
      if (!letter) continue;
      taken.push(letter);
      // Goes back with all that came from a queue.
      if (message.Attributes.DeadLetterQueueSourceArn) continue;
      const { fn } = letter;
      const { requestPayload, DDBStreamBatchInfo: batch } = JSON.parse(message.Body) as Failed;
      const done = () => sqs('DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle });
      if (batch) batches.push({ of: `${fn.arn} ${batch.streamArn}`, path: fn.path, batch, done });
      else {
        if (isRedriven(fn.environment.FUNCTION!)) enqueue(fn.arn, requestPayload);
        done();
      }
    }
    sqs('StartMessageMoveTask', { SourceArn });
  }
  for (const of of Map.groupBy(batches, (one) => one.of).values()) {
    const { path, batch } = of[0]!;
    const from = Math.min(...of.map((one) => Date.parse(one.batch.approximateArrivalOfFirstRecord)));
    const to = Math.max(...of.map((one) => Date.parse(one.batch.approximateArrivalOfLastRecord)));
    await rereads(cloud, path, batch.streamArn, from - DAYS_BEFORE * DAY, to + AFTER).then(
      () => of.forEach(({ done }) => void done()),
      () => {
        failedAgain = true;
      },
    );
  }
  return { taken, failedAgain };
};
