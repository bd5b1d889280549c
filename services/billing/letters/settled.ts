import { firstMonthOf } from '../../../shared/month.ts';
import type { Account } from '../accounts/account.ts';
import { periodOf } from '../accounts/debts.ts';
import { runId } from '../runs/id.ts';
import { type Letter, type LetterAccount, letterId } from './letter.ts';
import { LETTER_PARTS } from './terms.ts';

type Named = Pick<Letter, 'party' | 'run' | 'day' | 'part'>;

/** The occasions of letters that may ask for some bills of a payer, or carry steps of some days. */
export const occasions = (
  party: string,
  { bills, days }: { bills: readonly string[]; days: readonly string[] },
): Named[] => {
  // A bill is made by the run of the month in which its period begins.
  const runs = [...new Set(bills.flatMap((bill) => firstMonthOf(periodOf(bill)) ?? []))].map(runId);
  return [
    ...runs.map((run): Named => ({ party, run, day: '', part: 'email' })),
    ...[...new Set(days)].flatMap((day) => LETTER_PARTS.map((part): Named => ({ party, run: undefined, day, part }))),
  ];
};

/** A payer has more than one letter of an occasion only where the first was out, or full. */
export const idsOf = (some: readonly Named[], ordinal: number): string[] => some.map((one) => letterId(one, ordinal));

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
