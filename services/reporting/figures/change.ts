import { halfUp, hundredths } from './percent.ts';

/** met of met + missed, exact; `null` when nothing is decided. */
export type MetRate = { met: number; of: number } | null;

/** From one rate to another; `null` where one of them is. */
export type RateChange = {
  /** Percentage points with their sign, two decimals, rounded half up: `0.00` only where nothing changed, `+0.01` at least. */
  points: string;
  /** The same exactly, as a share of 1 in lowest terms: `-3/20`. */
  exact: string;
} | null;

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));
const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

/** By how much a rate is above (or below) the one before, in whole numbers throughout. */
export const changeOf = (now: MetRate, before: MetRate): RateChange => {
  if (now === null || before === null) return null;
  const [of, ofBefore] = [BigInt(now.of), BigInt(before.of)];
  const by = BigInt(now.met) * ofBefore - BigInt(before.met) * of;
  const from = of * ofBefore;
  const sign = by > 0n ? '+' : by < 0n ? '-' : '';
  const rounded = halfUp(absolute(by) * 10_000n, from);
  const points = by !== 0n && rounded === 0n ? 1n : rounded;
  const common = divisor(absolute(by), from);
  return {
    points: sign + hundredths(points),
    exact: `${by / common}/${from / common}`,
  };
};

/** Below 0 where `a` is the lower rate, above where it is the higher; exact. */
export const compareRates = (a: NonNullable<MetRate>, b: NonNullable<MetRate>): number => {
  const difference = BigInt(a.met) * BigInt(b.of) - BigInt(b.met) * BigInt(a.of);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
