import { expect, test } from 'vitest';
import type { ReadCell } from '../../../shared/sheet/read/cells.ts';
import { area, day, levelText, oneOf, several } from './cells.ts';
import { parseRows } from './columns.ts';

test('areas are read from plain decimals, with or without thousands apart', () => {
  expect(area('1,234.5')).toBe(1_234_500_000);
  expect(area('89.500')).toBe(89_500_000);
  expect(area('63.890001')).toBe(63_890_001);
  expect(area('88.93㎡', { decimal: '88.93' })).toBe(88_930_000);
  for (const unit of ['㎡', 'm²', ' m2', '平米', ' 平方米']) expect(area(`1,088.93${unit}`)).toBe(1_088_930_000);
  for (const wrong of [
    '-1',
    '1.2345678',
    '1e3',
    '89亩',
    '㎡',
    '约89平米',
    '89㎡㎡',
    '1000000.01',
    '１',
    '.5',
    'NaN',
    '1,23',
    '1,234.5,6',
  ]) {
    expect(area(wrong), wrong).toMatchObject({ rule: 'import.area' });
  }
});

test('what a spreadsheet made of a room is no room: days, exponents, TRUE', () => {
  const read = (text: string, kind: 'text' | 'number' | 'day' | 'flag' = 'text') => levelText(40)(text, { kind, text });
  for (const room of ['101', '1-2', '8-2-101', '1E2', '101室', '1202.5', 'A-101', '0101'])
    expect(read(room)).toBe(room);
  for (const made of ['2026-01-02', '2026/1/2', '1月2日', '2-Jan', 'Jan-02']) {
    expect(read(made), made).toMatchObject({ rule: 'import.day-cell', details: { text: made } });
  }
  expect(read('2026-05-01', 'day')).toMatchObject({ rule: 'import.day-cell' });
  expect(read('TRUE', 'flag')).toMatchObject({ rule: 'import.flag-cell' });
  expect(read('TRUE')).toMatchObject({ rule: 'import.flag-cell' });
  for (const made of ['1.01E+02', '1.01E+2', '1E-5'])
    expect(read(made), made).toMatchObject({ rule: 'import.exponent' });
});

test.each([
  ['13800000001、13800000002(妻)', ['13800000001', '13800000002']],
  ['(212) 555-0102 (office)', ['(212) 555-0102']],
  ['(0571)88888888/无', ['(0571)88888888']],
])('several in a cell: words in brackets go, digits in brackets stay: %s', (text, said) => {
  expect(several((one) => one)(text, { kind: 'text', text }, 'CN')).toEqual(said);
});

test('what many cells show is read once a column; no word, day or list is longer than people write', () => {
  const cell: ReadCell = { kind: 'text', text: '138000' };
  const rows = Array.from({ length: 1_000 }, (_, i) => ({ line: i + 2, cells: [cell] }));
  let reads = 0;
  const read = (text: string) => {
    reads += 1;
    return text;
  };
  const table = { sheet: 'a', line: 1, header: ['phone'], rows, merges: [], unread: [] };
  const parsed = parseRows(table, { phone: { titles: [], read } }, { region: 'CN', language: 'en' });
  expect([parsed.length, parsed.at(-1)?.value, reads]).toEqual([1_000, { phone: '138000' }, 1]);

  const phones = several(read);
  reads = 0;
  for (const text of ['1、'.repeat(500), Array.from({ length: 500 }, () => '1').join(';')]) {
    expect(phones(text, { kind: 'text', text }, 'CN')).toMatchObject({ rule: 'import.too-many', details: { max: 10 } });
  }
  expect(reads).toBe(0);
  expect(day(`2026-${'T'.repeat(900)}`)).toMatchObject({ rule: 'import.day' });
  expect(oneOf([[1, 'word.yes']])(`是${'('.repeat(900)}`)).toMatchObject({ rule: 'import.one-of' });
});
