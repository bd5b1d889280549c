import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { causeNow } from '../lambda/run.ts';

/** What SQS takes at most in one call. */
const ENTRIES = 10;

/** The longest that SQS holds a message back (s). */
export const DELAY_MOST = 900;

/** How long a message is held back (s, at most `DELAY_MOST`); no part of what is handed over. */
interface Held {
  delay?: number | undefined;
}

/** The attribute of a message that says what led to it. */
export const CAUSE = 'cause';

const caused = () => {
  const cause = causeNow();
  return cause === undefined ? {} : { MessageAttributes: { [CAUSE]: { DataType: 'String', StringValue: cause } } };
};

/** Hands messages to a queue, each as JSON. @throws Error when it did not take one of them */
export const enqueueTo =
  <T extends object>(client: SQSClient, queue: string) =>
  async (messages: readonly (T & Held)[]): Promise<void> => {
    for (let i = 0; i < messages.length; i += ENTRIES) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queue,
          Entries: messages.slice(i, i + ENTRIES).map(({ delay, ...message }, n) => ({
            Id: String(n),
            MessageBody: JSON.stringify(message),
            ...caused(),
            ...(delay ? { DelaySeconds: Math.min(delay, DELAY_MOST) } : {}),
          })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} messages were not queued: ${Failed[0]?.Code}`);
    }
  };

/**
 * Hands a message to a FIFO queue: those of a group come one after the other, in the order in which they were sent; one
 * of an id comes once, however often it is sent within five minutes.
 */
export const enqueueInOrder =
  <T extends object>(client: SQSClient, queue: string) =>
  async (message: T, { group, id }: { group: string; id: string }): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: JSON.stringify(message),
        ...caused(),
        MessageGroupId: group,
        MessageDeduplicationId: id,
      }),
    );
  };
