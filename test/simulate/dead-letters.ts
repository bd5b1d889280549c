import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import { HOUR } from '../../shared/time/clock.ts';
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
interface Failed {
  requestContext?: { functionArn: string };
  requestPayload?: unknown;
  DDBStreamBatchInfo?: {
    streamArn: string;
    approximateArrivalOfFirstRecord: string;
    approximateArrivalOfLastRecord: string;
  };
}
/** Around when a batch came, events are read again from this much (ms) before it to as much after. */
const AROUND = HOUR;
const MOST_RECORDS = 200;

/** Gives the events of a time to who reads a table's stream, from its journals, in order per aggregate. @throws Error when it fails again */
const rereads = async (
  cloud: MemoryCloud,
  path: string,
  of: NonNullable<Failed['DDBStreamBatchInfo']>,
): Promise<void> => {
  const table = cloud.deployment.tables.find(({ stream }) => stream?.arn === of.streamArn)!;
  const from = Date.parse(of.approximateArrivalOfFirstRecord) - AROUND;
  const to = Date.parse(of.approximateArrivalOfLastRecord) + AROUND;
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
  let redriven = 0;
  for (const { queue, messages } of deadLetters()) {
    const { arn: SourceArn, url: QueueUrl } = deployment.queues.find(({ name }) => name === queue)!;
    sqs('StartMessageMoveTask', { SourceArn });
    for (const _ of messages) {
      const [letter] =
        (sqs('ReceiveMessage', { QueueUrl, VisibilityTimeout: 60 }) as { Messages?: Letter[] }).Messages ?? [];
      if (!letter) break;
      const { requestContext, requestPayload, DDBStreamBatchInfo } = JSON.parse(letter.Body) as Failed;
      const fn = deployment.functions.find(({ arn }) => requestContext?.functionArn.replace(':$LATEST', '') === arn);
      if (!fn) continue;
      if (DDBStreamBatchInfo) {
        const isRead = await rereads(cloud, fn.path, DDBStreamBatchInfo).then(
          () => true,
          () => false,
        );
        if (!isRead) continue;
      } else if (isRedriven(fn.environment.FUNCTION!)) enqueue(fn.arn, requestPayload);
      sqs('DeleteMessage', { QueueUrl, ReceiptHandle: letter.ReceiptHandle });
      redriven += 1;
    }
  }
  return redriven;
};
