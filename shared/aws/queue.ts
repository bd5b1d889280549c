import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { causeNow } from '../lambda/run.ts';
import { untilTaken } from './retry.ts';

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
/** The attribute of a message that was held back: for how long (s). SQS tells whoever receives it only when it was sent. */
export const HELD = 'held';

const attributes = (held = 0) => {
  const cause = causeNow();
  const MessageAttributes = {
    ...(cause === undefined ? {} : { [CAUSE]: { DataType: 'String', StringValue: cause } }),
    ...(held > 0 ? { [HELD]: { DataType: 'Number', StringValue: String(held) } } : {}),
  };
  return Object.keys(MessageAttributes).length === 0 ? {} : { MessageAttributes };
};

/** Hands messages to a queue, each as JSON, and what it didn't take again. @throws Error when it never took one of them */
export const enqueueTo =
  <T extends object>(client: SQSClient, queue: string) =>
  async (messages: readonly (T & Held)[]): Promise<void> => {
    const entries = messages.map(({ delay = 0, ...message }, n) => {
      const held = Math.min(delay, DELAY_MOST);
      return {
        Id: String(n),
        MessageBody: JSON.stringify(message),
        ...attributes(held),
        ...(held ? { DelaySeconds: held } : {}),
      };
    });
    for (let i = 0; i < entries.length; i += ENTRIES) {
      const never = await untilTaken(entries.slice(i, i + ENTRIES), async (some) => {
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries: [...some] }));
        const failed = new Set(Failed.map(({ Id }) => Id));
        return some.filter(({ Id }) => failed.has(Id));
      });
      if (never.length > 0) throw new Error(`${never.length} messages were not queued`);
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
        ...attributes(),
        MessageGroupId: group,
        MessageDeduplicationId: id,
      }),
    );
  };
