import { inParallel } from '../aws/many.ts';
import { errorName, type LogCode, log } from './log.ts';
import type { BatchAnswer } from './stream.ts';

/** The parts of an SQS message that are used; of a FIFO queue it has a group. */
export interface QueueMessage {
  messageId: string;
  body: string;
  attributes?: { MessageGroupId?: string };
}
/** The parts of SQS's event that are used. */
export interface QueueBatch {
  Records: QueueMessage[];
}

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
  await inParallel([...groups.values()], width, async (group) => {
    for (const [i, message] of group.entries()) {
      try {
        await work(message);
      } catch (error) {
        log(failed, { message: message.messageId, error: errorName(error) });
        for (const { messageId } of group.slice(i)) back.add(messageId);
        return;
      }
    }
  });
  const ids = Records.map(({ messageId }) => messageId).filter((id) => back.has(id));
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
};
