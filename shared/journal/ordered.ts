/**
 * A whole number in a key, as text that sorts as numbers do however large they are: how many digits it has, as a letter,
 * then the digits (`a7`, `c345`, `g1000000`). A width that is padded to ends somewhere; this doesn't.
 * @throws RangeError of what isn't a whole number from 0 on
 */
export const ordered = (n: number): string => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${n} has no place in a key`);
  const digits = String(n);
  return String.fromCharCode('a'.charCodeAt(0) + digits.length - 1) + digits;
};
