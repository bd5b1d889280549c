import { payerOn, type UnitEntry } from '../../../shared/directory/units.ts';
import { addDays, type Day } from '../../../shared/time/clock.ts';
import { dayOfMonth } from '../../../shared/time/month.ts';
import type { Discount } from './exemption.ts';
import { type DueItem, rateMicro, type ScheduleStretch } from './plan.ts';
import type { FeeItem } from './schedule.ts';

/** A month's days by its length: the least common multiple of 28, 29, 30 and 31, so that parts of months are whole. */
export const MONTH = 377_580;

/** Days of one month on which payer, rate and discounts of an item are the same. */
export interface Piece {
  from: Day;
  to: Day;
  /** Absent: nobody pays on those days. */
  party: string | undefined;
  /** As the schedule has it; absent where an amount is shared. */
  rate: string | undefined;
  /** The rate × the part of a month, in millionths of a yuan × 1/377580 months. */
  weight: bigint;
  /** In 1/377580 months. */
  part: number;
  percent: number;
  /** Discount in fen a month. */
  lessFen: number;
}

/** From one day to another, both included. */
export interface Spell {
  from: Day;
  to: Day;
}

/** The rate that a version of an item has for a unit; `undefined` where it has none, and the item isn't for it. */
export const rateFor = (
  { basis, rates }: Pick<FeeItem, 'basis' | 'rates'>,
  { kind, state }: Pick<UnitEntry, 'kind' | 'state'>,
) =>
  basis === 'space' && kind !== 'space'
    ? undefined
    : rates.find(({ kinds, states }) => (kinds?.includes(kind) ?? true) && (states?.includes(state) ?? true));

export const coversDay =
  (day: Day) =>
  ({ from, to }: Spell) =>
    from <= day && day <= to;

/** Days within a stretch on which somebody else begins to pay, or something begins or is over. */
const cutsIn = ({ from, to }: ScheduleStretch, { payers }: UnitEntry, spells: readonly Spell[]): Day[] => {
  const days = [
    ...payers.flatMap((payer) => payer.from ?? []),
    ...spells.flatMap((spell) => [spell.from, addDays(spell.to, 1)]),
  ];
  return [...new Set(days)].filter((day) => day > from && day <= to).sort();
};

const pieceOf = (
  { from, to, part }: Pick<Piece, 'from' | 'to' | 'part'>,
  rate: string | undefined,
  unit: UnitEntry,
  discounts: readonly Discount[],
): Piece => {
  const some = discounts.filter(coversDay(from));
  return {
    from,
    to,
    party: payerOn(unit.payers, from),
    rate,
    weight: (rate === undefined ? 1n : rateMicro(rate)) * BigInt(part),
    part,
    percent: Math.min(
      100,
      some.reduce((sum, { percent = 0 }) => sum + percent, 0),
    ),
    lessFen: some.reduce((sum, { fen = 0 }) => sum + fen, 0),
  };
};

/**
 * The days of an item's bill, cut wherever payer, rate or discount change, in order; days on which the item isn't in
 * force, or isn't for this unit, are left out. A whole calendar month counts as one, a part of it by its days.
 * @param discounts of this unit and item; @param spells whose edges no piece is to lie across
 */
export const piecesOf = (
  due: DueItem,
  unit: UnitEntry,
  discounts: readonly Discount[],
  spells: readonly Spell[] = [],
): Piece[] => {
  const priced = due.stretches.flatMap((stretch) => {
    const found = stretch.item && rateFor(stretch.item, unit);
    return found ? [{ stretch, rate: found.rate }] : [];
  });
  if (!due.item.prorated) return wholeOf(due, priced, unit, discounts);
  return priced.flatMap(({ stretch, rate }) => {
    const begins = [stretch.from, ...cutsIn(stretch, unit, [...discounts, ...spells])];
    return begins.map((from, i) => {
      const next = begins[i + 1];
      const days = (next === undefined ? dayOfMonth(stretch.to) + 1 : dayOfMonth(next)) - dayOfMonth(from);
      const to = next === undefined ? stretch.to : addDays(next, -1);
      return pieceOf({ from, to, part: (MONTH / stretch.daysInMonth) * days }, rate, unit, discounts);
    });
  });
};

/** Not by day: whoever pays on its first day, or else first within it, pays all of it at that day's rate. */
const wholeOf = (
  due: DueItem,
  priced: readonly { stretch: ScheduleStretch; rate: string | undefined }[],
  unit: UnitEntry,
  discounts: readonly Discount[],
): Piece[] => {
  const [first] = priced;
  if (!first) return [];
  const { from } = first.stretch;
  const begins = [
    from,
    ...unit.payers.flatMap((payer) => payer.from ?? []).filter((day) => day > from && day <= due.to),
  ];
  const party = begins.map((day) => payerOn(unit.payers, day)).find((payer) => payer !== undefined);
  const whole = pieceOf({ from, to: due.to, part: MONTH * due.months }, first.rate, unit, discounts);
  return [{ ...whole, party }];
};
