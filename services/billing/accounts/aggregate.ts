import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Journal } from '../../../shared/journal/journal.ts';
import { payerName } from '../names.ts';
import type { Account } from './account.ts';
import { type AccountEvent, accountEvents } from './events.ts';
import { fold } from './fold.ts';
import { PAUSES_MOST, REMEMBERED } from './terms.ts';

/** Accounts as they are kept. */
export type Accounts = Journal<Account, AccountEvent>;

export const accountType: AggregateType<Account, AccountEvent> = {
  type: 'account',
  keeps: 'books',
  ids: 'account',
  unitOf: ({ unit }) => unit,
  events: accountEvents,
  most: {
    // Thirty years of three bills a month that nobody paid; a head of as many lies below what an item may have.
    debts: 1_080,
    ladders: 1_080,
    steps: 1_080,
    billed: REMEMBERED,
    holds: PAUSES_MOST,
    complaints: PAUSES_MOST,
    unclaimed: PAUSES_MOST,
    // Above what a policy may allow.
    asked: 100,
  },
  fold,
  finished: ({ debts, steps, asked }) => debts.length + steps.length + Object.keys(asked).length === 0,
  indexed: ({ party }, site) => ({ named: payerName(site, party) }),
  wakes: ({ wake }) => wake,
};
