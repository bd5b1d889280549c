import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MailKey } from './store.ts';

/** What SQS takes at most in one call. */
const ENTRIES = 10;

/** Hands emails to the mailer. Twice is harmless: whoever mails claims first. */
export type Enqueue = (keys: readonly MailKey[]) => Promise<void>;

/** @throws Error when the queue did not take one of them */
export const enqueueTo =
  (client: SQSClient, queue: string): Enqueue =>
  async (keys) => {
    for (let i = 0; i < keys.length; i += ENTRIES) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queue,
          Entries: keys
            .slice(i, i + ENTRIES)
            .map(({ pk, sk }, n) => ({ Id: String(n), MessageBody: JSON.stringify({ pk, sk }) })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} messages were not queued: ${Failed[0]?.Code}`);
    }
  };
