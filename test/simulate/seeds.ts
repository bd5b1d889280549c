/** Seeds under which a law was once broken, and what it was: lived again with every run of the tests. */
export const FAILED_SEEDS: { seed: string; sites: number; days: number; was: string }[] = [];
