import type { NewEvent } from '../../../shared/domain/events.ts';
import { Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Actor } from '../../../shared/people/access.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Account, Allocation, OpenBill, Paying } from './account.ts';
import { dayOfPayment, enter, openOn, tooFarBack } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { allocate } from './ledger/allocate.ts';
import { inOrder } from './ledger/debts.ts';

/** Accounts of one payer, in the order of their ids. */
export interface Several {
  accounts: readonly { id: string; state: Account | undefined }[];
  actor: Actor;
  now: Instant;
  context: PolicyContext;
}
/** A bill of an account, or all that is open there, oldest due first. */
export interface Designated {
  account: string;
  bill?: string | undefined;
}
export interface PayingSeveral extends Omit<Paying, 'designated' | 'paidOn'> {
  /** Site-local day on which the money came; today when left out, never later. */
  paidOn?: Day | undefined;
  /** What the payer says it is for, in order. */
  designated: readonly Designated[];
  /** What was asked for in one sum: paid before the rest, by the law. */
  asked: readonly Designated[];
  /** A statement says the day: it is nobody's word, and has no bounds. */
  dayProven?: boolean | undefined;
}

/** Between an account and its bill; in neither. */
const OF = ' ';
const named = (account: string, bill: string): string => account + OF + bill;

/** The bills that are meant, by their full names; those no longer open are left out. */
const meant = (debts: readonly OpenBill[], all: readonly Designated[]): string[] => [
  ...new Set(
    all.flatMap(({ account, bill }) =>
      debts
        .map((debt) => debt.bill)
        .filter((name) => name.startsWith(account + OF) && (bill === undefined || name === named(account, bill))),
    ),
  ),
];

/**
 * One payment for several accounts of a payer (pure): designated bills first, then what was asked for, then whatever is
 * matured, the oldest due first, in proportion within a due day, across all accounts (Civil Code 560, 561). The rest is
 * prepaid where the payer designates, else on the first account that is still the payer's.
 * @returns what happens to each account, in their order
 */
export const paySeveral = (
  { accounts, ...on }: Several,
  { designated, asked, fen, paidOn, dayProven, reference, ...paying }: PayingSeveral,
): NewEvent<AccountEvent>[][] | Refusal => {
  const day = dayOfPayment(on, paidOn);
  if (day instanceof Refusal) return day;
  const open = accounts.map(({ id, state }) => ({
    id,
    state,
    ...(state ? openOn({ ...on, state }, day) : { late: [], debts: [] }),
  }));
  const [first] = open
    .filter(({ state }) => state && state.closedOn === undefined)
    .concat(open.filter(({ state }) => state));
  if (!first) return refuse('account.no-accounts');
  for (const { state } of open) {
    const backdated = state && !dayProven && tooFarBack({ ...on, state }, state, day, paying.method);
    if (backdated) return backdated;
  }
  const known = refusedDesignation(open, designated);
  if (known) return known;
  const debts = open
    .flatMap((one) => one.debts.map((debt) => ({ ...debt, bill: named(one.id, debt.bill) })))
    .sort(inOrder);
  const shares = inTurn(debts, fen, day, meant(debts, designated), meant(debts, asked));
  const prepaidAt = designated[0]?.account ?? first.id;
  const parts = open.flatMap(({ id, state }) => {
    const allocations = shares.allocations
      .filter(({ bill }) => bill.startsWith(id + OF))
      .map((one) => ({ ...one, bill: one.bill.slice(id.length + OF.length) }));
    const creditFen = id === prepaidAt ? shares.rest : 0;
    const sum = creditFen + sumFen(allocations.map((one) => one.fen));
    return state && sum > 0 ? [{ account: id, unit: state.unit, fen: sum, allocations, creditFen }] : [];
  });
  const lead = parts[0]?.account;
  return open.map(({ id, state, late }) => {
    const part = parts.find(({ account }) => account === id);
    if (!part) return [];
    const words = designated.flatMap(({ account, bill }) => (account === id && bill !== undefined ? [bill] : []));
    const { account: _, unit: __, ...share } = part;
    const shared = parts.length === 1 ? {} : id === lead ? { whole: { fen, parts } } : { lead };
    const known = id === lead ? { reference } : {};
    return enter({ ...on, state }, late, { ...paying, ...known, paidOn: day, designated: words, ...share, ...shared });
  });
};

/** Bills in their turn: those of the payer's word one by one, those asked for, all others. */
const inTurn = (
  debts: readonly OpenBill[],
  fen: number,
  day: Day,
  word: readonly string[],
  asked: readonly string[],
) => {
  const turns = [
    [debts.filter(({ bill }) => word.includes(bill)), word],
    [debts.filter(({ bill }) => !word.includes(bill) && asked.includes(bill)), []],
    [debts.filter(({ bill }) => !word.includes(bill) && !asked.includes(bill)), []],
  ] as const;
  return turns.reduce<{ allocations: Allocation[]; rest: number }>(
    ({ allocations, rest }, [some, designated]) => {
      const turn = allocate(some, rest, { day, designated });
      return { allocations: [...allocations, ...turn.allocations], rest: turn.rest };
    },
    { allocations: [], rest: fen },
  );
};

const refusedDesignation = (
  open: readonly { id: string; state: Account | undefined; debts: readonly OpenBill[] }[],
  designated: readonly Designated[],
): Refusal | undefined => {
  for (const { account, bill } of designated) {
    const one = open.find(({ id, state }) => id === account && state);
    if (!one) return refuse('account.other-payer', { account });
    if (bill !== undefined && !one.debts.some((debt) => debt.bill === bill))
      return refuse('account.not-open', { bill });
  }
  return undefined;
};
