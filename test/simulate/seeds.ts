/**
 * Seeds under which a law was once broken, and what it was: lived again with every run of the tests. What people do or faults strike
 * changes the lives of all seeds: what is to be kept from coming back, has a test of its own.
 */
export const FAILED_SEEDS: { seed: string; sites: number; days: number; was: string }[] = [
  { seed: 'w/1', sites: 3, days: 18, was: 'a mailer claimed again what another had mailed' },
  { seed: 'late/0', sites: 3, days: 19, was: 'the proof of a day folded what was taken up late without the opening' },
];
