import { consumerFor } from '../../../shared/consumer.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import { groundAt, type Policies } from '../../../shared/policy.ts';
import { letterBounced, letterComplained } from './events.ts';
import { addressFailed, mailUnwanted, payerIdOf } from './payer.ts';
import type { Payers } from './store.ts';

/**
 * In: a letter came back, or was marked as unwanted. Out: the payer's address is known to be bad and an agent asks for
 * another; or what need not be mailed there goes on paper. One that only came back for now says nothing of the address.
 */
export const onAddressTold = consumerFor<{ payers: Payers; policies: Policies }>()({
  name: 'billing-on-address-told',
  events: [letterBounced, letterComplained],
  async handle(event, { payers, policies }) {
    const { site, aggregate: letter, at, by } = event;
    if (event.name === 'letter.bounced' && !event.data.hard) return;
    const { party, address } = event.data;
    const ground = await groundAt(policies, site, at);
    const told = { party, address, letter };
    await evolve(payers, {
      site,
      id: payerIdOf(party),
      now: at,
      by,
      decide: (state) =>
        event.name === 'letter.bounced' ? addressFailed(state, told, at, ground) : mailUnwanted(state, told, ground),
    });
  },
});
