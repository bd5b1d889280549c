import { randomInt } from 'node:crypto';
import { runNow } from '../lambda/run.ts';

/** How soon the first try is repeated at the latest, and how late any. */
const FIRST_MS = 10;
const LONGEST_MS = 1_000;
/** As finely as chance is drawn. */
const STEPS = 2 ** 32;

/**
 * How long to wait before a try is repeated: any time up to a limit that doubles with each (full jitter), so that those
 * who stood in each other's way don't meet again.
 * @param attempt how often it was tried before, from 0
 * @param random from 0, below 1
 * @returns milliseconds
 */
export const backoff = (attempt: number, random: number): number =>
  random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);

/** Waits before a try is repeated: by then whoever was first has written, or what was too much at once has passed. */
export const pause = (attempt: number): Promise<void> => {
  const sleep = runNow()?.sleep ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  return sleep(backoff(attempt, randomInt(STEPS) / STEPS));
};

/** How often what a call didn't take of its parts is handed over anew. */
const TRIES = 4;

/**
 * Hands parts over, and those that weren't taken again: AWS's batches fail in part.
 * @param hand gives the parts that weren't taken, in their order
 * @returns those that never were
 */
export const untilTaken = async <T>(
  parts: readonly T[],
  hand: (parts: readonly T[]) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  let left = parts;
  for (let attempt = 0; left.length > 0 && attempt < TRIES; attempt++) {
    if (attempt > 0) await pause(attempt);
    left = await hand(left);
  }
  return left;
};
