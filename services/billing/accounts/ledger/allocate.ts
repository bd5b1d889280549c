import type { Day } from '../../../../shared/time/clock.ts';
import type { Allocation, OpenBill } from '../account.ts';
import { type DebtPart, PARTS } from '../terms.ts';

const openOf = (debt: OpenBill, part: DebtPart): number => (part === 'late' ? debt.lateFen : debt.openFen);

/**
 * Shares an amount among debts of one rank in proportion to what is open; what rounding leaves over goes, fen by fen, to
 * the first. Exact: the shares add up to the amount, and none is more than what is open.
 */
const proRata = (amounts: readonly number[], fen: number): number[] => {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (fen >= total) return [...amounts];
  const shares = amounts.map((amount) => Number((BigInt(amount) * BigInt(fen)) / BigInt(total)));
  let rest = fen - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, i) => {
    const more = rest > 0 && share < (amounts[i] as number) ? 1 : 0;
    rest -= more;
    return share + more;
  });
};

/** Settles debts of one rank: late charges of all of them first, then principal (Civil Code 561). */
const settleRank = (debts: readonly OpenBill[], fen: number): { allocations: Allocation[]; rest: number } => {
  const allocations: Allocation[] = [];
  let rest = fen;
  for (const part of PARTS) {
    const shares = proRata(
      debts.map((debt) => openOf(debt, part)),
      rest,
    );
    for (const [i, share] of shares.entries()) {
      if (share > 0) allocations.push({ bill: (debts[i] as OpenBill).bill, part, fen: share });
      rest -= share;
    }
  }
  return { allocations, rest };
};

/**
 * Which debts an amount settles (Civil Code 560): those the payer designates, in that order; then what is due already,
 * the oldest first; then what isn't due yet. Fees have no security and weigh alike, so age decides, and debts of one
 * due day share in proportion.
 * @param fen positive; @param day the site-local day of the payment
 * @returns what is settled, and the rest, which is prepaid
 */
export const allocate = (
  debts: readonly OpenBill[],
  fen: number,
  { day, designated = [] }: { day: Day; designated?: readonly string[] },
): { allocations: Allocation[]; rest: number } => {
  const named = [...new Set(designated)].flatMap((bill) =>
    debts.filter((debt) => debt.bill === bill).map((debt) => [debt]),
  );
  const others = debts.filter(({ bill }) => !designated.includes(bill));
  const matured = others.filter(({ dueDay }) => dueDay <= day);
  const coming = others.filter(({ dueDay }) => dueDay > day);
  const ranks = [matured, coming].flatMap((some) => [...Map.groupBy(some, ({ dueDay }) => dueDay)].sort(byDay));
  const allocations: Allocation[] = [];
  let rest = fen;
  for (const rank of [...named, ...ranks.map(([, some]) => some)]) {
    const step = settleRank(rank, rest);
    allocations.push(...step.allocations);
    rest = step.rest;
  }
  return { allocations, rest };
};

const byDay = ([a]: [Day, unknown], [b]: [Day, unknown]) => (a < b ? -1 : 1);
