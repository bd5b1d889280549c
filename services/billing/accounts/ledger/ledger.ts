import { type Envelope, isSystem, type Recorded } from '../../../../shared/domain/events.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import { sumFen } from '../../../../shared/values/money.ts';
import type { Account, Allocation, BillFacts, Ladder } from '../account.ts';
import type { AccountEvent, accountCreditMoved } from '../events.ts';
import type { DunningRung, PaymentMethod } from '../terms.ts';
import { entriesOf, type LedgerEntry } from './entries.ts';
import { notePromise, type PromiseToPay } from './promises.ts';

/** A payment as it stands: what it settled, what of it is prepaid, and whether it turned out not to have come. */
export interface Payment {
  payment: string;
  fen: number;
  method: PaymentMethod;
  paidOn: Day;
  at: number;
  by: string;
  allocations: Allocation[];
  creditFen: number;
  /** What of it was given back. */
  refundedFen: number;
  reversed: boolean;
  /** The account that has its receipt, where that is another one. */
  lead?: string | undefined;
  /** Other accounts that have a part of it, as far as this one knows them. */
  sharedWith: string[];
}

/** What the prepaid balance paid for, and when. */
export type Offset = Allocation & { at: Instant };

/** An account from its whole journal: every bill ever made, every line, every payment. */
export interface Ledger {
  /** How many events have moved money: as new as a head that says the same. */
  version: number;
  bills: Map<string, BillFacts>;
  entries: LedgerEntry[];
  payments: Map<string, Payment>;
  /** Offsets not undone, oldest first. */
  offsets: Offset[];
  /** Every rung ever decided, or left out when arrears were taken over, by due day. */
  passed: Record<string, Ladder['passed']>;
  /** What people corrected without a second person (fen, signed), oldest first. */
  correctedAlone: { bill: string; fen: number; at: Instant }[];
  /** How much prepaid money was given back without a second person, taken together (fen). */
  refundedAlone: number;
  /** Promises to pay, by hold. */
  promises: Map<string, PromiseToPay>;
  /** Through which day a bill's late charges have accrued. */
  lateThrough: Map<string, Day>;
  /** From when a bill's limitation counts: the last demand that provably arrived while it was open. */
  clocks: Map<string, Day>;
}

/** Takes undone offsets out, newest first. */
const undo = <T extends Allocation>(offsets: readonly T[], undone: readonly Allocation[]): T[] => {
  const left = [...offsets];
  for (const { bill, part, fen } of undone) {
    let rest = fen;
    for (let i = left.length - 1; i >= 0 && rest > 0; i--) {
      const one = left[i] as T;
      if (one.bill !== bill || one.part !== part) continue;
      const taken = Math.min(rest, one.fen);
      rest -= taken;
      left[i] = { ...one, fen: one.fen - taken };
    }
  }
  return left.filter(({ fen }) => fen > 0);
};

/** What of an amount paid on a bill had been entered when: the latest payments first, then the latest offsets. */
export const paidOn = ({ payments, offsets }: Ledger, bill: string, fen: number) => {
  const found: { payment?: Payment; at: Instant; fen: number }[] = [];
  let rest = fen;
  const take = (allocations: readonly Allocation[], at: Instant, payment?: Payment) => {
    const of = allocations.filter((one) => one.bill === bill && one.part === 'principal');
    const taken = Math.min(rest, sumFen(of.map((one) => one.fen)));
    if (taken === 0) return;
    found.push({ ...(payment ? { payment } : {}), at, fen: taken });
    rest -= taken;
  };
  for (const payment of [...payments.values()].filter(({ reversed }) => !reversed).reverse()) {
    take(payment.allocations, payment.at, payment);
  }
  for (const offset of [...offsets].reverse()) take([offset], offset.at);
  return found;
};

/** What had been paid on a bill beyond what is left of it is prepaid from now on. */
const free = (ledger: Ledger, bill: string, freedFen: number): void => {
  for (const { payment, fen } of paidOn(ledger, bill, freedFen)) {
    const taken: Allocation[] = [{ bill, part: 'principal', fen }];
    if (payment) {
      payment.allocations = undo(payment.allocations, taken);
      payment.creditFen += fen;
    } else ledger.offsets = undo(ledger.offsets, taken);
  }
};

/** What is moved is of the payments it came by: there less, here more, of the same payment. */
const moveCredit = ({ payments }: Ledger, { aggregate, at, by, data }: Recorded<typeof accountCreditMoved>): void => {
  const sign = Math.sign(data.fen);
  const also = (known: readonly string[], ...more: string[]) =>
    [...new Set([...known, ...more])].filter((id) => id !== aggregate);
  for (const { payment, fen, method, paidOn, lead } of data.from) {
    const known = payments.get(payment) ?? {
      ...{ payment, fen: 0, method, paidOn, at, by, allocations: [], creditFen: 0, refundedFen: 0, reversed: false },
      ...(lead === aggregate ? {} : { lead }),
      sharedWith: [],
    };
    payments.set(payment, {
      ...known,
      fen: known.fen + sign * fen,
      creditFen: known.creditFen + sign * fen,
      sharedWith: also(known.sharedWith, lead, data.other),
    });
  }
};

const pass = ({ passed }: Ledger, steps: readonly { dueDay: Day; rung: DunningRung }[]): void => {
  for (const { dueDay, rung } of steps) passed[dueDay] = [...(passed[dueDay] ?? []), rung];
};

const emptyLedger = (): Ledger => ({
  version: 0,
  bills: new Map(),
  entries: [],
  payments: new Map(),
  offsets: [],
  passed: {},
  correctedAlone: [],
  refundedAlone: 0,
  promises: new Map(),
  lateThrough: new Map(),
  clocks: new Map(),
});

