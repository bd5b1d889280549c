/** An exact decimal number: `2.85` is 285 at scale 2. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

/** How a fee becomes whole fen (分); declared with the fee. */
export const ROUNDINGS = ['half-up', 'half-even', 'up', 'down'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

const PLAIN = /^\d{1,12}(?:\.(\d{1,12}))?$/;

/** Reads a plain decimal without sign, exponent or separators; `undefined` when it isn't one. */
export const decimal = (text: string): Decimal | undefined => {
  const match = PLAIN.exec(text);
  return match ? { digits: BigInt(text.replace('.', '')), scale: match[1]?.length ?? 0 } : undefined;
};

/** A non-negative fraction as a whole number, by a declared rule. */
export const rounded = (numerator: bigint, denominator: bigint, rule: Rounding): bigint => {
  const whole = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up =
    rule === 'up'
      ? twice > 0n
      : rule === 'down'
        ? false
        : twice > denominator || (twice === denominator && (rule === 'half-up' || whole % 2n === 1n));
  return up ? whole + 1n : whole;
};

/** The smallest unit of an amount, for a rate in yuan. */
const FEN_PER_YUAN = 100n;

/**
 * Yuan per something × how much of it × the part of the period, in whole fen; exact until it is rounded once.
 * @param quantity in millionths (of a m², a kWh, a piece)
 * @param part which share of it, as days of days; the whole by default
 */
export const feeFen = (
  rate: Decimal,
  quantity: bigint,
  rule: Rounding,
  part: { days: number; of: number } = { days: 1, of: 1 },
): number => {
  const numerator = rate.digits * FEN_PER_YUAN * quantity * BigInt(part.days);
  const denominator = 10n ** BigInt(rate.scale) * 1_000_000n * BigInt(part.of);
  return Number(rounded(numerator, denominator, rule));
};

export const sumFen = (amounts: readonly number[]): number => amounts.reduce((sum, fen) => sum + fen, 0);

/** An amount as people read it, from whole fen: `¥1,234.56`, `-¥0.05`. */
export const formatFen = (fen: number): string => {
  if (!Number.isSafeInteger(fen)) throw new RangeError('an amount is a whole number of fen');
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${yuan}.${digits.slice(-2)}`;
};
