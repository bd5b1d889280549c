import { consumerFor } from '../../../shared/consumer.ts';
import type { Recorded } from '../../../shared/events.ts';
import { accountPaid, accountReversed } from '../accounts/events.ts';

export type PaymentEvent = Recorded<typeof accountPaid> | Recorded<typeof accountReversed>;

/** Hands a message on in order: those of a group one after the other, one of an id once within minutes. */
export type InOrder = (message: PaymentEvent, of: { group: string; id: string }) => Promise<void>;

/** In: money came, or turned out not to have come. Out: a message to the one who writes the site's receipts. */
export const onPayment = consumerFor<{ enqueue: InOrder }>()({
  name: 'billing-on-payment',
  events: [accountPaid, accountReversed],
  handle: (event, { enqueue }) => enqueue(event, { group: event.site, id: event.id }),
});
