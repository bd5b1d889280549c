import type { UnitEntry } from '../../../shared/directory/units.ts';
import { rounded } from '../../../shared/values/money.ts';
import type { Discount } from './exemption.ts';
import { coversDay, MONTH, type Piece, piecesOf, type Spell } from './pieces.ts';
import type { DueItem } from './plan.ts';
import { split } from './split.ts';

/** Pieces that somebody pays, by payer in the order in which they begin to. */
export const byParty = (pieces: readonly Piece[]): [string, Piece[]][] => [
  ...Map.groupBy(
    pieces.filter(({ party }) => party !== undefined),
    ({ party }) => party as string,
  ),
];

export const total = (pieces: readonly Piece[], of: (piece: Piece) => bigint): bigint =>
  pieces.reduce((sum, piece) => sum + of(piece), 0n);

/** What discounts take off for each payer: a percentage of the whole, and fen a month; never more than the whole. */
export const discountsFen = ({ item }: DueItem, whole: number, payers: readonly [string, Piece[]][]): number[] => {
  const all = payers.flatMap(([, pieces]) => pieces);
  const percented = (pieces: readonly Piece[]) => total(pieces, ({ weight, percent }) => weight * BigInt(percent));
  const flat = (pieces: readonly Piece[]) => total(pieces, ({ lessFen, part }) => BigInt(lessFen) * BigInt(part));
  const weight = total(all, (piece) => piece.weight);
  const share = weight === 0n ? 0n : rounded(BigInt(whole) * percented(all), weight * 100n, item.rounding);
  const fixed = rounded(flat(all), BigInt(MONTH), item.rounding);
  const shares = split(
    Number(share),
    payers.map(([, pieces]) => percented(pieces)),
    item.rounding,
  );
  const fixeds = split(
    Number(fixed),
    payers.map(([, pieces]) => flat(pieces)),
    item.rounding,
  );
  return shares.map((one, i) => one + (fixeds[i] as number));
};

/** What somebody pays of a bill, and for which days. */
export interface Share extends Spell {
  fen: number;
}

/**
 * Shares a bill that was made among those who pay for its days as is known now; what was billed stays the whole, whatever
 * has become of rate and area. Days on which nobody pays are borne by nobody.
 * @param billed what it came to, before and of discounts (fen), and the days it was for
 */
export const shareAnew = (
  due: DueItem,
  unit: UnitEntry,
  discounts: readonly Discount[],
  billed: { grossFen: number; discountFen: number; spells: readonly Spell[] },
): Map<string, Share> => {
  const { grossFen, discountFen, spells } = billed;
  const covered = (piece: Piece) => spells.some(coversDay(piece.from));
  const pieces = piecesOf(due, unit, discounts, spells).filter(covered);
  const groups = [...byParty(pieces), ['', pieces.filter(({ party }) => party === undefined)] as const];
  const weights = groups.map(([, some]) => total(some, ({ weight }) => weight));
  const gross = split(grossFen, weights, due.item.rounding);
  const less = discountsFen(
    due,
    grossFen,
    groups.map(([party, some]) => [party, [...some]]),
  ).map(BigInt);
  const off = split(discountFen, less.some((one) => one > 0n) ? less : weights, due.item.rounding);
  return new Map(
    groups.flatMap(([party, some], i) => {
      const [first, last] = [some[0], some.at(-1)];
      if (party === '' || !first || !last) return [];
      const fen = gross[i] as number;
      return [[party, { from: first.from, to: last.to, fen: fen - Math.min(fen, off[i] as number) }]];
    }),
  );
};
