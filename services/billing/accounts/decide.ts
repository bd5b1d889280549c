import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { invalid, notFound, overtaken, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { addDays, type Day, localDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Account, Allocation, BillFacts, Paying } from './account.ts';
import { complete, foreseen } from './complete.ts';
import type { AccountEvent } from './events.ts';
import { allocate } from './ledger/allocate.ts';
import { accrue, lateCorrected } from './ledger/late.ts';
import { goesOn, type Ledger, type Offset, type Payment, paidOn } from './ledger/ledger.ts';
import { undoneOf } from './ledger/promises.ts';
import type { PaymentMethod } from './terms.ts';
import { type DunningRung, FEN_MAX } from './terms.ts';

export type Situation = On<Account>;
export type NewEvents = NewEvent<AccountEvent>[] | Refusal;

/** What a decision leads to, with all that follows from it. What had fallen due is decided before (`fallenFirst`). */
export const done = (
  { state, now, context }: Situation,
  newEvents: NewEvent<AccountEvent>[],
): NewEvent<AccountEvent>[] => complete(state, newEvents, now, context);

/** What every command on an account relies on: that it exists. */
export const existing = ({ state }: Pick<Situation, 'state'>): Account | Refusal => state ?? notFound('account');

/** Something is prepaid; which of it an invoice stands for, and what one person gave back before, the ledger says. */
export const prepaid = (on: Pick<Situation, 'state'>): Account | Refusal => {
  const state = existing(on);
  return state instanceof Refusal || state.creditFen > 0 ? state : refuse('account.not-prepaid', { fen: 0 });
};

export interface Charge {
  unit: string;
  party: string;
  building: string;
  run?: string | undefined;
  slip?: string | undefined;
  bills: BillFacts[];
  /** Arrears taken over: the rung with which their ladder begins; those below lie behind. */
  passed?: { dueDay: Day; rung: DunningRung }[] | undefined;
  /** Every bill there ever was, where older ones may be told again than the head remembers. */
  known?: ReadonlySet<string> | undefined;
}

/**
 * Enters bills, each once: those that are there already are left out. An account that isn't there yet is opened. A
 * prepaid balance is offset against them at once.
 */
export const charge = (
  on: Situation,
  { unit, party, building, bills, passed, known, ...source }: Charge,
): NewEvents => {
  const { state, now, context } = on;
  const once = [...new Map(bills.map((one) => [one.bill, one])).values()];
  const fresh = once.filter(({ bill }) => !state?.billed.includes(bill) && !known?.has(bill));
  if (fresh.length === 0) return [];
  const opened: NewEvent<AccountEvent>[] = state
    ? []
    : [{ name: 'account.opened', data: { unit, party, building, policy: context.version } }];
  const debts = fresh.map((bill) => ({ ...bill, openFen: bill.fen, lateFen: 0 }));
  const credit = Math.min(state?.creditFen ?? 0, sumFen(fresh.map(({ fen }) => fen)));
  const offsets = credit > 0 ? allocate(debts, credit, { day: localDay(now, context.zone) }).allocations : [];
  const charged = { ...source, bills: fresh, offsets, ...(passed && passed.length > 0 ? { passed } : {}) };
  return done(on, [...opened, { name: 'account.charged', data: charged }]);
};

const lateOf = (state: Account, day: Day, on: Situation): number =>
  accrue(state, day, on.context.policy, { paid: true }).reduce(
    (sum, { name, data }) => (name === 'account.late-charged' ? sum + sumFen(data.charges.map(({ fen }) => fen)) : sum),
    0,
  );

/** How much of late charges a payment's day takes away, against today (fen). What the bank deducted has the bank's day. */
const takenAway = (on: Situation, state: Account, day: Day, method: PaymentMethod): number | Refusal => {
  if (method === 'deduction') return 0;
  const today = localDay(on.now, on.context.zone);
  const { paymentBackDays } = on.context.policy;
  if (day < addDays(today, -paymentBackDays)) {
    return invalid({ field: 'body.paidOn', rule: 'field.last-days', details: { days: paymentBackDays } });
  }
  return lateOf(state, today, on) - lateOf(state, day, on);
};

/** What takes away more of late charges than the policy leaves to one person needs a second. */
const secondPerson = ({ context }: Situation, fen: number): Refusal | undefined =>
  fen > context.policy.backdateLateFen ? refuse('account.second-person', { fen }) : undefined;

/** Why one person may not say that money came so long ago. */
export const tooFarBack = (on: Situation, state: Account, day: Day, method: PaymentMethod): Refusal | undefined => {
  const fen = takenAway(on, state, day, method);
  return fen instanceof Refusal ? fen : secondPerson(on, fen);
};

/** The day on which money came, as a payment says it or today; never later. */
export const dayOfPayment = ({ now, context }: Pick<Situation, 'now' | 'context'>, paidOn: Day | undefined) => {
  const today = localDay(now, context.zone);
  return paidOn !== undefined && paidOn > today
    ? invalid({ field: 'body.paidOn', rule: 'field.not-future' })
    : (paidOn ?? today);
};

/** What a payment of a day finds open: debts with their late charges up to that day. */
export const openOn = ({ state, now, context }: Situation & { state: Account }, day: Day) => {
  const late = accrue(state, day, context.policy, { paid: true });
  return { late, debts: late.length > 0 ? foreseen(state, late, now).debts : state.debts };
};

type Paid = Extract<NewEvent<AccountEvent>, { name: 'account.paid' }>['data'];

/** A payment, or an account's part of one, is entered. */
export const enter = (on: Situation, late: NewEvent<AccountEvent>[], { reference, ...data }: Paid) =>
  done(on, [...late, { name: 'account.paid', data: { ...data, ...(reference === undefined ? {} : { reference }) } }]);

/** What is entered can be booked; how much of late charges its day takes away (fen). */
export const enterable = (
  on: Situation,
  { paidOn, designated = [], method }: Pick<Paying, 'paidOn' | 'designated' | 'method'>,
): { day: Day; lateFen: number } | Refusal => {
  const { state } = on;
  if (!state) return notFound('account');
  const day = dayOfPayment(on, paidOn);
  if (day instanceof Refusal) return day;
  const unknown = designated.find((bill) => !state.debts.some((debt) => debt.bill === bill));
  if (unknown !== undefined) return refuse('account.not-open', { bill: unknown });
  const lateFen = takenAway(on, state, day, method);
  return lateFen instanceof Refusal ? lateFen : { day, lateFen };
};

/**
 * Money came in: allocated by the payer's word, else by the law; what is left is prepaid.
 * @param askedBy who entered it, where a second person agreed to its day
 */
export const pay = (
  on: Situation,
  { paidOn, designated = [], askedBy, ...paying }: Paying & { askedBy?: string },
): NewEvents => {
  const { state } = on;
  if (!state) return notFound('account');
  const day = dayOfPayment(on, paidOn);
  if (day instanceof Refusal) return day;
  if (askedBy === undefined) {
    const entered = enterable(on, { paidOn, designated, method: paying.method });
    if (entered instanceof Refusal) return entered;
    const refused = secondPerson(on, entered.lateFen);
    if (refused) return refused;
  }
  const { late, debts } = openOn({ ...on, state }, day);
  const { allocations, rest } = allocate(debts, paying.fen, { day, designated });
  const agreed = askedBy === undefined ? {} : { askedBy };
  return enter(on, late, { ...paying, ...agreed, paidOn: day, designated, allocations, creditFen: rest });
};

/** What was read of the journal must be as new as the head that is decided on; if not, somebody was faster. */
export const stale = ({ state }: Situation, ledger: Ledger): Refusal | undefined =>
  state?.ledgerVersion === ledger.version ? undefined : overtaken();

/** Offsets that a prepaid balance of this size no longer covers, newest first. */
const uncovered = (offsets: readonly Offset[], missing: number): Offset[] => {
  const undone: Offset[] = [];
  let rest = missing;
  for (const offset of [...offsets].reverse()) {
    if (rest <= 0) break;
    const fen = Math.min(rest, offset.fen);
    undone.push({ ...offset, fen });
    rest -= fen;
  }
  return undone;
};

/** A payment turned out not to have come: what it settled is open again, and dunning goes on at the age of the debt. */
export const reverse = (
  on: Situation,
  payment: string,
  words: PersonalRef,
  ledger: Ledger,
  { together = false } = {},
): NewEvents => {
  const { state } = on;
  if (!state) return notFound('account');
  const busy = stale(on, ledger);
  if (busy) return busy;
  const known = ledger.payments.get(payment);
  if (!known) return notFound(payment);
  if (known.reversed) return refuse('account.reversed-before', { payment });
  if (known.sharedWith.length > 0 && !together) return refuse('account.payment-shared', { payment });
  const offsets = uncovered(ledger.offsets, known.creditFen - state.creditFen);
  if (known.creditFen > state.creditFen + sumFen(offsets.map(({ fen }) => fen))) {
    return refuse('account.refunded-before', { payment });
  }
  return done(on, [
    {
      name: 'account.reversed',
      data: { ...reopening(state, known, offsets, ledger, localDay(on.now, on.context.zone)), words },
    },
  ]);
};

const reopening = (
  state: Account,
  { payment, fen, allocations, creditFen, at: recordedAt, lead }: Payment,
  offsets: Offset[],
  ledger: Ledger,
  today: Day,
) => {
  const open = new Set(state.debts.map(({ bill }) => bill));
  const reopened = [...new Set([...allocations, ...offsets].map(({ bill }) => bill))]
    .filter((bill) => !open.has(bill))
    .map((bill) => ({ ...(ledger.bills.get(bill) as BillFacts), ...goesOn(ledger, bill) }));
  const passed = [...new Set(reopened.map(({ dueDay }) => dueDay))].flatMap((dueDay) =>
    (ledger.passed[dueDay] ?? []).map((rung) => ({ dueDay, rung })),
  );
  const undone = [...allocations.map(({ bill }) => ({ bill, at: recordedAt })), ...offsets];
  const promises = undoneOf(ledger, undone, today);
  const led = lead === undefined ? {} : { lead };
  return { payment, fen, ...led, allocations, recordedAt, creditFen, offsets, reopened, passed, ...promises };
};

export interface BillCorrection {
  bill: string;
  /** Signed. */
  fen: number;
  words: PersonalRef;
}

/**
 * Corrects a bill (fen signed). What had been paid beyond what is left of it becomes prepaid; a bill can't become less
 * than nothing.
 */
export const adjust = (
  on: Situation,
  { bill, fen, words, ...agreed }: BillCorrection & { adjustment?: string; askedBy?: string },
  ledger: Ledger,
): NewEvents => {
  const { state } = on;
  if (!state) return notFound('account');
  const busy = stale(on, ledger);
  if (busy) return busy;
  const lines = ledger.entries.filter((entry) => entry.bill === bill && entry.part === 'principal');
  if (lines.length === 0) return notFound(bill);
  const sum = (...kinds: string[]) =>
    lines.reduce((total, { kind, owedFen }) => (kinds.includes(kind) ? total + owedFen : total), 0);
  const worth = sum('charge', 'discount', 'adjustment', 'waiver');
  if (worth + fen < 0) return refuse('account.more-than-billed', { fen: worth });
  if (worth + fen > FEN_MAX) return refuse('account.too-large', { fen: FEN_MAX });
  const debt = state.debts.find((one) => one.bill === bill);
  const facts = ledger.bills.get(bill) as BillFacts;
  // Settled, it is open again at its age, with the rungs that were taken for it.
  const again =
    debt || fen < 0
      ? {}
      : {
          reopened: [{ ...facts, ...goesOn(ledger, bill) }],
          passed: (ledger.passed[facts.dueDay] ?? []).map((rung) => ({ dueDay: facts.dueDay, rung })),
        };
  const freedFen = Math.max(0, -fen - (debt?.openFen ?? 0));
  const freed = paidOn(ledger, bill, freedFen).map(({ at, fen }) => ({ at, fen }));
  return done(on, [
    ...(debt ? lateCorrected(debt, fen, ledger.entries) : []),
    {
      name: 'account.adjusted',
      data: { bill, fen, freedFen, ...(freedFen > 0 ? { freed } : {}), ...again, words, ...agreed },
    },
  ]);
};

/** The part of a waiver that is left to let go when it is agreed to: principal first, then late charges. */
export const waivable = (state: Account, bill: string, fen: number): Allocation[] => {
  const debt = state.debts.find((one) => one.bill === bill);
  const principal = Math.min(fen, debt?.openFen ?? 0);
  const late = Math.min(fen - principal, debt?.lateFen ?? 0);
  return [
    { bill, part: 'principal' as const, fen: principal },
    { bill, part: 'late' as const, fen: late },
  ].filter((one) => one.fen > 0);
};
