/**
 * A share in percent, two decimals, rounded half up in whole numbers; but 100.00 only with nothing missing, and 0.00 only
 * with nothing there.
 */
export const percentOf = (some: number, of: number): string =>
  hundredths(within(halfUp(BigInt(some) * 10_000n, BigInt(of)), some > 0, some < of));

/** Of what isn't negative: the nearest whole number, up from the middle. */
export const halfUp = (some: bigint, of: bigint): bigint => (2n * some + of) / (2n * of);

const within = (rounded: bigint, isMore: boolean, isLess: boolean): bigint => {
  if (isMore && rounded < 1n) return 1n;
  return isLess && rounded > 9_999n ? 9_999n : rounded;
};

/** Hundredths as a decimal: 7143 is 71.43. */
export const hundredths = (n: bigint): string => `${n / 100n}.${String(n % 100n).padStart(2, '0')}`;
