import type { Recorded } from '../../../../shared/domain/events.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import { entriesOf } from '../../../billing/contract.ts';
import type { AccountEvent, DunningRung } from '../../../billing/events.ts';
import { add, type Money } from '../money.ts';
import { type DebtOutcome, debtsName, fenName } from './ladder.ts';

/** A debt: what is open of an account's bills of one due day, and which rungs were taken for it, in that order. */
export interface DueDayDebt {
  bills: Record<string, { fen: number; lateFen: number }>;
  /** With what was open of the principal then (fen). */
  rungs: { rung: DunningRung; fen: number }[];
}
/**
 * An account's debts by due day: those with anything open, and those of which the ladder ran, since a payment that
 * turns out not to have come opens them again. And the holds in force.
 */
export interface Debts {
  due: Record<Day, DueDayDebt>;
  holds: string[];
}
export const NO_DEBTS: Debts = { due: {}, holds: [] };

/** What is open of a debt: principal and late charges (fen). */
export const openOf = ({ bills }: DueDayDebt): { fen: number; lateFen: number } =>
  Object.values(bills).reduce((sum, { fen, lateFen }) => ({ fen: sum.fen + fen, lateFen: sum.lateFen + lateFen }), {
    fen: 0,
    lateFen: 0,
  });
const principalOf = (debt: DueDayDebt): number => openOf(debt).fen;

/** By how much an event moves what is open of each bill; of a line and its opposite, nothing. */
const movesOf = (event: Recorded<AccountEvent>) => {
  const moves = new Map<string, { fen: number; lateFen: number }>();
  for (const { bill, part, owedFen } of entriesOf(event)) {
    if (bill === undefined) continue;
    const { fen, lateFen } = moves.get(bill) ?? { fen: 0, lateFen: 0 };
    moves.set(bill, part === 'late' ? { fen, lateFen: lateFen + owedFen } : { fen: fen + owedFen, lateFen });
  }
  return [...moves].filter(([, { fen, lateFen }]) => fen !== 0 || lateFen !== 0);
};

/** Bills whose due day an event tells: they are open from then on. */
const toldBy = (event: Recorded<AccountEvent>): { bill: string; dueDay: Day }[] => {
  if (event.name === 'account.charged') return event.data.bills;
  const again = event.name === 'account.reversed' || event.name === 'account.adjusted';
  return again ? (event.data.reopened ?? []) : [];
};

const moveBills = ({ due, holds }: Debts, event: Recorded<AccountEvent>): Debts => {
  const moves = movesOf(event);
  if (moves.length === 0) return { due, holds };
  const dayOf = new Map([
    ...Object.entries(due).flatMap(([day, { bills }]) => Object.keys(bills).map((bill) => [bill, day] as const)),
    ...toldBy(event).map(({ bill, dueDay }) => [bill, dueDay] as const),
  ]);
  const next = { ...due };
  for (const [bill, move] of moves) {
    const day = dayOf.get(bill);
    // A row of before there were due days; a rebuild puts it right.
    if (day === undefined) continue;
    const { bills, rungs } = next[day] ?? { bills: {}, rungs: [] };
    const { [bill]: was = { fen: 0, lateFen: 0 }, ...others } = bills;
    const is = { fen: was.fen + move.fen, lateFen: was.lateFen + move.lateFen };
    next[day] = { bills: is.fen === 0 && is.lateFen === 0 ? others : { ...others, [bill]: is }, rungs };
  }
  const kept = Object.entries(next).filter(([, { bills, rungs }]) => Object.keys(bills).length + rungs.length > 0);
  return { due: Object.fromEntries(kept), holds };
};

/** A rung is taken once, also where it was superseded: it fell due, and a higher one took its place. */
const takeRung = ({ due, holds }: Debts, dueDay: Day, rung: DunningRung): Debts => {
  const debt = due[dueDay];
  if (!debt || debt.rungs.some((one) => one.rung === rung)) return { due, holds };
  const rungs = [...debt.rungs, { rung, fen: principalOf(debt) }];
  return { due: { ...due, [dueDay]: { ...debt, rungs } }, holds };
};

/** An account's debts after one more event (pure). */
export const debtsAfter = (before: Debts, event: Recorded<AccountEvent>): Debts => {
  switch (event.name) {
    case 'account.step-due':
    case 'account.step-superseded':
      return takeRung(before, event.data.dueDay, event.data.rung);
    case 'account.held': {
      const { hold, renews } = event.data;
      return { ...before, holds: [...before.holds.filter((one) => one !== renews && one !== hold), hold] };
    }
    case 'account.released': {
      const { hold } = event.data;
      return { ...before, holds: before.holds.filter((one) => one !== hold) };
    }
    case 'account.reversed': {
      const { due, holds } = moveBills(before, event);
      const resumed = (event.data.resumed ?? []).map(({ hold }) => hold);
      return { due, holds: [...holds.filter((one) => !resumed.includes(one)), ...resumed] };
    }
    default:
      return moveBills(before, event);
  }
};

/** What has become of a debt after each rung that was taken for it. @param held dunning is paused */
export const debtOutcomesOf = (
  { bills, rungs }: DueDayDebt,
  held: boolean,
): { rung: DunningRung; fen: number; outcome: DebtOutcome }[] => {
  const open = Object.keys(bills).length > 0;
  const outcome = (isLast: boolean): DebtOutcome => {
    if (open) return held ? 'held' : 'open';
    return isLast ? 'settled' : 'settledLater';
  };
  return rungs.map((one, i) => ({ ...one, outcome: outcome(i === rungs.length - 1) }));
};

/** What an account adds to the cells of its due days (pure); an account counts in that of its oldest open one. */
export const standingOf = ({ due, holds }: Debts): Map<Day, Money> => {
  const days = Object.entries(due);
  const oldest = days
    .filter(([, debt]) => principalOf(debt) > 0)
    .map(([day]) => day)
    .sort()[0];
  return new Map(
    days.map(([day, debt]) => {
      const { fen: owed, lateFen: lateOwed } = openOf(debt);
      const bills = Object.values(debt.bills).filter(({ fen }) => fen > 0).length;
      const amounts: Money = { owed, lateOwed, bills, accounts: day === oldest ? 1 : 0 };
      for (const { rung, fen, outcome } of debtOutcomesOf(debt, holds.length > 0)) {
        amounts[debtsName(rung, outcome)] = 1;
        amounts[fenName(rung, outcome)] = fen;
      }
      return [day, amounts];
    }),
  );
};

const minus = (money: Money): Money =>
  Object.fromEntries(Object.entries(money).map(([name, amount]) => [name, -amount])) as Money;

/** What moves in the cells of an account's due days, oldest first; those in which nothing does are left out. */
export const movedBetween = (before: Debts, after: Debts): { day: Day; money: Money }[] => {
  if (before.due === after.due && before.holds === after.holds) return [];
  const [was, is] = [standingOf(before), standingOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((day) => {
    const money = add(add({}, is.get(day) ?? {}), minus(was.get(day) ?? {}));
    return Object.keys(money).length === 0 ? [] : [{ day, money }];
  });
};
