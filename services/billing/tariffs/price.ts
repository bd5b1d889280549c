import type { UnitEntry } from '../../../shared/directory/units.ts';
import { firstDay, lastDay } from '../../../shared/time/month.ts';
import { rounded } from '../../../shared/values/money.ts';
import { type BillFacts, billName } from '../accounts/contract.ts';
import type { Discount } from './exemption.ts';
import { MONTH, type Piece, piecesOf, rateFor } from './pieces.ts';
import type { BillingPlan, DueItem } from './plan.ts';
import { byParty, discountsFen, total } from './sharing.ts';
import { split } from './split.ts';
import { BILL_FEN_MAX, type LeftOutReason } from './terms.ts';

/** Something of a unit that isn't billed, and why. */
export interface LeftOut {
  unit: string;
  /** Empty where no item of the schedule is for this unit. */
  item: string;
  reason: LeftOutReason;
}

/** What is known of a unit besides the directory. */
export interface Particulars {
  discounts: readonly Discount[];
  /** Readings by item, in millionths. */
  readings: ReadonlyMap<string, number>;
  /** Its shares of pools by item, in fen. */
  shares: ReadonlyMap<string, number>;
}

export interface Priced {
  /** By payer, in the order in which they pay. */
  payers: { party: string; bills: BillFacts[] }[];
  leftOut: LeftOut[];
}

/** Whole pieces: a flat rate is for one. */
const ONE = 1_000_000;
const FEN_PER_YUAN = 100n;
/** Rates and quantities are both in millionths. */
const MILLIONTHS = 1_000_000n * 1_000_000n;

/** How much of an item a unit has; a reason where that isn't known. */
const quantityOf = (
  { code, item }: DueItem,
  { areaMicro }: UnitEntry,
  { readings, shares }: Particulars,
): number | LeftOutReason => {
  switch (item.basis) {
    case 'area':
      return areaMicro > 0 ? areaMicro : 'no-area';
    case 'metered':
      return readings.get(code) ?? 'no-reading';
    case 'shared':
      return areaMicro > 0 ? (shares.get(code) ?? 'no-pool') : 'no-area';
    default:
      return ONE;
  }
};

/** What all payers together pay for the days on which somebody does, before discounts. */
const wholeFen = ({ item, months }: DueItem, quantity: number, pieces: readonly Piece[]): number => {
  const paid = total(pieces, ({ party, weight }) => (party === undefined ? 0n : weight));
  if (item.basis === 'shared') {
    return Number(rounded(BigInt(quantity) * paid, total(pieces, ({ weight }) => weight) || 1n, item.rounding));
  }
  // A reading is for the whole period, a rate by area or flat for each of its months.
  const per = item.basis === 'metered' ? months : 1;
  const exact = FEN_PER_YUAN * BigInt(quantity) * paid;
  return Number(rounded(exact, MILLIONTHS * BigInt(MONTH) * BigInt(per), item.rounding));
};

const billOf = (due: DueItem, month: string, pieces: readonly Piece[], fen: number, discountFen: number): BillFacts => {
  const [first, last] = [pieces[0] as Piece, pieces.at(-1) as Piece];
  const whole = first.from === firstDay(month) && last.to === lastDay(month);
  const { rate } = first;
  return {
    bill: billName(due.code, month),
    // A bill for just the month it is named after doesn't say so again: heads stay small.
    ...(whole ? {} : { from: first.from, to: last.to }),
    dueDay: due.dueDay,
    fen: fen - discountFen,
    ...(discountFen > 0 ? { discountFen } : {}),
    ...(rate !== undefined && pieces.every((piece) => piece.rate === rate) ? { rate } : {}),
  };
};

/** What of a unit the amount came from, as the bill says it; flat amounts are of nothing but the rate. */
const measuredOf = ({ item }: DueItem, quantity: number, { areaMicro }: UnitEntry): Partial<BillFacts> => {
  if (item.basis === 'shared') return { sharedMicro: areaMicro };
  return item.basis === 'area' || item.basis === 'metered' ? { quantityMicro: quantity } : {};
};

const priceItem = (due: DueItem, month: string, unit: UnitEntry, known: Particulars): Priced => {
  const leave = (reason: LeftOutReason): LeftOut => ({ unit: unit.unit, item: due.code, reason });
  const discounts = known.discounts.filter(({ item }) => item === due.code);
  const pieces = piecesOf(due, unit, discounts);
  if (pieces.length === 0) return { payers: [], leftOut: [] };
  const quantity = quantityOf(due, unit, known);
  if (typeof quantity === 'string') return { payers: [], leftOut: [leave(quantity)] };
  const payers = byParty(pieces);
  const unpaid = pieces.some(({ party }) => party === undefined) ? [leave('no-payer')] : [];
  if (payers.length === 0) return { payers: [], leftOut: unpaid };
  const whole = wholeFen(due, quantity, pieces);
  if (whole === 0) return { payers: [], leftOut: [...unpaid, leave('nothing')] };
  if (whole > BILL_FEN_MAX) return { payers: [], leftOut: [leave('too-much')] };
  const gross = split(
    whole,
    payers.map(([, some]) => total(some, ({ weight }) => weight)),
    due.item.rounding,
  );
  const less = discountsFen(due, whole, payers);
  const measured = measuredOf(due, quantity, unit);
  return {
    payers: payers.flatMap(([party, some], i) => {
      const fen = gross[i] as number;
      const discount = Math.min(fen, less[i] as number);
      return fen === 0 ? [] : [{ party, bills: [{ ...billOf(due, month, some, fen, discount), ...measured }] }];
    }),
    leftOut: unpaid,
  };
};

/**
 * What a unit's payers owe for a month, and what of it can't be billed (pure). Each amount is exact until it is rounded
 * once by the item's rule; where the payer changes within, the shares add up to the whole.
 */
export const price = (plan: BillingPlan, unit: UnitEntry, known: Particulars): Priced => {
  if (!plan.inForce.some((item) => rateFor(item, unit))) {
    return { payers: [], leftOut: [{ unit: unit.unit, item: '', reason: 'no-item' }] };
  }
  const items = plan.due.map((due) => priceItem(due, plan.period, unit, known));
  const payers = Map.groupBy(
    items.flatMap((one) => one.payers),
    ({ party }) => party,
  );
  return {
    payers: [...payers].map(([party, some]) => ({ party, bills: some.flatMap(({ bills }) => bills) })),
    leftOut: items.flatMap(({ leftOut }) => leftOut),
  };
};
