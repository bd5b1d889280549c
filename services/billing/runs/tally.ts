import type * as z from 'zod';
import { type BillFacts, itemOf } from '../accounts/contract.ts';
import type { LeftOut } from '../tariffs/contract.ts';
import type { leftOut, tally, totals } from './events.ts';

export type RunTally = z.output<typeof tally>;
export type Totals = z.output<typeof totals>;
export type LeftOutGroup = z.output<typeof leftOut>;

export const NOTHING: Totals = { units: 0, accounts: 0, byItem: {}, leftOut: {} };

const addTallies = (a: RunTally | undefined, b: RunTally): RunTally => ({
  bills: (a?.bills ?? 0) + b.bills,
  fen: (a?.fen ?? 0) + b.fen,
  discountFen: (a?.discountFen ?? 0) + b.discountFen,
});

const addCounts = <K extends string>(a: Partial<Record<K, number>>, b: Partial<Record<K, number>>) => {
  const sum = { ...a };
  for (const [name, n] of Object.entries(b) as [K, number][]) sum[name] = (sum[name] ?? 0) + n;
  return sum;
};

export const addTotals = (a: Totals, b: Totals): Totals => {
  const byItem = { ...a.byItem };
  for (const [item, some] of Object.entries(b.byItem)) byItem[item] = addTallies(byItem[item], some);
  return {
    units: a.units + b.units,
    accounts: a.accounts + b.accounts,
    byItem,
    leftOut: addCounts(a.leftOut, b.leftOut),
  };
};

/** What some units came to. @param bills of each of their accounts that has any */
export const totalsOf = (
  units: number,
  bills: readonly (readonly BillFacts[])[],
  leftOut: readonly LeftOut[],
): Totals => {
  const byItem: Record<string, RunTally> = {};
  for (const { bill, fen, discountFen = 0 } of bills.flat()) {
    byItem[itemOf(bill)] = addTallies(byItem[itemOf(bill)], { bills: 1, fen, discountFen });
  }
  const counts = leftOut.reduce<Totals['leftOut']>((sum, { reason }) => addCounts(sum, { [reason]: 1 }), {});
  return { units, accounts: bills.length, byItem, leftOut: counts };
};

/** All items together. */
export const wholeOf = ({ byItem }: Pick<Totals, 'byItem'>): RunTally =>
  Object.values(byItem).reduce<RunTally>(addTallies, { bills: 0, fen: 0, discountFen: 0 });

/** Units that are left out of the same for the same reason stand together: an event stays small. */
export const grouped = (leftOut: readonly LeftOut[]): LeftOutGroup[] =>
  [...Map.groupBy(leftOut, ({ item, reason }) => `${item} ${reason}`).values()].map((some) => {
    const { item, reason } = some[0] as LeftOut;
    return { item, reason, units: some.map(({ unit }) => unit) };
  });
