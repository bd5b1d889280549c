import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeOf, compareRates } from './change.ts';

const rate = fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat()).map(([of, met]) => ({ of, met: met % (of + 1) }));

test('a change is told in percentage points with its sign, and exactly', () => {
  expect(changeOf({ met: 1, of: 2 }, { met: 2, of: 5 })).toEqual({ points: '+10.00', exact: '1/10' });
  expect(changeOf({ met: 2, of: 3 }, { met: 1, of: 1 })).toEqual({ points: '-33.33', exact: '-1/3' });
  expect(changeOf({ met: 2, of: 4 }, { met: 3, of: 6 })).toEqual({ points: '0.00', exact: '0/1' });
});

test('a change is rounded half up, away from nothing; one too small for two decimals is the least there is', () => {
  expect(changeOf({ met: 1_000_001, of: 2_000_001 }, { met: 1, of: 2 })?.points).toBe('+0.01');
  expect(changeOf({ met: 1, of: 3 }, { met: 1, of: 1 })?.points).toBe('-66.67');
  expect(changeOf({ met: 99_999, of: 100_000 }, { met: 1, of: 1 })?.points).toBe('-0.01');
});

test('there is no change from or to nothing', () => {
  expect(changeOf(null, { met: 1, of: 2 })).toBeNull();
  expect(changeOf({ met: 0, of: 2 }, null)).toBeNull();
});

test('law: there and back is the same way with the other sign, and rates compare as their change says', () => {
  fc.assert(
    fc.property(rate, rate, (a, b) => {
      const turned = (text = '') => text.replace(/^[+-]?/, (sign) => (sign === '-' ? '+' : '-'));
      const [there, back] = [changeOf(a, b), changeOf(b, a)];
      const order = compareRates(a, b);
      expect(compareRates(b, a)).toBe(order === 0 ? 0 : -order);
      if (order === 0) expect(there).toEqual({ points: '0.00', exact: '0/1' });
      else expect(there?.points).toBe(turned(back?.points));
      expect(there?.points.startsWith('+')).toBe(order > 0);
    }),
  );
});
