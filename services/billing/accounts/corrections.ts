import { Refusal } from '../../../shared/domain/refusal.ts';
import { DAY, type Instant } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Paying } from './account.ts';
import { adjust, type BillCorrection, done, enterable, type NewEvents, pay, type Situation } from './decide.ts';
import type { Ledger } from './ledger/ledger.ts';
import { type Refund, type RefundContext, refund } from './refund.ts';
import { asked, askedFor, type Decided, oweDecision } from './two-people.ts';

/** What one person may correct up to a sum; above it, what they enter waits for a second person. */

/** Corrections of an account's other bills that are no older count together. */
const TOGETHER = 31 * DAY;

/** By how much one person has corrected (fen) once they correct a bill by so much: it ever, the others lately. */
const correctedWith = ({ correctedAlone }: Ledger, bill: string, fen: number, now: Instant): number => {
  const sums = new Map([[bill, fen]]);
  for (const one of correctedAlone) {
    if (one.bill === bill || one.at > now - TOGETHER) sums.set(one.bill, (sums.get(one.bill) ?? 0) + one.fen);
  }
  return sumFen([...sums.values()].map(Math.abs));
};

/**
 * A bill is corrected: at once up to `adjustAloneFen`, with what people corrected of it alone before, and of the account's other
 * bills within a month, for a sum can be cut up over bills; else asked for. Whatever it would be refused for is refused when it is asked for.
 */
export const correct = (
  on: Situation,
  { adjustment, ...correction }: BillCorrection & { adjustment: string },
  ledger: Ledger,
): NewEvents => {
  const adjusted = adjust(on, correction, ledger);
  if (adjusted instanceof Refusal) return adjusted;
  const { bill, fen } = correction;
  const together = correctedWith(ledger, bill, fen, on.now);
  if (Math.max(Math.abs(fen), together) <= on.context.policy.adjustAloneFen) return adjusted;
  return askedFor(on, [
    {
      name: 'account.adjustment-asked',
      data: { adjustment, ...correction, opens: [oweDecision(on, 'adjustment', adjustment)] },
    },
  ]);
};

export const decideCorrection = (
  on: Situation,
  { adjustment, ...decided }: { adjustment: string } & Decided,
  ledger: Ledger,
): NewEvents => {
  const { agree, words } = decided;
  const found = asked(on, 'adjustment', adjustment, decided);
  if (found instanceof Error) return found;
  if (!agree) return done(on, [{ name: 'account.adjustment-refused', data: { adjustment, words } }]);
  const { bill, fen, by } = found;
  return adjust(on, { bill, fen, words, adjustment, askedBy: by }, ledger);
};

/**
 * Prepaid money is given back: at once up to `refundAloneFen`, with what was given back of the account by one person before; else
 * asked for. Whatever it would be refused for is refused when it is asked for.
 */
export const giveBack = (on: Situation, wanted: Refund, known: RefundContext): NewEvents => {
  const given = refund(on, wanted, known);
  if (given instanceof Refusal) return given;
  if (known.ledger.refundedAlone + wanted.fen <= on.context.policy.refundAloneFen) return given;
  const opens = [oweDecision(on, 'refund', wanted.refund)];
  return askedFor(on, [{ name: 'account.refund-asked', data: { ...wanted, opens } }]);
};

/** Agreed to, it is given back as far as it is still prepaid. */
export const decideRefund = (
  on: Situation,
  { refund: id, ...decided }: { refund: string } & Decided,
  known: RefundContext,
): NewEvents => {
  const { agree, words } = decided;
  const found = asked(on, 'refund', id, decided);
  if (found instanceof Error) return found;
  if (!agree) return done(on, [{ name: 'account.refund-refused', data: { refund: id, words } }]);
  const { fen, method, by } = found;
  return refund(on, { refund: id, fen, method, words, askedBy: by }, known);
};

/** Money came in: booked at once, or asked for where its day takes away more of late charges than `backdateLateFen`. */
export const take = (on: Situation, paying: Paying & { paidOn?: string | undefined }): NewEvents => {
  const entered = enterable(on, paying);
  if (entered instanceof Refusal) return entered;
  const { day: paidOn, lateFen } = entered;
  if (lateFen <= on.context.policy.backdateLateFen) return pay(on, paying);
  const { payment, method, fen, designated = [], reference } = paying;
  const money = { payment, method, fen, paidOn, designated, ...(reference === undefined ? {} : { reference }) };
  return askedFor(on, [
    { name: 'account.payment-asked', data: { ...money, lateFen, opens: [oweDecision(on, 'payment', payment)] } },
  ]);
};

/** Agreed to, it is booked as of its day; what it was designated to is settled as far as it is still open. */
export const decidePayment = (on: Situation, { payment, ...decided }: { payment: string } & Decided): NewEvents => {
  const { agree, words } = decided;
  const found = asked(on, 'payment', payment, decided);
  if (found instanceof Error) return found;
  if (!agree) return done(on, [{ name: 'account.payment-refused', data: { payment, words } }]);
  const { method, fen, paidOn, designated, reference, by } = found;
  return pay(on, { payment, method, fen, paidOn, designated, reference, askedBy: by });
};
