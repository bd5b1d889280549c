import { consumerFor } from '../../../shared/consumer.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import { partyAbsorbed, partyChanged } from '../../registry/events.ts';
import { addressesChanged, payerIdOf } from './payer.ts';
import type { Payers } from './store.ts';

/** In: a party's contact ways were corrected. Out: where an address was asked for and there is one, nobody asks any more. */
export const onPartyChanged = consumerFor<{ payers: Payers }>()({
  name: 'billing-on-party-changed',
  events: [partyChanged, partyAbsorbed],
  async handle(event, { payers }) {
    const { site, aggregate, at, by } = event;
    const emails = event.data.contacts
      .filter(({ way, purposes }) => way === 'email' && purposes.some((one) => one !== 'greetings'))
      .map(({ value }) => value);
    // Accounts of one that was merged go on under its own id, and are written to at these addresses.
    const merged = event.name === 'party.absorbed' ? event.data.parties : [];
    for (const party of [aggregate, ...merged]) {
      const id = payerIdOf(party);
      await evolve(payers, { site, id, now: at, by, decide: (state) => addressesChanged(state, emails) });
    }
  },
});
