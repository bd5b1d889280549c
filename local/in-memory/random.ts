import { generator } from '../triggers/disturbance.ts';

/** Chance that is drawn from a seed: the same seed, the same choices. */
export interface Chance {
  /** From 0, below 1. */
  next(): number;
  /** From 0, below `n`. */
  below(n: number): number;
  /** True once in so many. */
  oneIn(n: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Chance of its own, for what is named: what is drawn there moves nothing here. */
  of(name: string): Chance;
}

/** FNV-1a: a seed from text. */
const hash = (text: string): number => {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
};

export const chanceOf = (seed: string): Chance => {
  const next = generator(hash(seed));
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    oneIn: (n) => next() * n < 1,
    pick: (from) => from[below(from.length)] as never,
    of: (name) => chanceOf(`${seed}/${name}`),
  };
};
