import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What SQS takes at most in one call. */
const ENTRIES = 10;

/** Hands messages to a queue, each as JSON. @throws Error when it did not take one of them */
export const enqueueTo =
  <T extends object>(client: SQSClient, queue: string) =>
  async (messages: readonly T[]): Promise<void> => {
    for (let i = 0; i < messages.length; i += ENTRIES) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queue,
          Entries: messages
            .slice(i, i + ENTRIES)
            .map((message, n) => ({ Id: String(n), MessageBody: JSON.stringify(message) })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} messages were not queued: ${Failed[0]?.Code}`);
    }
  };
