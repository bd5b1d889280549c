import { describe, expect, it } from 'vitest';
import type { ComplaintRow } from './rows.ts';
import { callbackAfter, isAttitude, momentsOf, ratingOf, ringsOf } from './steps.ts';

const HOUR = 3_600_000;
const row = (key: bigint, created: number, closed?: number): ComplaintRow => ({
  line: 2,
  key,
  site: 'BRONX',
  department: 'HPD',
  created,
  ...(closed === undefined ? {} : { closed }),
  words: 'HEATING',
});

describe('the numbers of a row', () => {
  it.each([
    [26973624n, 5, false, 24, 5],
    [26975216n, 2, false, 56, 3],
    [50n, 1, true, 50, 3],
    [0n, 1, true, 0, 1],
  ])('follow from its key %s', (key, rings, attitude, hours, rating) => {
    const of = row(key, 0);
    expect(ringsOf(of)).toBe(rings);
    expect(isAttitude(of)).toBe(attitude);
    expect(callbackAfter(of)).toBe(hours * HOUR);
    expect(ratingOf(of)).toBe(rating);
  });

  it('stay exact for keys beyond what a float holds', () => {
    expect(ringsOf(row(9_007_199_254_740_993n, 0))).toBe(4);
  });
});

describe('the moments of a file', () => {
  it('are in order of time, and none is at or after the end', () => {
    const moments = momentsOf([row(2n, 10, 20), row(1n, 0, 30)], 20 + 2 * HOUR);
    expect(moments.map(({ at, what }) => [at, what])).toEqual([
      [0, 'take'],
      [10, 'take'],
      [20, 'resolve'],
      [30, 'resolve'],
      [30 + HOUR, 'call-back'],
    ]);
  });

  it('take, resolve and call back in this order when all are at one moment', () => {
    expect(momentsOf([row(60n, 5, 5)], 6).map(({ what }) => what)).toEqual(['take', 'resolve', 'call-back']);
  });
});
