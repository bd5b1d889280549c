import type * as z from 'zod';
import type { Day, Instant } from '../../../shared/clock.ts';
import type { Recorded } from '../../../shared/events.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { type Obligation, tookRung, without, withoutOne } from '../../../shared/obligation.ts';
import { type AccountEvent, accountEvents, type allocation, type billFacts } from './events.ts';
import type { Channel, HoldKind, Rung } from './terms.ts';

export type BillFacts = z.output<typeof billFacts>;
export type Allocation = z.output<typeof allocation>;

/** A bill of which something is open; a settled one leaves the head and stays in the journal. */
export interface Debt extends BillFacts {
  openFen: number;
  /** Late charge still open, and through which day it has accrued. */
  lateFen: number;
  lateThrough?: Day;
  /** From when its limitation counts anew: the last demand that provably arrived. */
  clock?: Day;
  /** When it came to be open: rungs of before were never due. */
  since: Instant;
}
/** Rungs that were decided for debts of a due day: never again; and those that a hold stood in the way of. */
export interface Ladder {
  passed: Rung[];
  held: Rung[];
}
/** A dunning step that isn't carried out yet. */
export interface Step {
  dueDay: Day;
  rung: Rung;
  on: Day;
  due: Instant;
  channels: Channel[];
  done: Channel[];
  /** Times and parts of days in which the payer was called in vain. */
  calls: string[];
}
export interface Hold {
  kind: HoldKind;
  from: Day;
  until: Day;
  renewals: number;
  complaint?: string | undefined;
}
/** Something asked for that a second person decides on. */
export interface Asked {
  by: string;
  bill?: string;
  fen?: number;
  kind?: HoldKind;
  until?: Day;
  renews?: string | undefined;
}

/** One payer of one unit (缴费账户): a ledger in which entries are only added, and the ladder of its arrears. */
export interface Account {
  unit: string;
  party: string;
  building: string;
  policy: number;
  closedOn?: Day;
  /** What is open, oldest due first. */
  debts: Debt[];
  /** Prepaid balance (fen). */
  creditFen: number;
  /** The bills it has had, newest last: each once. */
  billed: string[];
  /** How many events have moved money: what was read of the journal is as new as the head when both agree. */
  moves: number;
  ladders: Record<Day, Ladder>;
  steps: Step[];
  holds: Record<string, Hold>;
  asked: Record<string, Asked>;
  mandate?: { token: string; bank: string };
  /** When to look next besides for what is owed. */
  wake?: Instant | undefined;
  owed: Obligation[];
}

/** Bills remembered in the head, so that none is made twice; a run goes back no further than their periods. */
const REMEMBERED = 60;

/** A bill is one fee item for one period; its name says which, and is unique in its account. */
export const billName = (item: string, period: string): string => `${item}/${period}`;
export const itemOf = (bill: string): string => bill.slice(0, bill.indexOf('/'));
export const periodOf = (bill: string): string => bill.slice(bill.indexOf('/') + 1);
export const stepName = ({ dueDay, rung, on }: Pick<Step, 'dueDay' | 'rung' | 'on'>): string =>
  `${dueDay}/${rung}/${on}`;
const isStep =
  ({ dueDay, rung, on }: Pick<Step, 'dueDay' | 'rung' | 'on'>) =>
  (step: Step) =>
    step.dueDay === dueDay && step.rung === rung && step.on === on;

const open = ({ openFen, lateFen }: Debt) => openFen > 0 || lateFen > 0;
const inOrder = (a: Debt, b: Debt) =>
  a.dueDay === b.dueDay ? (a.bill < b.bill ? -1 : 1) : a.dueDay < b.dueDay ? -1 : 1;

/** Debts after amounts were taken off (or, negative, put back on); what is settled leaves. */
export const settled = (debts: readonly Debt[], allocations: readonly Allocation[]): Debt[] =>
  debts
    .map((debt) => {
      const of = (part: Allocation['part']) =>
        allocations.reduce((sum, one) => (one.bill === debt.bill && one.part === part ? sum + one.fen : sum), 0);
      return { ...debt, openFen: debt.openFen - of('principal'), lateFen: debt.lateFen - of('late') };
    })
    .filter(open);

const asDebt = (bill: BillFacts, since: Instant): Debt => ({ ...bill, openFen: bill.fen, lateFen: 0, since });

