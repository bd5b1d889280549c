import { inParallel } from '../../../shared/aws/many.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Account } from './account.ts';
import type { Accounts } from './aggregate.ts';
import type { Ledger } from './ledger/ledger.ts';
import { readLedger } from './store.ts';

/** Ledgers read side by side. */
const WIDTH = 8;

/** An account with a part of a payment: its head, read before its ledger. */
export interface PartOfPayment {
  head: Current<Account>;
  ledger: Ledger;
}

/**
 * All accounts that have a part of a payment, by id, beginning at one of them: each names those it shares it with, whoever
 * pays for them by now.
 */
export const partsOfPayment = async (
  accounts: Accounts,
  site: string,
  { account, payment }: { account: string; payment: string },
): Promise<PartOfPayment[]> => {
  const found = new Map<string, PartOfPayment>();
  for (let wanted = [account]; wanted.length > 0; ) {
    const heads = await accounts.heads(site, wanted);
    await inParallel(heads, WIDTH, async (head) => {
      found.set(head.id, { head, ledger: await readLedger(accounts, site, head.id) });
    });
    const named = wanted.flatMap((id) => found.get(id)?.ledger.payments.get(payment)?.sharedWith ?? []);
    wanted = [...new Set(named)].filter((id) => !found.has(id));
  }
  return [...found.values()]
    .filter(({ ledger }) => ledger.payments.has(payment))
    .sort((a, b) => (a.head.id < b.head.id ? -1 : 1));
};
