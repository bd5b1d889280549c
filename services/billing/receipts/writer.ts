import { envelopeSchema, type Recorded } from '../../../shared/domain/events.ts';
import { errorName, log } from '../../../shared/lambda/log.ts';
import type { BatchAnswer } from '../../../shared/lambda/stream.ts';
import { accountPaid, accountRefunded, accountReversed } from '../accounts/events.ts';

/** The parts of SQS's event that are used. */
export interface QueueBatch {
  Records: { messageId: string; body: string; attributes: { MessageGroupId?: string } }[];
}

export interface Writes {
  issue(event: Recorded<typeof accountPaid>): Promise<void>;
  annul(event: Recorded<typeof accountReversed>): Promise<void>;
  giveBack(event: Recorded<typeof accountRefunded>): Promise<void>;
}

const write = async (body: string, { issue, annul, giveBack }: Writes): Promise<void> => {
  const event = envelopeSchema.parse(JSON.parse(body));
  if (event.name === accountPaid.name) {
    await issue({ ...event, name: accountPaid.name, data: accountPaid.data.parse(event.data) });
  } else if (event.name === accountRefunded.name) {
    await giveBack({ ...event, name: accountRefunded.name, data: accountRefunded.data.parse(event.data) });
  } else {
    await annul({ ...event, name: accountReversed.name, data: accountReversed.data.parse(event.data) });
  }
  log('HY-RCP-1', { event: event.id });
};

/**
 * In: payments, reversals and refunds of sites, a site's in order and one after the other. Out: their receipts and cash
 * days. What fails comes again with all that followed it of its site, so that a receipt is never void before it was issued.
 */
export const writer =
  (writes: Writes) =>
  async ({ Records }: QueueBatch): Promise<BatchAnswer> => {
    const stopped = new Set<string | undefined>();
    const batchItemFailures: BatchAnswer['batchItemFailures'] = [];
    for (const { messageId, body, attributes } of Records) {
      const site = attributes.MessageGroupId;
      try {
        if (stopped.has(site)) throw new Error('one before it failed');
        await write(body, writes);
      } catch (error) {
        if (!stopped.has(site)) log('HY-RCP-2', { message: messageId, error: errorName(error) });
        stopped.add(site);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
