import { payerOf } from '../../../../shared/directory/payer.ts';
import type { Directory } from '../../../../shared/directory/units.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { consumerFor } from '../../../../shared/lambda/bus.ts';
import { partyAbsorbed, partyChanged } from '../../../registry/events.ts';
import type { Payers } from '../store.ts';
import { addressesChanged, payerIdOf } from './payer.ts';

/** In: a party's contact ways were corrected. Out: where an address was asked for and there is one, nobody asks any more. */
export const onPartyChanged = consumerFor<{ payers: Payers; directory: Directory }>()({
  name: 'billing-on-party-changed',
  events: [partyChanged, partyAbsorbed],
  async handle(event, { payers, directory }) {
    const { site, aggregate, at, by } = event;
    const card = await payerOf(directory, site, aggregate);
    if (!card) return;
    const emails = card.emails.map(({ value }) => value);
    // Accounts of those that were merged go on under their own ids, and are written to at these addresses.
    for (const party of [card.party, ...(card.merged ?? [])]) {
      const id = payerIdOf(party);
      await execute(payers, { site, id, now: at, by, decide: (state) => addressesChanged(state, emails) });
    }
  },
});
