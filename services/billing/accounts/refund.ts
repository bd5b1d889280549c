import type { PersonalRef } from '../../../shared/events.ts';
import { sumFen } from '../../../shared/money.ts';
import { notFound, refuse } from '../../../shared/refusal.ts';
import { done, type Happenings, type Situation, stale } from './decide.ts';
import { balances, type Ledger, type Payment } from './ledger.ts';
import type { Method } from './terms.ts';

/**
 * The payments whose money the prepaid balance still is, newest first, and how much of it each gave: bills and refunds
 * take the oldest prepaid money first.
 */
export const prepaidFrom = ({ payments, entries }: Ledger): { payment: string; fen: number }[] => {
  let rest = balances(entries).creditFen;
  return [...payments.values()].reverse().flatMap(({ payment, creditFen, reversed }: Payment) => {
    const fen = reversed ? 0 : Math.min(rest, creditFen);
    rest -= fen;
    return fen > 0 ? [{ payment, fen }] : [];
  });
};

export interface Refund {
  refund: string;
  fen: number;
  method: Method;
  words: PersonalRef;
}

/**
 * Prepaid money is given back; what stands on an invoice (发票) only once that is flushed in red (红冲), for two papers of
 * the same money would be out.
 * @param invoiced the payments of the account whose invoice stands
 */
export const refund = (
  on: Situation,
  { refund, fen, method, words }: Refund,
  { ledger, invoiced }: { ledger: Ledger; invoiced: ReadonlySet<string> },
): Happenings => {
  const { state } = on;
  if (!state) return notFound('account');
  const busy = stale(on, ledger);
  if (busy) return busy;
  if (fen > state.creditFen) return refuse('account.not-prepaid', { fen: state.creditFen });
  const standing = prepaidFrom(ledger).filter(({ payment }) => invoiced.has(payment));
  const free = state.creditFen - sumFen(standing.map((one) => one.fen));
  if (fen > free) {
    return refuse('account.invoiced', { fen: free, payments: standing.map(({ payment }) => payment).join(', ') });
  }
  return done(on, [{ name: 'account.refunded', data: { refund, fen, method, words } }]);
};
