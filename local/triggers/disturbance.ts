import type { Work } from '../work.ts';

/** At-least-once made visible: how often (0–1) a delivery happens twice or after the one that follows it. */
export interface Disturb {
  duplicate?: number;
  reorder?: number;
  /** Same seed, same disturbances. */
  seed?: number;
}

/** What streams, bus and asynchronous invocations ask before they deliver. */
export interface Disturbance {
  set(options: Disturb): void;
  duplicates(): boolean;
  reorders(): boolean;
  /** Runs `deliver` now, or after whatever comes next has been dealt with. */
  deliver(deliver: () => void): void;
}

export function createDisturbance(work: Work): Disturbance {
  let { duplicate, reorder } = { duplicate: 0, reorder: 0 };
  let random = generator(1);
  let held: (() => void)[] = [];
  // When nothing else can run, what was held back is what comes next.
  work.onIdle(() => {
    const released = held;
    held = [];
    for (const deliver of released.reverse()) deliver();
  });
  const chance = (probability: number) => probability > 0 && random() < probability;
  return {
    set(options) {
      duplicate = options.duplicate ?? 0;
      reorder = options.reorder ?? 0;
      random = generator(options.seed ?? 1);
    },
    duplicates: () => chance(duplicate),
    reorders: () => chance(reorder),
    deliver(deliver) {
      // Whoever hands over is itself at work, so that idle comes after it.
      if (work.count() > 0 && chance(reorder)) held.push(deliver);
      else deliver();
    },
  };
}

/** mulberry32: 32 bits of state are plenty for choosing what to disturb. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
