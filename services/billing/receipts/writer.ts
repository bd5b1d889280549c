import { envelopeSchema, type Recorded } from '../../../shared/domain/events.ts';
import { log } from '../../../shared/lambda/log.ts';
import { eachMessage, type QueueBatch } from '../../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../../shared/lambda/stream.ts';
import { accountPaid, accountRefunded, accountReversed } from '../accounts/events.ts';

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
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-RCP-2' }, ({ body }) => write(body, writes));