const passed = (ladders: Record<Day, Ladder>, steps: readonly { dueDay: Day; rung: Rung }[], held = false) => {
  const next = { ...ladders };
  for (const { dueDay, rung } of steps) {
    const { passed, held: kept } = next[dueDay] ?? { passed: [], held: [] };
    next[dueDay] = held
      ? { passed, held: [...new Set([...kept, rung])] }
      : { passed: [...new Set([...passed, rung])], held: kept };
  }
  return next;
};

/** Ladders of due days on which nothing is open any more are forgotten; a reversal brings them back from the journal. */
const keptLadders = ({ debts, ladders, steps }: Account) =>
  Object.fromEntries(
    Object.entries(ladders).filter(
      ([day]) => debts.some(({ dueDay }) => dueDay === day) || steps.some(({ dueDay }) => dueDay === day),
    ),
  );

const withoutKey = <T>(of: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => name !== key));

/** What an event does to the account's own facts; what it owes and when it wakes follow in `fold`. */
const change = (state: Account, event: Recorded<AccountEvent>): Account => {
  switch (event.name) {
    case 'account.charged': {
      const { bills, offsets } = event.data;
      const debts = [...state.debts, ...bills.map((bill) => asDebt(bill, event.at))].sort(inOrder);
      return {
        ...state,
        debts: settled(debts, offsets),
        creditFen: state.creditFen - offsets.reduce((sum, { fen }) => sum + fen, 0),
        billed: [...state.billed, ...bills.map(({ bill }) => bill)].slice(-REMEMBERED),
        ladders: passed(state.ladders, event.data.passed ?? []),
        moves: state.moves + 1,
      };
    }
    case 'account.paid': {
      const { allocations, creditFen } = event.data;
      return {
        ...state,
        debts: settled(state.debts, allocations),
        creditFen: state.creditFen + creditFen,
        moves: state.moves + 1,
      };
    }
    case 'account.reversed': {
      const { allocations, offsets, creditFen, reopened } = event.data;
      const back = [...allocations, ...offsets].map((one) => ({ ...one, fen: -one.fen }));
      const again = reopened.map((bill): Debt => ({ ...asDebt(bill, event.at), openFen: 0 }));
      // A settled bill stands at nothing until what had settled it is put back on.
      const debts = [...state.debts, ...again].sort(inOrder);
      return {
        ...state,
        debts: settled(debts, back),
        creditFen: state.creditFen - creditFen + offsets.reduce((sum, { fen }) => sum + fen, 0),
        ladders: passed(state.ladders, event.data.passed),
        moves: state.moves + 1,
      };
    }
    case 'account.refunded':
      return { ...state, creditFen: state.creditFen - event.data.fen, moves: state.moves + 1 };
    case 'account.adjusted': {
      const { bill, fen, freedFen } = event.data;
      return {
        ...state,
        debts: settled(state.debts, [{ bill, part: 'principal', fen: -fen - freedFen }]),
        creditFen: state.creditFen + freedFen,
        moves: state.moves + 1,
      };
    }
    case 'account.waiver-asked': {
      const { waiver, bill, fen } = event.data;
      return { ...state, asked: { ...state.asked, [waiver]: { by: event.by, bill, fen } } };
    }
    case 'account.waived':
      return {
        ...state,
        debts: settled(state.debts, event.data.allocations),
        asked: withoutKey(state.asked, event.data.waiver),
        moves: state.moves + 1,
      };
    case 'account.waiver-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.waiver) };
    case 'account.late-charged': {
      const { charges, through } = event.data;
      const debts = state.debts.map((debt) => {
        const charge = charges.find(({ bill }) => bill === debt.bill);
        return charge ? { ...debt, lateFen: debt.lateFen + charge.fen, lateThrough: through } : debt;
      });
      return { ...state, debts, moves: state.moves + 1 };
    }
    case 'account.hold-asked': {
      const { hold, kind, until, renews } = event.data;
      return { ...state, asked: { ...state.asked, [hold]: { by: event.by, kind, until, renews } } };
    }
    case 'account.held': {
      const { hold, kind, from, until, renewals, complaint } = event.data;
      const { renews } = state.asked[hold] ?? {};
      const others = renews === undefined ? state.holds : withoutKey(state.holds, renews);
      return {
        ...state,
        asked: withoutKey(state.asked, hold),
        holds: { ...others, [hold]: { kind, from, until, renewals, complaint } },
      };
    }
    case 'account.hold-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.hold) };
    case 'account.released':
      return { ...state, holds: withoutKey(state.holds, event.data.hold) };
    case 'account.step-due': {
      const { dueDay, rung, on, due, channels } = event.data;
      // A higher step takes the place of what is still undone of a lower one for the same debts.
      const others = state.steps.filter((step) => step.dueDay !== dueDay);
      return {
        ...state,
        ladders: passed(state.ladders, [event.data]),
        steps: [...others, { dueDay, rung, on, due, channels, done: [], calls: [] }],
      };
    }
    case 'account.step-held':
      return { ...state, ladders: passed(state.ladders, [event.data], true) };
    case 'account.step-superseded':
      return { ...state, ladders: passed(state.ladders, [event.data]) };
    case 'account.part-done': {
      const { channel, evidence, on } = event.data;
      const steps = state.steps.map((step) =>
        isStep(event.data)(step) ? { ...step, done: [...new Set([...step.done, channel])] } : step,
      );
      const debts = state.debts.map((debt) => (evidence.arrived && debt.dueDay <= on ? { ...debt, clock: on } : debt));
      return { ...state, steps, debts };
    }
    case 'account.step-done':
      return { ...state, steps: state.steps.filter((step) => !isStep(event.data)(step)) };
    case 'account.called':
      return { ...state, steps: state.steps.map((step) => ({ ...step, calls: [...step.calls, event.data.dayPart] })) };
    case 'account.mandated':
      return { ...state, mandate: event.data };
    case 'account.mandate-ended': {
      const { mandate: _, ...rest } = state;
      return rest;
    }
    case 'account.closed': {
      const { mandate: _, ...rest } = state;
      return { ...rest, closedOn: event.data.on };
    }
    default:
      return state;
  }
};

