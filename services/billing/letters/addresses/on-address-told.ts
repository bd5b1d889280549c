import { execute } from '../../../../shared/journal/execute.ts';
import { consumerFor } from '../../../../shared/lambda/bus.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { contextAt } from '../../../../shared/policy/policy-context.ts';
import { letterBounced, letterComplained, letterDelivered } from '../events.ts';
import type { Payers } from '../store.ts';
import { addressFailed, mailArrived, mailReturned, mailUnwanted, payerIdOf } from './payer.ts';

/**
 * In: a letter came back, arrived, or was marked as unwanted. Out: the payer's address is known to be bad, for good or
 * because so many in a row came back for now, and an agent asks for another; or what need not be mailed there goes on paper.
 */
export const onAddressTold = consumerFor<{ payers: Payers; policies: Policies }>()({
  name: 'billing-on-address-told',
  events: [letterBounced, letterDelivered, letterComplained],
  having: { 'letter.delivered': 'doubtful' },
  async handle(event, { payers, policies }) {
    const { site, aggregate: letter, at, by } = event;
    const { party, address } = event.data;
    const context = await contextAt(policies, site, at);
    const told = { party, address, letter };
    await execute(payers, {
      site,
      id: payerIdOf(party),
      now: at,
      by,
      decide: (state) => {
        switch (event.name) {
          case 'letter.delivered':
            return mailArrived(state, { ...told, at: event.data.deliveredAt });
          case 'letter.complained':
            return mailUnwanted(state, told, context);
          default:
            return event.data.hard
              ? addressFailed(state, told, at, context)
              : mailReturned(state, { ...told, at: event.data.bouncedAt }, at, context);
        }
      },
    });
  },
});
