import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Instant } from '../../../shared/clock.ts';

/** A letter to be mailed; any number of such messages make one mail. */
export interface ToMail {
  site: string;
  letter: string;
  /** The moment that was reserved for it. */
  slot?: Instant | undefined;
  /** How long from now the mailer gets it (s). */
  delay?: number | undefined;
}
export type Enqueue = (letters: readonly ToMail[]) => Promise<void>;

/** What SQS takes at most in one call, and the longest it holds a message back (s). */
const ENTRIES = 10;
export const DELAY_MOST = 900;

/** @throws Error when the queue did not take one of them */
export const enqueueTo =
  (client: SQSClient, queue: string): Enqueue =>
  async (letters) => {
    for (let i = 0; i < letters.length; i += ENTRIES) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queue,
          Entries: letters.slice(i, i + ENTRIES).map(({ delay = 0, ...letter }, n) => ({
            Id: String(n),
            MessageBody: JSON.stringify(letter),
            DelaySeconds: Math.min(delay, DELAY_MOST),
          })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} letters were not queued: ${Failed[0]?.Code}`);
    }
  };
