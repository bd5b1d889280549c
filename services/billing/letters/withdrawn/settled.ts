import type { Account } from '../../accounts/contract.ts';
import type { LetterAccount } from '../letter.ts';

/** Whether nothing of what a letter asks for is open: its bills and debts, account by account. What nobody knows isn't settled. */
export const isSettled = (
  asked: readonly LetterAccount[],
  accounts: ReadonlyMap<string, Pick<Account, 'debts'> | undefined>,
): boolean =>
  asked.every(({ account, bills = [], debts = [] }) => {
    const names = new Set([...bills, ...debts].map(({ bill }) => bill));
    const known = accounts.get(account);
    return known !== undefined && !known.debts.some(({ bill }) => names.has(bill));
  });
