import { expect, test } from 'vitest';
import { itemLabel, periodLabel, unitLabel, word } from './labels.ts';

test('a period is said in words; a paid service goes by its day, not by the id of its slip', () => {
  const said = (period: string) => [
    periodLabel(`management/${period}`, 'zh-CN'),
    periodLabel(`management/${period}`, 'en'),
  ];
  expect(said('2026-11')).toEqual(['2026年11月', 'November 2026']);
  expect(said('2026-Q4')).toEqual(['2026年第4季度', 'Q4 2026']);
  expect(said('2026')).toEqual(['2026年', '2026']);
  // A later bill for the same period.
  expect(said('2026-11+2')).toEqual(['2026年11月', 'November 2026']);
  expect(said('2026-11-24.slp_01')).toEqual(['2026-11-24', '2026-11-24']);
});

test('an item goes by the name of the schedule, else by its code', () => {
  const names = new Map([['management', { zh: '物业服务费', en: 'Management fee' }]]);
  expect(itemLabel('management/2026-11', names, 'zh-CN')).toBe('物业服务费');
  expect(itemLabel('parking/2026-11', names, 'en')).toBe('parking');
  expect(itemLabel('service/2026-11-24.slp_1', names, 'en')).toBe('Paid service');
});

test('a unit goes by its place, else by its id; words of closed lists stand in the catalogue', () => {
  expect(unitLabel({ building: '3', number: '1201' }, 'unt_1', {})).toBe('3幢1201室');
  const placeFormat = '{phase}{building}号楼{entrance}单元{floor}层{number}';
  expect(unitLabel({ building: '3', entrance: '2', number: '1201' }, 'unt_1', { placeFormat })).toBe('3号楼2单元1201');
  expect(unitLabel(undefined, 'unt_1', {})).toBe('unt_1');
  expect([word('method', 'cash', 'zh-CN'), word('entry', 'waiver', 'en')]).toEqual(['现金', 'Waived']);
});
