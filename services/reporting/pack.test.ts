import { expect, test } from 'vitest';
import { MEASURE_IDS } from './measures/measure.ts';
import { packed, packedName, unpacked } from './pack.ts';

const WHYS = ['', '.attempted', '.not-valid', '.owner-refused', '.dispute', '.something-new'];
const cells = MEASURE_IDS.flatMap((id) =>
  ['m', 'x', 'r', 'e'].flatMap((state) => WHYS.map((why) => `${id}.${state}${why}`)),
);

test('what is packed comes out as it was, every name of its own, among the keys of an item', () => {
  const counts = Object.fromEntries(cells.map((cell, n) => [cell, n]));
  expect(new Set(Object.keys(packed(counts))).size).toBe(cells.length);
  expect(unpacked({ pk: 'lakeside#days', sk: '2026-05-01', v: 3, ...packed(counts) })).toEqual(counts);
});

test('a name is two letters, or three with a reason that is known', () => {
  expect(['Q3.m', 'Q3.x.attempted', 'Q6-slip.e.owner', 'Q3.e.odd'].map(packedName)).toEqual([
    'jm',
    'jxa',
    'wel',
    'je.odd',
  ]);
});
