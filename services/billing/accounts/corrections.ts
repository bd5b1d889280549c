import type { PersonalRef } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { DAY, type Instant } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Paying } from './account.ts';
import {
  adjust,
  type BillCorrection,
  done,
  enterable,
  existing,
  type NewEvents,
  pay,
  prepaid,
  reverse,
} from './decide.ts';
import type { Ledger } from './ledger/ledger.ts';
import { type Refund, type RefundContext, refund } from './refund.ts';
import { askedFor, decisionOn, oweDecision } from './two-people.ts';

/** A payment turned out not to have come; which there are, the ledger says. */
export const takeBack = decision(
  existing,
  (on, _, payment: string, words: PersonalRef, ledger: Ledger): NewEvents => reverse(on, payment, words, ledger),
);

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
export const correct = decision(
  existing,
  (on, _, { adjustment, ...correction }: BillCorrection & { adjustment: string }, ledger: Ledger): NewEvents => {
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
  },
);

export const decideCorrection = decisionOn(
  'adjustment',
  (on, { bill, fen, by }, { adjustment, agree, words }, ledger: Ledger) => {
    if (!agree) return done(on, [{ name: 'account.adjustment-refused', data: { adjustment, words } }]);
    return adjust(on, { bill, fen, words, adjustment, askedBy: by }, ledger);
  },
);

/**
 * Prepaid money is given back: at once up to `refundAloneFen`, with what was given back of the account by one person before; else
 * asked for. Whatever it would be refused for is refused when it is asked for.
 */
export const giveBack = decision(prepaid, (on, _, wanted: Refund, known: RefundContext): NewEvents => {
  const given = refund(on, wanted, known);
  if (given instanceof Refusal) return given;
  if (known.ledger.refundedAlone + wanted.fen <= on.context.policy.refundAloneFen) return given;
  const opens = [oweDecision(on, 'refund', wanted.refund)];
  return askedFor(on, [{ name: 'account.refund-asked', data: { ...wanted, opens } }]);
});

/** Agreed to, it is given back as far as it is still prepaid. */
export const decideRefund = decisionOn(
  'refund',
  (on, { fen, method, by }, { refund: id, agree, words }, known: RefundContext) =>
    agree
      ? refund(on, { refund: id, fen, method, words, askedBy: by }, known)
      : done(on, [{ name: 'account.refund-refused', data: { refund: id, words } }]),
);

/** Money came in: booked at once, or asked for where its day takes away more of late charges than `backdateLateFen`. */
export const take = decision(existing, (on, _, paying: Paying & { paidOn?: string | undefined }): NewEvents => {
  const entered = enterable(on, paying);
  if (entered instanceof Refusal) return entered;
  const { day: paidOn, lateFen } = entered;
  if (lateFen <= on.context.policy.backdateLateFen) return pay(on, paying);
  const { payment, method, fen, designated = [], reference } = paying;
  const money = { payment, method, fen, paidOn, designated, ...(reference === undefined ? {} : { reference }) };
  return askedFor(on, [
    { name: 'account.payment-asked', data: { ...money, lateFen, opens: [oweDecision(on, 'payment', payment)] } },
  ]);
});

/** Agreed to, it is booked as of its day; what it was designated to is settled as far as it is still open. */
export const decidePayment = decisionOn('payment', (on, found, { payment, agree, words }) => {
  if (!agree) return done(on, [{ name: 'account.payment-refused', data: { payment, words } }]);
  const { method, fen, paidOn, designated, reference, by } = found;
  return pay(on, { payment, method, fen, paidOn, designated, reference, askedBy: by });
});
