import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MEASURE_IDS, STATES } from './measures/measure.ts';
import { packedName, packedRows, unpacked } from './pack.ts';
import { type Counts, nonZero, sum, tally } from './tally.ts';

const WHYS = ['not-valid', 'owner-refused', 'dispute', 'something-new'];
const outcome = fc.record({
  measure: fc.constantFrom(...MEASURE_IDS),
  state: fc.constantFrom(...STATES),
  why: fc.option(fc.constantFrom(...WHYS), { nil: undefined }),
  flag: fc.option(fc.constant('attempted' as const), { nil: undefined }),
});
const counts = fc.array(outcome, { maxLength: 40 }).map((all): Counts => {
  const days = new Map<string, Counts>();
  const outcomes = all.map(({ why, flag, ...one }) => ({
    ...one,
    day: '',
    ...(why ? { why } : {}),
    ...(flag ? { flag } : {}),
  }));
  tally(days, outcomes);
  return days.get('') ?? {};
});

test('law: what is packed comes out as it was, among the keys of an item, and changes add up to what they change', () => {
  fc.assert(
    fc.property(counts, counts, (before, more) => {
      expect(unpacked({ pk: 'lakeside#days', sk: '2026-05-01', v: 3, t: 4, b: 5, ...packedRows(before) })).toEqual(
        before,
      );
      expect(nonZero(unpacked(sum([packedRows(before), packedRows(more)])))).toEqual(sum([before, more]));
      const gone = Object.fromEntries(Object.entries(before).map(([cell, n]) => [cell, -n]));
      expect(nonZero(unpacked(sum([packedRows(before), packedRows(gone)])))).toEqual({});
    }),
  );
});

test('a name is a letter or two, or three with a reason that is known', () => {
  const names = ['Q3.m', 'Q3.x', 'Q3.x.attempted', 'Q6-slip.e.owner', 'Q3.e.odd'].map(packedName);
  expect(names).toEqual(['J', 'Jx', 'Jxa', 'Wel', 'Je.odd']);
  const all = MEASURE_IDS.flatMap((id) => ['m', 'x', 'r', 'e'].map((state) => packedName(`${id}.${state}`)));
  expect(new Set(all).size).toBe(all.length);
});
