import { type Rounding, rounded } from '../../../shared/values/money.ts';

/**
 * Divides a whole among parts by their weights, each boundary between two of them rounded by the declared rule: the
 * shares add up exactly, none is negative, and the last gets the rest.
 * @param whole fen, not negative; @param weights not all 0 (then nobody gets anything)
 */
export const split = (whole: number, weights: readonly bigint[], rule: Rounding): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map(() => 0);
  let upTo = 0n;
  let given = 0n;
  return weights.map((weight) => {
    upTo += weight;
    const before = given;
    given = rounded(BigInt(whole) * upTo, total, rule);
    return Number(given - before);
  });
};
