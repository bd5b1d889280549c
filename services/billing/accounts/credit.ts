import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { done, reverse, type Situation, stale } from './decide.ts';
import type { AccountEvent } from './events.ts';
import type { Ledger, Payment } from './ledger/ledger.ts';
import { prepaidFrom, takenFrom } from './refund.ts';

export type CreditSituation = Situation & { id: string };

/**
 * Prepaid money of an account goes to another of the same payer, as money of the payments it came by; what is open there
 * is paid from it at once.
 * @param fen positive; `ids`: all that the payer of the one goes by
 * @returns what happens to the one and to the other
 */
export const moveCredit = (
  from: CreditSituation,
  to: CreditSituation,
  { fen, words, ids }: { fen: number; words?: PersonalRef | undefined; ids: readonly string[] },
  ledger: Ledger,
): [NewEvent<AccountEvent>[], NewEvent<AccountEvent>[]] | Refusal => {
  if (!from.state || from.id === to.id) return notFound(from.id);
  if (!to.state) return notFound(to.id);
  const busy = stale(from, ledger);
  if (busy) return busy;
  if (!ids.includes(from.state.party) || !ids.includes(to.state.party))
    return refuse('account.other-payer', { account: to.id });
  if (fen > from.state.creditFen) return refuse('account.not-prepaid', { fen: from.state.creditFen });
  const money = takenFrom(prepaidFrom(ledger), fen).map((one) => {
    const { method, paidOn, lead = from.id } = ledger.payments.get(one.payment) as Payment;
    return { ...one, method, paidOn, lead };
  });
  const moved = { from: money, ...(words ? { words } : {}) };
  return [
    done(from, [{ name: 'account.credit-moved', data: { ...moved, other: to.id, fen: -fen } }]),
    done(to, [{ name: 'account.credit-moved', data: { ...moved, other: from.id, fen } }]),
  ];
};

/** A payment that lies on several accounts of its payer turned out not to have come: all of it is undone. */
export const reverseSeveral = (
  accounts: readonly (Situation & { ledger: Ledger })[],
  payment: string,
  words: PersonalRef,
): NewEvent<AccountEvent>[][] | Refusal => {
  const all: NewEvent<AccountEvent>[][] = [];
  for (const { ledger, ...on } of accounts) {
    const events = ledger.payments.has(payment) ? reverse(on, payment, words, ledger, { together: true }) : [];
    if (events instanceof Refusal) return events;
    all.push(events);
  }
  return all;
};
