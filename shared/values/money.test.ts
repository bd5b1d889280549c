import { expect, test } from 'vitest';
import { type Decimal, decimal, feeFen, formatFen, rounded } from './money.ts';

const rate = (text: string) => decimal(text) as Decimal;

test('area × rate, rounded once and half up to the fen', () => {
  expect(feeFen(rate('2.85'), 89_120_000n, 'half-up')).toBe(25_399); // 253.992
  expect(feeFen(rate('2.85'), 88_700_000n, 'half-up')).toBe(25_280); // 252.795
  expect(feeFen(rate('2.85'), 88_700_000n, 'half-even')).toBe(25_280);
  expect(feeFen(rate('2.85'), 88_700_000n, 'down')).toBe(25_279);
  expect(feeFen(rate('0.1'), 1n, 'up')).toBe(1);
});

test('a part of the period is exact too', () => {
  expect(feeFen(rate('3'), 100_000_000n, 'half-up', { days: 14, of: 30 })).toBe(14_000);
  expect(feeFen(rate('1'), 100_000_000n, 'half-up', { days: 1, of: 3 })).toBe(3333);
});

test('halves go up, or to the even fen', () => {
  expect([1n, 3n, 5n].map((n) => rounded(n, 2n, 'half-up'))).toEqual([1n, 2n, 3n]);
  expect([1n, 3n, 5n].map((n) => rounded(n, 2n, 'half-even'))).toEqual([0n, 2n, 2n]);
});

test.each(['', ' 1', '-1', '+1', '1e3', '.5', '5.', '1,5', '0x1'])('%j is no plain decimal', (text) => {
  expect(decimal(text)).toBeUndefined();
});

test('an amount is printed in yuan with both places and its thousands apart', () => {
  const printed = [0, 5, 100, 99_999, 123_456, 100_000_000, -5, -123_456].map(formatFen);
  expect(printed.join(' ')).toBe('¥0.00 ¥0.05 ¥1.00 ¥999.99 ¥1,234.56 ¥1,000,000.00 -¥0.05 -¥1,234.56');
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is no amount in fen', (fen) => {
  expect(() => formatFen(fen)).toThrow(RangeError);
});
