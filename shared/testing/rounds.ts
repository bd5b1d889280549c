import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../time/clock.ts';

/** How long a call of the SDK takes (ms), amply. */
export const CALL = 20;

/** Time that passes only by calls: those made side by side take it together. */
export const rounds = (from: Instant) => {
  let now = from;
  let waiting: (() => void)[] = [];
  const call = () => new Promise<void>((resolve) => waiting.push(resolve));
  /** Runs a job to its end. @returns how long it took (ms), and what it threw */
  const run = async (job: () => Promise<unknown>): Promise<{ took: number; error?: Error }> => {
    const began = now;
    let ended: { error?: Error } | undefined;
    job().then(
      () => {
        ended = {};
      },
      (error: Error) => {
        ended = { error };
      },
    );
    for (;;) {
      await setImmediate();
      if (ended) return { took: now - began, ...ended };
      if (waiting.length === 0) continue;
      now += CALL;
      const going = waiting;
      waiting = [];
      for (const go of going) go();
    }
  };
  return { clock: () => now, call, run };
};

/** So many sites' ids, in pages. */
export async function* pagesOf(sites: number, page: number): AsyncGenerator<string[]> {
  for (let i = 0; i < sites; i += page)
    yield Array.from({ length: Math.min(page, sites - i) }, (_, n) => `s${String(i + n).padStart(5, '0')}`);
}
