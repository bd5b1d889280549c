import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, pause, untilTaken } from './retry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('law: any time from nothing to a limit that doubles, never over a second', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, random);
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

test('what is not taken is handed over again, in its order, until it is or never was', async () => {
  const asked: string[][] = [];
  const taking = (never: string[], atFirst: string[]) => async (parts: readonly string[]) => {
    asked.push([...parts]);
    return parts.filter((part) => never.includes(part) || (asked.length === 1 && atFirst.includes(part)));
  };
  const handed = async (never: string[], atFirst: string[]) => {
    asked.length = 0;
    const left = untilTaken(['a', 'b', 'c'], taking(never, atFirst));
    await vi.advanceTimersByTimeAsync(1_000);
    return { left: await left, asked };
  };
  expect(await handed([], [])).toEqual({ left: [], asked: [['a', 'b', 'c']] });
  expect(await handed([], ['a', 'c'])).toEqual({
    left: [],
    asked: [
      ['a', 'b', 'c'],
      ['a', 'c'],
    ],
  });
  expect(await handed(['b'], ['c'])).toEqual({ left: ['b'], asked: [['a', 'b', 'c'], ['b', 'c'], ['b'], ['b']] });
});
