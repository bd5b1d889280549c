import { inParallel } from '../aws/many.ts';
import { CAUSE, HELD } from '../aws/queue.ts';
import { SECOND } from '../time/clock.ts';
import { behind, errorName, failure, type LogCode, log } from './log.ts';
import { apart } from './run.ts';
import { shell } from './shell.ts';
import type { BatchAnswer } from './stream.ts';

/** The parts of an SQS message that are used; of a FIFO queue it has a group. */
export interface QueueMessage {
  messageId: string;
  body: string;
  attributes?: { MessageGroupId?: string; ApproximateReceiveCount?: string; SentTimestamp?: string };
  messageAttributes?: { [CAUSE]?: { stringValue?: string }; [HELD]?: { stringValue?: string } };
}
/** The parts of SQS's event that are used. */
export interface QueueBatch {
  Records: QueueMessage[];
}

/** Thrown where nothing is wrong, and a message only has to come again later. */
export class NotYet extends Error {
  override name = 'NotYet';
}

const causeOf = ({ messageId, messageAttributes }: QueueMessage): string =>
  messageAttributes?.[CAUSE]?.stringValue ?? messageId;

/**
 * Works on a batch's messages, and reports those that failed: they alone come again, and wait as dead letters in the end. Those
 * of a FIFO group are worked on one after the other; what follows a failed one of its group is not tried, and comes again too.
 * @param options `failed`: what is logged of a message that failed; `width`: how many are worked on at once, one if not said
 */
export const eachMessage = async (
  { Records }: QueueBatch,
  { failed, width = 1 }: { failed: LogCode; width?: number | undefined },
  work: (message: QueueMessage) => Promise<void>,
): Promise<BatchAnswer> => {
  const groups = Map.groupBy(Records, (message) => message.attributes?.MessageGroupId ?? message);
  const back = new Set<string>();
  const worked = async (message: QueueMessage): Promise<boolean> => {
    try {
      await work(message);
      return true;
    } catch (error) {
      const say = error instanceof NotYet ? log : failure;
      say(failed, { message: message.messageId, error: errorName(error) });
      return false;
    }
  };
  await inParallel([...groups.values()], width, async (group) => {
    for (const [i, message] of group.entries()) {
      if (!(await apart(causeOf(message), () => worked(message)))) {
        for (const { messageId } of group.slice(i)) back.add(messageId);
        return;
      }
    }
  });
  const ids = Records.map(({ messageId }) => messageId).filter((id) => back.has(id));
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
};

/** Since when a message could be had (ms since the epoch): while it was held back nobody was late. */
const readySince = ({ attributes, messageAttributes }: QueueMessage): number | undefined => {
  if (attributes?.SentTimestamp === undefined) return undefined;
  return Number(attributes.SentTimestamp) + Number(messageAttributes?.[HELD]?.stringValue ?? 0) * SECOND;
};

/** The Lambda entry of what works on a queue's messages (`eachMessage`). */
export const queue = (work: (batch: QueueBatch) => Promise<BatchAnswer>) =>
  shell((batch: QueueBatch) => {
    const since = batch.Records.flatMap((message) => readySince(message) ?? []);
    if (since.length > 0) behind('queue', Math.min(...since));
    return work(batch);
  });
