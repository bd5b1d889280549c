/** A number in [0, 1): the same from the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** How often something happens that is expected so often (Poisson); by a normal from 50 on, which is as good there. */
export const drawn = (expected: number, random: () => number): number => {
  if (expected <= 0) return 0;
  if (expected > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal));
  }
  const least = Math.exp(-expected);
  let n = 0;
  for (let p = random(); p > least; p *= random()) n++;
  return n;
};

/** Units of each site, the largest first: they fall with rank to a power, and come to the sum. */
export const sizesOf = ({ sites, units, zipf }: { sites: number; units: number; zipf: number }): number[] => {
  const weights = Array.from({ length: sites }, (_, i) => (i + 1) ** -zipf);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (weight / sum) * units);
};

export const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;