/** A demand that arrived makes the limitation of what was open and due by its day count anew. */
const interrupt = ({ bills, clocks }: Ledger, open: ReadonlyMap<string, number>, on: Day): void => {
  for (const [bill, { dueDay }] of bills) {
    if ((open.get(bill) ?? 0) > 0 && dueDay <= on && on > (clocks.get(bill) ?? '')) clocks.set(bill, on);
  }
};

/** Where a bill's late charges and limitation had come to, for when it is open again. */
export const goesOn = ({ lateThrough, clocks, entries }: Ledger, bill: string) => {
  const [through, clock] = [lateThrough.get(bill), clocks.get(bill)];
  const late = sumFen(entries.filter((line) => line.bill === bill && line.kind === 'late').map((line) => line.owedFen));
  return {
    ...(through === undefined ? {} : { lateThrough: through }),
    ...(late === 0 ? {} : { lateChargedFen: late }),
    ...(clock === undefined ? {} : { clock }),
  };
};

export const ledgerOf = (events: readonly Envelope[]): Ledger => {
  const ledger = emptyLedger();
  const open = new Map<string, number>();
  for (const event of events as Recorded<AccountEvent>[]) {
    const entries = entriesOf(event);
    ledger.entries.push(...entries);
    for (const { bill = '', owedFen } of entries) open.set(bill, (open.get(bill) ?? 0) + owedFen);
    if (movesMoney(event.name)) ledger.version += 1;
    if (event.name === 'account.charged') {
      for (const bill of event.data.bills) ledger.bills.set(bill.bill, bill);
      ledger.offsets.push(...event.data.offsets.map((offset) => ({ ...offset, at: event.at })));
      pass(ledger, event.data.passed ?? []);
    }
    if (event.name === 'account.offset') {
      ledger.offsets.push(...event.data.offsets.map((offset) => ({ ...offset, at: event.at })));
    }
    if (event.name === 'account.refunded') {
      for (const { payment, fen } of event.data.from) {
        const known = ledger.payments.get(payment);
        if (known) known.refundedFen += fen;
      }
      if (event.data.askedBy === undefined) ledger.refundedAlone += event.data.fen;
    }
    if (event.name === 'account.late-charged') {
      for (const { bill } of event.data.charges) ledger.lateThrough.set(bill, event.data.through);
    }
    if (event.name === 'account.paid') {
      const { payment, fen, method, paidOn, allocations, creditFen, lead, whole, askedBy: by = event.by } = event.data;
      const { at } = event;
      const known = { payment, fen, method, paidOn, at, by, allocations, creditFen, lead };
      const all = lead === undefined ? (whole?.parts ?? []).map(({ account }) => account) : [lead];
      const sharedWith = all.filter((id) => id !== event.aggregate);
      ledger.payments.set(payment, { ...known, refundedFen: 0, reversed: false, sharedWith });
    }
    if (event.name === 'account.credit-moved') moveCredit(ledger, event);
    if (event.name === 'account.reversed') {
      const payment = ledger.payments.get(event.data.payment);
      if (payment) payment.reversed = true;
      ledger.offsets = undo(ledger.offsets, event.data.offsets);
    }
    notePromise(ledger.promises, event);
    if (event.name === 'account.adjusted') {
      const { bill, fen, freedFen, askedBy } = event.data;
      free(ledger, bill, freedFen);
      if (askedBy === undefined && !isSystem(event.by)) ledger.correctedAlone.push({ bill, fen, at: event.at });
    }
    if (event.name === 'account.part-done' || event.name === 'account.part-proven') {
      if (event.data.evidence.arrived) interrupt(ledger, open, event.data.on);
    }
    if (event.name === 'account.step-due') pass(ledger, [event.data]);
    if (event.name === 'account.held') {
      for (const { dueDay, rung } of event.data.steps ?? []) {
        ledger.passed[dueDay] = ledger.passed[dueDay]?.filter((one) => one !== rung) ?? [];
      }
    }
    // One that is told as missed by itself still acts, or never did.
    if (event.name === 'account.step-superseded' && event.data.by !== event.data.rung) pass(ledger, [event.data]);
  }
  return ledger;
};

const MOVES: ReadonlySet<string> = new Set([
  'account.charged',
  'account.paid',
  'account.reversed',
  'account.refunded',
  'account.credit-moved',
  'account.offset',
  'account.adjusted',
  'account.waived',
  'account.late-charged',
]);
const movesMoney = (name: string): boolean => MOVES.has(name);

/** Open principal, open late charges and the prepaid balance, as the sums of the ledger's lines (fen). */
export const balances = (entries: readonly LedgerEntry[]): { openFen: number; lateFen: number; creditFen: number } => {
  const sum = (of: (entry: LedgerEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  return {
    openFen: sum(({ part, owedFen }) => (part === 'late' ? 0 : owedFen)),
    lateFen: sum(({ part, owedFen }) => (part === 'late' ? owedFen : 0)),
    creditFen: sum(({ creditFen }) => creditFen),
  };
};

/** The fen by which a head differs from the sums of its ledger; 0, always. */
export const ledgerDifference = (
  head: Pick<Account, 'debts' | 'creditFen'>,
  entries: readonly LedgerEntry[],
): number => {
  const { openFen, lateFen, creditFen } = balances(entries);
  const total = (of: (debt: Account['debts'][number]) => number) => head.debts.reduce((sum, debt) => sum + of(debt), 0);
  return (
    Math.abs(openFen - total((debt) => debt.openFen)) +
    Math.abs(lateFen - total((debt) => debt.lateFen)) +
    Math.abs(creditFen - head.creditFen)
  );
};
