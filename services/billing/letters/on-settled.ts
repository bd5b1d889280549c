import { consumerFor } from '../../../shared/consumer.ts';
import { payerIds } from '../../../shared/payer.ts';
import type { Directory } from '../../../shared/units.ts';
import { accountAdjusted, accountOffset, accountPaid, accountStepDone, accountWaived } from '../accounts/events.ts';
import type { Accounts } from '../accounts/store.ts';
import { may } from './decide.ts';
import { letterMovedToPaper } from './events.ts';
import { idsOf, occasions } from './settled.ts';
import type { Letters } from './store.ts';
import { withdrawSettled } from './withdraw-store.ts';

/**
 * In: something of an account was settled, a step ended, or a letter went on paper. Out: letters on paper that ask for nothing
 * open any more are withdrawn. Which letters those are follows from the bills and steps: their ids do.
 */
export const onSettled = consumerFor<{ letters: Letters; accounts: Accounts; directory: Directory }>()({
  name: 'billing-on-settled',
  events: [accountPaid, accountOffset, accountWaived, accountAdjusted, accountStepDone, letterMovedToPaper],
  async handle(event, { letters, accounts, directory }) {
    const { site, aggregate, at: now, by, data } = event;
    const on = { site, now, by };
    if (event.name === 'letter.moved-to-paper') return withdrawSettled({ letters, accounts }, on, aggregate);
    if (event.name === 'account.step-done' && !event.data.settled) return;
    const { state } = await accounts.head(site, aggregate);
    if (!state) throw new Error(`${aggregate} has no state`);
    const bills = [
      ...('allocations' in data ? data.allocations : []),
      ...('offsets' in data ? data.offsets : []),
      ...('bill' in data ? [data] : []),
    ].map(({ bill }) => bill);
    const days =
      event.name === 'account.step-done' ? [event.data, ...(event.data.also ?? [])].map((one) => one.on) : [];
    /** @returns whether there was a letter for each occasion */
    const among = async (party: string): Promise<boolean> => {
      let asked = occasions(party, { bills, days });
      let complete = true;
      for (let ordinal = 1; asked.length > 0; ordinal++) {
        const found = await letters.heads(site, idsOf(asked, ordinal));
        for (const { id, state: letter } of found) {
          if (may(letter, 'withdraw')) await withdrawSettled({ letters, accounts }, on, id);
        }
        if (ordinal === 1) complete = found.every((one) => one.state !== undefined);
        asked = asked.filter((_, i) => found[i]?.state !== undefined);
      }
      return complete;
    };
    // Since a merge, they are under the id of the party that stayed.
    if (await among(state.party)) return;
    for (const party of await payerIds(directory, site, state.party)) if (party !== state.party) await among(party);
  },
});
