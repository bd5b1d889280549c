import { expect, test } from 'vitest';
import { report } from './figures.ts';

const met = (n: number, missed = 0) => ({ 'Q3.m': n, 'Q3.x': missed });

test('each period is compared with the one before, the first with what the span before ended with', () => {
  const parts = [
    { day: '2026-05-04', counts: met(3, 1) },
    { day: '2026-05-05', counts: met(4) },
    { day: '2026-05-07', counts: met(1, 1) },
  ];
  const before = [{ day: '2026-05-03', counts: met(1, 1) }];
  const { periods, total, previous } = report(parts, 'day', { from: '2026-05-04', to: '2026-05-07' }, before);
  expect(previous).toEqual({ from: '2026-04-30', to: '2026-05-03' });
  expect(periods.map(({ period, figures }) => [period, figures.Q3.change?.points ?? null])).toEqual([
    ['2026-05-04', '+25.00'],
    ['2026-05-05', '+25.00'],
    // Nothing was counted on the 6th.
    ['2026-05-07', null],
  ]);
  expect(total.Q3).toMatchObject({
    met: 8,
    missed: 2,
    previous: { met: 1, missed: 1, percent: '50.00' },
    change: { points: '+30.00', exact: '3/10' },
  });
  expect(total.Q4).toMatchObject({ rate: null, change: null, previous: { rate: null } });
});

test('what is asked for from the middle of a week on is compared with whole weeks only', () => {
  const parts = [
    { day: '2026-05-07', counts: met(1, 1) },
    { day: '2026-05-12', counts: met(1) },
  ];
  const before = [{ day: '2026-05-04', counts: met(2) }];
  const { periods } = report(parts, 'week', { from: '2026-05-06', to: '2026-05-12' }, before);
  expect(periods.map(({ period, figures }) => [period, figures.Q3.percent, figures.Q3.change?.points ?? null])).toEqual(
    [
      // Of the week of April 27 only the end was read.
      ['2026-05-04', '50.00', null],
      // The whole week of May 4: three of four, the Monday too.
      ['2026-05-11', '100.00', '+25.00'],
    ],
  );
});
