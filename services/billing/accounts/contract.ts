/** What other rooms need of an account: its shape, what it owes and was paid, what may be decided on it. */

export { type Account, type Allocation, accountId, type BillFacts, type OpenBill, partyOf } from './account.ts';
export { accountType } from './aggregate.ts';
export {
  askerSince,
  BOOKKEEPERS,
  billNameIn,
  CASHIERS,
  command,
  commandsOf,
  type Deps,
  fen,
  made,
  one,
  PATH,
  referenceIn,
  route,
} from './api-parts.ts';
export { close, reopen } from './close.ts';
export { decidePayment, decideRefund, giveBack, take } from './corrections.ts';
export { moveCredit, reverseSeveral } from './credit.ts';
export { adjust, charge, existing, type NewEvents, pay, prepaid, type Situation } from './decide.ts';
export { letterDone, liesBehind, type StepEvidence } from './ladder/steps.ts';
export { addMonths } from './ledger/days.ts';
export { billName, itemOf, openFenOf, periodOf } from './ledger/debts.ts';
export type { EntryKind, LedgerEntry } from './ledger/entries.ts';
export { balances, type Ledger, ledgerOf } from './ledger/ledger.ts';
export { payingFor } from './paying-for.ts';
export { givenFrom, prepaidFrom } from './refund.ts';
export { type Designated, type PayingSeveral, paySeveral } from './share.ts';
export {
  BY_STATEMENT,
  byStatement,
  type DunningRung,
  FEN_MAX,
  METHODS,
  PARTS,
  type PaymentMethod,
  RUNGS,
} from './terms.ts';
export { moneyDecided, moneyProposed } from './unclaimed.ts';
export { accountOut, accountView, paymentOut } from './view.ts';
