/** With `LAWS=long` a law is tried so many times as often. */
const LONG = 40;

/** How often a law is tried: as many times as every change can wait for, or, by hand, for as long as a night has. */
export const runs = (often: number): { numRuns: number } => ({
  numRuns: process.env.LAWS === 'long' ? LONG * often : often,
});
