import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOf } from './percent.ts';

test.each([
  [5, 7, '71.43'],
  [2, 3, '66.67'],
  [1, 3, '33.33'],
  [1, 8, '12.50'],
  [1, 800, '0.13'],
  [99_999, 100_000, '99.99'],
  [1, 100_000, '0.01'],
  [0, 100_000, '0.00'],
  [3, 3, '100.00'],
])('%i of %i is %s percent', (some, of, percent) => {
  expect(percentOf(some, of)).toBe(percent);
});

const rate = fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(2 ** 40)).map(([of, met]) => [met % (of + 1), of]);

test('law: the nearest hundredth, the upper of two; all of it alone is 100.00, nothing of it alone 0.00', () => {
  fc.assert(
    fc.property(rate, ([some = 0, of = 1]) => {
      const percent = percentOf(some, of);
      expect([percent === '100.00', percent === '0.00']).toEqual([some === of, some === 0]);
      const printed = BigInt(percent.replace('.', ''));
      // Twice what is printed too much, in hundredths of a percent times `of`: up to the middle, which goes up.
      const over = 2n * (printed * BigInt(of) - BigInt(some) * 10_000n);
      const isEdge = percent === '99.99' || percent === '0.01';
      if (!isEdge) expect(over > -BigInt(of) && over <= BigInt(of)).toBe(true);
    }),
  );
});

test('law: more of it never prints less', () => {
  fc.assert(
    fc.property(rate, ([some = 0, of = 1]) => {
      if (some === of) return;
      expect(Number(percentOf(some + 1, of))).toBeGreaterThanOrEqual(Number(percentOf(some, of)));
    }),
  );
});
