import { describe, expect, it } from 'vitest';
import { addressOf, feeOf, payingOf, readRows } from './rows.ts';

const file = (...areas: string[]) => ['community,district,area_m2', ...areas.map((area) => `A,x,${area}`)].join('\n');

describe('a file of units', () => {
  it('gives each row its number, line and site; refused rows count too', () => {
    const { rows, refused } = readRows(file(...Array.from({ length: 53 }, (_, i) => (i === 1 ? '-3' : '50.5'))));
    expect(refused).toEqual([{ line: 3, reason: 'area_m2: not a plain decimal' }]);
    expect(rows.map(({ r }) => r).slice(0, 3)).toEqual([1, 3, 4]);
    expect(rows.filter(({ site }) => site === '2').map(({ r, line }) => [r, line])).toEqual([
      [52, 53],
      [53, 54],
    ]);
  });

  it.each(['', '0', '0.00', '-1', '+1', '1e2', 'x', '1 2', '½', '１２', '.5', '5.'])(
    'refuses an area of %j',
    (area) => {
      const { rows, refused } = readRows(file('50', area === '' ? '""' : area, '60'));
      expect(refused.map(({ line }) => line)).toEqual([3]);
      expect(rows).toHaveLength(2);
    },
  );

  it('does not judge other columns; equal rows are different units', () => {
    const { rows, refused } = readRows('community,area_m2\n,50\n,50\n');
    expect(refused).toEqual([]);
    expect(rows.map(({ r, building }) => [r, building])).toEqual([
      [1, ''],
      [2, ''],
    ]);
  });
});

describe('the payer of a row', () => {
  it('is reached by its number', () => {
    expect([1, 4, 5, 15, 20].map((r) => addressOf({ r }))).toEqual(['works', 'none', 'bounces', 'bounces', 'none']);
  });

  it('pays all, half or nothing', () => {
    expect(payingOf({ r: 1 })).toEqual({ day: 5, half: false });
    expect(payingOf({ r: 20 })).toEqual({ day: 0, half: false });
    expect(payingOf({ r: 3 })).toEqual({ day: 12, half: true });
    expect(payingOf({ r: 6 })).toBeUndefined();
    expect(payingOf({ r: 9 })).toBeUndefined();
  });

  it('owes area × rate, half up to the fen, however many decimals there are', () => {
    expect(feeOf({ area: '63.89' }, '2.85')).toBe(18_209);
    expect(feeOf({ area: '58.9' }, '2.85')).toBe(16_787);
    expect(feeOf({ area: '0.0000001' }, '50000')).toBe(1);
  });
});
