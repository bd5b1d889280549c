import type { Month } from '../../../shared/time/month.ts';
import { percentOf } from '../figures/contract.ts';
import { type Amount, sumOf, yearOf } from './money.ts';
import { IN_TIME, type MoneyCell } from './post.ts';

/** A rate with what it is made of (fen); `null` where there is nothing to collect. */
export type CollectionRate = { fen: number; ofFen: number; percent: string } | null;

/** What of an amount owed there was when a month began, what moved it, and what there is at its end (fen). */
export interface Owed {
  openingFen: number;
  chargedFen: number;
  collectedFen: number;
  reversedFen: number;
  offsetFen: number;
  undoneFen: number;
  waivedFen: number;
  closingFen: number;
}
export interface Principal extends Owed {
  discountFen: number;
  adjustedFen: number;
  freedFen: number;
}
export interface Prepaid {
  openingFen: number;
  paidFen: number;
  freedFen: number;
  reversedFen: number;
  refundedFen: number;
  movedFen: number;
  offsetFen: number;
  undoneFen: number;
  closingFen: number;
}

export interface CollectionFigures {
  /** 本期收缴率: as it stood at the end of the month, and as it stands now. */
  current: CollectionRate;
  currentToDate: CollectionRate;
  /** 清欠率: of this year, up to the end of the month. */
  prior: CollectionRate;
  principal: Principal;
  late: Owed;
  prepaid: Prepaid;
  /** By how much openings and what moved them miss the closings; 0. */
  differenceFen: number;
}

type Sum = (amount: Amount) => number;
const summed = (cells: readonly MoneyCell[]): Sum => {
  const sum = sumOf(cells.map(({ money }) => money));
  return (amount) => sum[amount] ?? 0;
};

const rate = (fen: number, ofFen: number): CollectionRate =>
  ofFen === 0 ? null : { fen, ofFen, percent: percentOf(fen, ofFen) };

/** Of what is due for a month, waivers left out: what came in for it or was offset. Late charges are neither. */
const currentRate = (of: Sum): CollectionRate =>
  rate(
    of('collected') - of('reversed') - of('freed') + of('offset') - of('undone'),
    of('charged') - of('discount') + of('adjusted') - of('waived'),
  );

/**
 * Of the arrears of earlier years, waivers left out: what was collected or offset this year. Arrears are those at the
 * year's start and what was entered since of earlier years: arrears taken over, corrections, and payments of earlier years
 * that turned out not to have come. What a correction freed had been paid: it is neither arrears nor, where that was
 * this year, collected any longer.
 */
const priorRate = (entered: readonly MoneyCell[], year: string): CollectionRate => {
  const earlier = entered.filter(({ key }) => key.of < year);
  const atStart = summed(earlier.filter(({ key }) => yearOf(key.month) < year))('owed');
  const of = summed(earlier.filter(({ key }) => yearOf(key.month) === year));
  const reopened = of('reversedEarlier') + of('undoneEarlier');
  const freed = of('freed') - of('freedEarlier');
  return rate(
    of('collected') - of('reversed') - freed + of('offset') - of('undone') + reopened,
    atStart + of('charged') - of('discount') + of('adjusted') + of('freedEarlier') - of('waived') + reopened,
  );
};

const principalOf = (before: Sum, within: Sum): Principal => ({
  openingFen: before('owed'),
  chargedFen: within('charged'),
  discountFen: within('discount'),
  adjustedFen: within('adjusted'),
  collectedFen: within('collected'),
  reversedFen: within('reversed'),
  freedFen: within('freed'),
  offsetFen: within('offset'),
  undoneFen: within('undone'),
  waivedFen: within('waived'),
  closingFen: before('owed') + within('owed'),
});
const lateOf = (before: Sum, within: Sum): Owed => ({
  openingFen: before('lateOwed'),
  chargedFen: within('lateCharged'),
  collectedFen: within('lateCollected'),
  reversedFen: within('lateReversed'),
  offsetFen: within('lateOffset'),
  undoneFen: within('lateUndone'),
  waivedFen: within('lateWaived'),
  closingFen: before('lateOwed') + within('lateOwed'),
});
const prepaidOf = (before: Sum, within: Sum): Prepaid => ({
  openingFen: before('credit'),
  paidFen: within('prepaid') - within('freed'),
  freedFen: within('freed'),
  reversedFen: within('prepaidReversed'),
  refundedFen: within('refunded'),
  movedFen: within('moved'),
  offsetFen: within('offset') + within('lateOffset'),
  undoneFen: within('undone') + within('lateUndone'),
  closingFen: before('credit') + within('credit'),
});

const moved = ({ chargedFen, collectedFen, reversedFen, offsetFen, undoneFen, waivedFen }: Owed): number =>
  chargedFen - collectedFen + reversedFen - offsetFen + undoneFen - waivedFen;
const misses = (principal: Principal, late: Owed, prepaid: Prepaid): number[] => [
  principal.openingFen +
    moved(principal) -
    principal.discountFen +
    principal.adjustedFen +
    principal.freedFen -
    principal.closingFen,
  late.openingFen + moved(late) - late.closingFen,
  prepaid.openingFen +
    prepaid.paidFen +
    prepaid.freedFen -
    prepaid.reversedFen -
    prepaid.refundedFen +
    prepaid.movedFen -
    prepaid.offsetFen +
    prepaid.undoneFen -
    prepaid.closingFen,
];

/**
 * Figures of a month from cells of one level, added up (pure).
 * @param entered cells by the month in which lines were entered; what is later than the month is left out
 * @param period cells by the month that lines are for; those for other months are left out
 */
export const collectionFiguresOf = (
  entered: readonly MoneyCell[],
  period: readonly MoneyCell[],
  month: Month,
): CollectionFigures => {
  const till = entered.filter(({ key }) => key.month <= month);
  const before = summed(till.filter(({ key }) => key.month < month));
  const within = summed(till.filter(({ key }) => key.month === month));
  const [principal, late, prepaid] = [principalOf(before, within), lateOf(before, within), prepaidOf(before, within)];
  const ofMonth = period.filter(({ key }) => key.month === month);
  return {
    current: currentRate(summed(ofMonth.filter(({ key }) => key.of === IN_TIME))),
    currentToDate: currentRate(summed(ofMonth)),
    prior: priorRate(till, yearOf(month)),
    principal,
    late,
    prepaid,
    differenceFen: misses(principal, late, prepaid).reduce((sum, miss) => sum + Math.abs(miss), 0),
  };
};

/** Figures of each of what cells belong to, by its name. */
export const figuresBy = <C extends MoneyCell>(
  entered: readonly C[],
  period: readonly C[],
  month: Month,
  nameOf: (cell: C) => string,
): (CollectionFigures & { key: string })[] => {
  const [enteredBy, periodBy] = [Map.groupBy(entered, nameOf), Map.groupBy(period, nameOf)];
  const names = [...new Set([...enteredBy.keys(), ...periodBy.keys()])].sort();
  return names.map((key) => ({
    key,
    ...collectionFiguresOf(enteredBy.get(key) ?? [], periodBy.get(key) ?? [], month),
  }));
};
