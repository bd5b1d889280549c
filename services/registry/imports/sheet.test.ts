import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/refusal.ts';
import { area } from './columns.ts';
import { readTable } from './sheet.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const refusalOf = async (bytes: Uint8Array) => {
  const refusal = await readTable(bytes).catch((error) => error);
  if (!(refusal instanceof Refusal)) throw new Error(`not refused: ${JSON.stringify(refusal)}`);
  return refusal.code;
};
/** A workbook with one sheet of this XML. */
const workbook = (sheet: string | Uint8Array) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': typeof sheet === 'string' ? strToU8(sheet) : sheet,
  });
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;

test('the encodings spreadsheets are saved in all read the same', async () => {
  const expected = { header: ['楼栋', '面积'], rows: [{ line: 2, cells: ['一号楼', '63.89'] }] };
  expect(await readTable(utf8('楼栋,面积\n一号楼,63.89\n'))).toEqual(expected);
  expect(await readTable(utf8('\ufeff楼栋,面积\r\n一号楼,63.89'))).toEqual(expected);
  const gbk = [0xc2, 0xa5, 0xb6, 0xb0, 0x2c, 0xc3, 0xe6, 0xbb, 0xfd, 0x0a, 0xd2, 0xbb, 0xba, 0xc5, 0xc2, 0xa5];
  expect(await readTable(Uint8Array.from([...gbk, ...utf8(',63.89')]))).toEqual(expected);
  expect(await readTable(Buffer.from('\ufeff楼栋\t面积\r\n一号楼\t63.89\r\n', 'utf16le'))).toEqual(expected);
  expect(await readTable(utf8('楼栋;面积\n一号楼;６３．８９'))).toEqual(expected);
});

test('lines are those of the file, past empty ones and inside quoted cells', async () => {
  const { rows } = await readTable(utf8('a,b\n\n1,"x ""y"", z"\n,\n2,"two\nlines"\n3,c\n'));
  expect(rows).toEqual([
    { line: 3, cells: ['1', 'x "y", z'] },
    { line: 6, cells: ['2', 'two lines'] },
    { line: 7, cells: ['3', 'c'] },
  ]);
});

test('a workbook reads as people see it: numbers, links, formatted text, results of formulas', async () => {
  const { header, rows } = await readTable(readFileSync(join(import.meta.dirname, 'fixtures', 'parties.xlsx')));
  expect(header.slice(0, 4)).toEqual(['楼栋', '房号', '业主姓名*', '联系电话']);
  expect(rows.map(({ line, cells }) => [line, ...cells.slice(1, 5)])).toEqual([
    [2, '101', '测试甲', '13900000001', 'jia@example.test'],
    [3, '102', '测试甲', '139 0000 0001', 'jia@example.test'],
    [5, '102', '测试乙', '13900000002', ''],
  ]);
});

test('what is no spreadsheet, or a broken one, is refused with a reason', async () => {
  expect(await refusalOf(utf8(''))).toBe('import.unreadable');
  expect(await refusalOf(utf8('a,b\n1,"never closed\n'))).toBe('import.unreadable');
  expect(await refusalOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe('import.not-a-sheet');
  expect(await refusalOf(Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00, 0xff]))).toBe('import.not-a-sheet');
  expect(await refusalOf(workbook('<worksheet><sheetData><row'))).toBe('import.unreadable');
  expect(await refusalOf(zipSync({ 'a.txt': utf8('no workbook') }))).toBe('import.unreadable');
  expect(await refusalOf(workbook('').slice(0, 200))).toBe('import.unreadable');
});

test('a file made to exhaust the memory is refused before it does', async () => {
  expect(await refusalOf(workbook(new Uint8Array(25 * 1024 * 1024)))).toBe('import.too-large');
  const far = (place: string, row: string) => workbook(sheetOf(`<row r="${row}">${cell(place, 'x')}</row>`));
  expect(await refusalOf(far('A1048576', '1048576'))).toBe('import.too-many-rows');
  expect(await refusalOf(far('XFD1', '1'))).toBe('import.too-large');
  expect(await refusalOf(far('&#65;999999', '1'))).toBe('import.unreadable');
  expect(await refusalOf(utf8(`a\n${'1\n'.repeat(5001)}`))).toBe('import.too-many-rows');
  const full = await readTable(utf8(`a\n${'1\n'.repeat(5000)}`));
  expect(full.rows).toHaveLength(5000);
});

test('a part that unpacks to more than it declares is cut at what it declares', async () => {
  const bytes = workbook(sheetOf(`<row r="1">${cell('A1', 'x'.repeat(100_000))}</row>`));
  // The size of the sheet stands in its local header and in the directory; both are made to lie.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lies = 0;
  for (let i = 0; i + 4 < bytes.length; i++) {
    if (view.getUint32(i, true) > 100_000 && view.getUint32(i, true) < 100_300) {
      view.setUint32(i, 50, true);
      lies += 1;
    }
  }
  expect(lies).toBe(2);
  expect(await refusalOf(bytes)).toBe('import.unreadable');
});

test('areas are read from plain decimals, with or without thousands apart', () => {
  expect(area('1,234.5')).toBe(1_234_500_000);
  expect(area('89.500')).toBe(89_500_000);
  expect(area('63.890001')).toBe(63_890_001);
  for (const wrong of ['-1', '1.2345678', '1e3', '89平米', '1000000.01', '１', '.5', 'NaN', '1,23', '1,234.5,6']) {
    expect(area(wrong), wrong).toMatchObject({ rule: 'import.area' });
  }
});
