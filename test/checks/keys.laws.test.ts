import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cashKey, nextSerial, SERIAL, serialKey } from '../../services/billing/receipts/book.ts';
import { eventKey } from '../../shared/journal/layout.ts';
import { ordered } from '../../shared/journal/ordered.ts';
import { policyKey } from '../../shared/policy/policy.ts';

const serial = (n: number) => nextSerial({ year: '2026', next: n, voided: 0, owed: [] }, '2026');
/** Every key and cursor that holds a number and is read in order, beside the number it holds. */
const KEYS: Record<string, (n: number) => string> = {
  'an event of a journal': eventKey,
  'a version of a policy': (n) => policyKey('lakeside', n).sk,
  'a receipt of a site': (n) => serialKey('lakeside', serial(n)).sk,
  'a receipt of a cash day': (n) => cashKey('lakeside', '2026-11-05', serial(n)).sk,
  'a part of something kept in several, and an instant': ordered,
};

/** Around every change of width, up to the largest number there is. */
const numbers = fc.oneof(
  fc.maxSafeNat(),
  fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: -2, max: 2 })).map(([e, d]) => Math.max(0, 10 ** e + d)),
);

for (const [name, keyOf] of Object.entries(KEYS)) {
  test(`${name} sorts as its number does, however large`, () => {
    const inOrder = fc.property(numbers, numbers, (a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)];
      expect(one < other).toBe(a < b);
      expect(one === other).toBe(a === b);
    });
    fc.assert(inOrder, { numRuns: 500 });
  });
}

test('a serial is short, and goes on beyond what six digits hold', () => {
  expect([1, 345, 999_999, 1_000_000, 1_200_000].map(serial)).toEqual([
    '2026-000001',
    '2026-000345',
    '2026-999999',
    '2026-1000000',
    '2026-1200000',
  ]);
  for (const n of [1, 999_999, 1_000_000]) expect(serial(n)).toMatch(SERIAL);
  for (const not of ['2026-00345', '2026-0000345', '2026-', '26-000345']) expect(not).not.toMatch(SERIAL);
});
