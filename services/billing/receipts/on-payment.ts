import type { Recorded } from '../../../shared/domain/events.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import { accountPaid, accountRefunded, accountReversed } from '../accounts/events.ts';

export type PaymentEvent = Recorded<typeof accountPaid | typeof accountReversed | typeof accountRefunded>;

/** Hands a message on in order: those of a group one after the other, one of an id once within minutes. */
export type InOrder = (message: PaymentEvent, of: { group: string; id: string }) => Promise<void>;

/** In: money came, turned out not to have come, or was given back. Out: a message to the one who writes the site's receipts. */
export const onPayment = consumerFor<{ enqueue: InOrder }>()({
  name: 'billing-on-payment',
  events: [accountPaid, accountReversed, accountRefunded],
  handle: (event, { enqueue }) => enqueue(event, { group: event.site, id: event.id }),
});
