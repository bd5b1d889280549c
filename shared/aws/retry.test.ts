import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, pause } from './retry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('law: any time from nothing to a limit that doubles, never over a second', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
      const wait = backoff(attempt, chance);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(Math.min(1_000, 10 * 2 ** attempt));
    }),
  );
  expect([backoff(3, 0), backoff(3, 0.5), backoff(20, 0.5)]).toEqual([0, 40, 500]);
});

test('those who stood in each other’s way do not come back together', async () => {
  const woke: number[] = [];
  const begin = Date.now();
  const waiting = Array.from({ length: 50 }, () => pause(6).then(() => woke.push(Date.now() - begin)));
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(waiting);
  expect(new Set(woke).size).toBeGreaterThan(25);
});
