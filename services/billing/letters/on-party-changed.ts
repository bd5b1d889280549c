import { consumerFor } from '../../../shared/consumer.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import { partyChanged } from '../../registry/events.ts';
import { addressesChanged, payerIdOf } from './payer.ts';
import type { Payers } from './store.ts';

/** In: a party's contact ways were corrected. Out: where an address was asked for and there is one, nobody asks any more. */
export const onPartyChanged = consumerFor<{ payers: Payers }>()({
  name: 'billing-on-party-changed',
  events: [partyChanged],
  async handle({ site, aggregate: party, at, by, data }, { payers }) {
    const emails = data.contacts
      .filter(({ way, purposes }) => way === 'email' && purposes.some((one) => one !== 'greetings'))
      .map(({ value }) => value);
    const id = payerIdOf(party);
    await evolve(payers, { site, id, now: at, by, decide: (state) => addressesChanged(state, emails) });
  },
});
