import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AREA_MAX, microOf, microOfNumber, squareMetres } from './area.ts';

/** Up to 1,000,000 m² in millionths. */
const micro = fc.integer({ min: 0, max: AREA_MAX * 1_000_000 });
const written = (n: number) => `${Math.floor(n / 1_000_000)}.${String(n % 1_000_000).padStart(6, '0')}`;

test('every area with at most six decimals is kept exactly, as text and as a JSON number, there and back', () => {
  fc.assert(
    fc.property(micro, (n) => {
      const text = written(n);
      expect(microOf(text)).toBe(n);
      expect(microOfNumber(JSON.parse(text))).toBe(n);
      expect(microOfNumber(JSON.parse(JSON.stringify(squareMetres(n))))).toBe(n);
    }),
    { numRuns: 2_000 },
  );
  expect([microOfNumber(89.57), microOfNumber(1.005), microOfNumber(0.000001)]).toEqual([89_570_000, 1_005_000, 1]);
});

test('what is finer, larger or not a plain decimal is no area', () => {
  for (const text of [
    '-1',
    '1.2345678',
    '1e3',
    '1000000.000001',
    '1,234',
    '１',
    '.5',
    '1.',
    ' 1',
    'NaN',
    '',
    `1${'0'.repeat(400)}`,
  ]) {
    expect(microOf(text), text).toBeUndefined();
  }
  for (const m2 of [
    -0.5,
    0.0000005,
    1.2345678,
    0.1 + 0.2,
    1_000_000.000001,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ]) {
    expect(microOfNumber(m2), String(m2)).toBeUndefined();
  }
  expect(microOf('89.5700000000')).toBe(89_570_000);
});
