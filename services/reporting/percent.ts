/** A share in percent, two decimals, rounded down in whole numbers: 100.00 means that nothing is missing. */
export const percentOf = (some: number, of: number): string => {
  const hundredths = (BigInt(some) * 10_000n) / BigInt(of);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
};
