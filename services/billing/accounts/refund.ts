import type { PersonalRef } from '../../../shared/domain/events.ts';
import { notFound, refuse } from '../../../shared/domain/refusal.ts';
import { sumFen } from '../../../shared/values/money.ts';
import { done, type NewEvents, type Situation, stale } from './decide.ts';
import { balances, type Ledger, type Payment } from './ledger/ledger.ts';
import type { PaymentMethod } from './terms.ts';

interface Source {
  payment: string;
  fen: number;
}

/**
 * The payments whose money the prepaid balance still is, oldest first, and how much of it is each one's: bills take the
 * oldest prepaid money first, and what was given back says whose it was.
 */
export const prepaidFrom = ({ payments, entries }: Ledger): Source[] => {
  let rest = balances(entries).creditFen;
  const newestFirst = [...payments.values()].reverse();
  return newestFirst
    .flatMap(({ payment, creditFen, refundedFen, reversed }: Payment) => {
      const fen = reversed ? 0 : Math.min(rest, creditFen - refundedFen);
      rest -= fen;
      return fen > 0 ? [{ payment, fen }] : [];
    })
    .reverse();
};

/** An amount as the money of payments, the oldest first. */
export const takenFrom = (sources: readonly Source[], fen: number): Source[] => {
  let rest = fen;
  return sources.flatMap((source) => {
    const taken = Math.min(rest, source.fen);
    rest -= taken;
    return taken > 0 ? [{ payment: source.payment, fen: taken }] : [];
  });
};

/** What an amount that is given back would be taken from. @param invoiced the payments whose invoice stands */
export const givenFrom = ({ ledger, invoiced }: RefundContext, fen: number): Source[] =>
  takenFrom(
    prepaidFrom(ledger).filter(({ payment }) => !invoiced.has(payment)),
    fen,
  );

/** Payments that one refund is taken from at most: what a transaction holds. */
const PAYMENTS_MOST = 50;

export interface Refund {
  refund: string;
  fen: number;
  method: PaymentMethod;
  words: PersonalRef;
}
/** What is known besides of an account whose money is given back: its ledger, and the payments whose invoice stands. */
export interface RefundContext {
  ledger: Ledger;
  invoiced: ReadonlySet<string>;
}

/**
 * Prepaid money is given back; what stands on an invoice (发票) only once that is flushed in red (红冲), for two papers of
 * the same money would be out.
 */
export const refund = (
  on: Situation,
  { refund, fen, method, words, ...agreed }: Refund & { askedBy?: string },
  { ledger, invoiced }: RefundContext,
): NewEvents => {
  const { state } = on;
  if (!state) return notFound('account');
  const busy = stale(on, ledger);
  if (busy) return busy;
  if (fen > state.creditFen) return refuse('account.not-prepaid', { fen: state.creditFen });
  const sources = prepaidFrom(ledger);
  const standing = sources.filter(({ payment }) => invoiced.has(payment));
  const free = state.creditFen - sumFen(standing.map((one) => one.fen));
  if (fen > free) {
    return refuse('account.invoiced', { fen: free, payments: standing.map(({ payment }) => payment).join(', ') });
  }
  const from = givenFrom({ ledger, invoiced }, fen);
  if (from.length > PAYMENTS_MOST) {
    return refuse('account.refund-parts', { fen: sumFen(from.slice(0, PAYMENTS_MOST).map((one) => one.fen)) });
  }
  return done(on, [{ name: 'account.refunded', data: { refund, fen, method, from, words, ...agreed } }]);
};
