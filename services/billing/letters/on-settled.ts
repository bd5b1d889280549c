import { consumerFor } from '../../../shared/consumer.ts';
import { accountAdjusted, accountOffset, accountPaid, accountWaived } from '../accounts/events.ts';
import type { Accounts } from '../accounts/store.ts';
import { letterMovedToPaper } from './events.ts';
import { type Letters, lettersOnPaper } from './store.ts';
import { withdrawSettled } from './withdraw-store.ts';

/**
 * In: something of an account was settled, or a letter went on paper. Out: letters on paper that ask for nothing open any
 * more are withdrawn.
 */
export const onSettled = consumerFor<{ letters: Letters; accounts: Accounts }>()({
  name: 'billing-on-settled',
  events: [accountPaid, accountOffset, accountWaived, accountAdjusted, letterMovedToPaper],
  async handle({ name, site, aggregate, at: now, by }, deps) {
    const { letters } = deps;
    const found = name === 'letter.moved-to-paper' ? [aggregate] : await lettersOnPaper(letters, site, aggregate);
    for (const letter of found) await withdrawSettled(deps, { site, now, by }, letter);
  },
});