/** The day from which the oldest claim's limitation runs: when it fell due, or the last demand that provably arrived. */
export const oldestClaim = (debts: readonly Debt[]): Day | undefined =>
  debts.map(({ dueDay, clock = dueDay }) => clock).sort()[0];

/** Obligations that no longer have anything to be about. */
const stillOwed = ({ debts, steps, asked }: Account, owed: readonly Obligation[]): Obligation[] =>
  owed.filter(({ duty, of = '' }) => {
    if (duty === 'collect') return of === oldestClaim(debts);
    if (duty === 'step') return steps.some((step) => stepName(step) === of);
    return of in asked;
  });

const fold = (state: Account | undefined, event: Recorded<AccountEvent>): Account => {
  if (event.name === 'account.opened') {
    const empty = { debts: [], creditFen: 0, billed: [], moves: 0, ladders: {}, steps: [], holds: {}, asked: {} };
    return { ...event.data, ...empty, owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  if (event.name === 'account.reminded' || event.name === 'account.missed' || event.name === 'account.escalated') {
    return { ...state, owed: tookRung(state.owed, event.data) };
  }
  const next = change(state, event);
  const { opens = [], wake } = event.data as { opens?: Obligation[]; wake?: Instant | null };
  const others = opens.reduce<Obligation[]>(
    (owed, { duty, of }) => (of === undefined ? without(owed, duty) : withoutOne(owed, duty, of)),
    state.owed,
  );
  const owed = stillOwed(next, [...others, ...opens]);
  return { ...next, ladders: keptLadders(next), wake: wake === undefined ? state.wake : (wake ?? undefined), owed };
};

export const accountType: AggregateType<Account, AccountEvent> = {
  type: 'account',
  ids: 'account',
  events: accountEvents,
  fold,
  finished: ({ debts, steps, asked }) => debts.length + steps.length + Object.keys(asked).length === 0,
  wakes: ({ wake }) => wake,
};

/** The account's id follows from the unit and who pays for it: opening it twice opens one. */
export const accountId = (unit: string, party: string): string =>
  `acc_${unit.slice(unit.indexOf('_') + 1)}-${party.slice(party.indexOf('_') + 1)}`;

export const openFenOf = ({ debts }: Pick<Account, 'debts'>): number =>
  debts.reduce((sum, { openFen, lateFen }) => sum + openFen + lateFen, 0);

/** What is overdue on a day: due before it, and open. */
export const overdue = ({ debts }: Pick<Account, 'debts'>, day: Day): Debt[] =>
  debts.filter(({ dueDay }) => dueDay < day);
