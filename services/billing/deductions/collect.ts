import type { Day } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Account } from '../accounts/contract.ts';
import type { BatchLine } from './deduction.ts';

/** Bills that a line names; an account that owes more of them has them deducted all the same. */
const NAMED = 12;

/** What is deducted from an account (pure): everything open that is due by a day, if there is a mandate. */
export const lineOf = (
  account: string,
  state: Pick<Account, 'debts' | 'mandate'> | undefined,
  by: Day,
): Omit<BatchLine, 'line'> | undefined => {
  if (!state?.mandate) return undefined;
  const due = state.debts.filter(({ dueDay }) => dueDay <= by);
  const fen = sumFen(due.flatMap(({ openFen, lateFen }) => [openFen, lateFen]));
  const { token, bank } = state.mandate;
  return fen > 0 ? { account, bank, token, fen, bills: due.slice(0, NAMED).map(({ bill }) => bill) } : undefined;
};
