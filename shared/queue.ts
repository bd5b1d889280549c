import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What SQS takes at most in one call. */
const ENTRIES = 10;

/** The longest that SQS holds a message back (s). */
export const DELAY_MOST = 900;

/** How long a message is held back (s, at most `DELAY_MOST`); no part of what is handed over. */
interface Held {
  delay?: number | undefined;
}

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
            ...(delay ? { DelaySeconds: Math.min(delay, DELAY_MOST) } : {}),
          })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} messages were not queued: ${Failed[0]?.Code}`);
    }
  };
