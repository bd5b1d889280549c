/**
 * Areas are exact: integer millionths of a square metre (1 = 1 mm²), because a bill is area × rate to the last digit.
 * Decimals are read from their text, never through a product of floats.
 */

/** Square metres; more than any building has. */
export const AREA_MAX = 1_000_000;
const DECIMALS = 6;
const MICRO = 10 ** DECIMALS;

/** Millionths of a square metre from plain decimal text in m²; `undefined` beyond six decimals or 1,000,000 m². */
export const microOf = (text: string): number | undefined => {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const decimals = part.replace(/0+$/, '');
  if (whole === undefined || decimals.length > DECIMALS) return undefined;
  const micro = Number(whole + decimals.padEnd(DECIMALS, '0'));
  return micro <= AREA_MAX * MICRO ? micro : undefined;
};

/** The same from a JSON number: thirteen digits at most, which a number holds apart from every other such decimal. */
export const microOfNumber = (m2: number): number | undefined => {
  const text = m2.toFixed(DECIMALS);
  return Number(text) === m2 ? microOf(text) : undefined;
};

/** m² as a JSON number: it prints as the decimal that was entered. */
export const squareMetres = (micro: number): number => micro / MICRO;
