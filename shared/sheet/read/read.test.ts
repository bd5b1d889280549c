import { zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { xlsxOf } from '../xlsx.ts';
import type { SheetRow } from './cells.ts';
import { carriedDown } from './merges.ts';
import { readPages, tableIn } from './table.ts';
import { counted, row, said, sheetXml, stylesOf, workbookOf } from './testing.ts';
import { SHEETS_MAX } from './workbook.ts';
import { ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, VALUE_MAX } from './xml.ts';

const MAX = { rows: 5_000, columns: 100 };
const HEADINGS = ['楼栋', '房号', '面积', '备注'];
const known = (titles: readonly string[]) => HEADINGS.filter((one) => titles.includes(one)).length;
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array) => {
  const { rows, merges: _, unread: __, ...table } = tableIn(readPages(bytes, MAX), MAX, known);
  return { ...table, rows: rows.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]) };
};
const refusalOf = (bytes: Uint8Array) => {
  try {
    return JSON.stringify(read(bytes));
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const HEADER = row(...HEADINGS.slice(0, 3).map((title) => said(title)));
/** The cells of one row under styles. */
const cellsOf = (formats: (string | number)[], ...cells: string[]) => {
  const bytes = workbookOf({ a: sheetXml(row(...cells)) }, { styles: stylesOf(...formats) });
  return readPages(bytes, MAX)[0]?.rows[0]?.cells ?? [];
};

test('the encodings spreadsheets are saved in all read the same', () => {
  const expected = { sheet: 'CSV', line: 1, header: ['楼栋', '面积'], rows: [[2, '一号楼', '63.89']] };
  expect(read(utf8('楼栋,面积\n一号楼,63.89\n'))).toEqual(expected);
  expect(read(utf8('\ufeff楼栋,面积\r\n一号楼,63.89'))).toEqual(expected);
  const gbk = [0xc2, 0xa5, 0xb6, 0xb0, 0x2c, 0xc3, 0xe6, 0xbb, 0xfd, 0x0a, 0xd2, 0xbb, 0xba, 0xc5, 0xc2, 0xa5];
  expect(read(Uint8Array.from([...gbk, ...utf8(',63.89')]))).toEqual(expected);
  expect(read(Buffer.from('\ufeff楼栋\t面积\r\n一号楼\t63.89\r\n', 'utf16le'))).toEqual(expected);
  expect(read(Buffer.from('\ufeff楼栋\t面积\r\n一号楼\t63.89\r\n', 'utf16le').swap16())).toEqual(expected);
  expect(read(utf8('楼栋;面积\n一号楼;６３．８９'))).toEqual(expected);
});

test('the first line may say what parts the columns; a title above the header has nothing that does', () => {
  const rows = [[3, '一号楼', '63,89']];
  expect(read(utf8('sep=;\r\n楼栋;面积\r\n一号楼;63,89\r\n'))).toMatchObject({ line: 2, rows });
  expect(read(utf8('\ufeff"sep=;"\n楼栋;面积\n一号楼;63,89\n'))).toMatchObject({ line: 2, rows });
  expect(read(utf8('sep=,\n楼栋,面积\n一号楼,"63,89"\n'))).toMatchObject({ line: 2, rows });
  expect(read(utf8('翠湖花园房屋台账\n楼栋;面积\n一号楼;63,89\n'))).toMatchObject({ line: 2, rows });
  expect(read(utf8('翠湖花园，房屋台账\n楼栋\t面积\n一号楼\t63,89\n'))).toMatchObject({ line: 2, rows });
});

test('lines are those of the file, past empty ones and inside quoted cells', () => {
  expect(read(utf8('楼栋,备注\n\n1,"x ""y"", z"\n,\n2,"two\nlines"\n3,c\n')).rows).toEqual([
    [3, '1', 'x "y", z'],
    [6, '2', 'two lines'],
    [7, '3', 'c'],
  ]);
});

test('digits that a CSV or people call a text are a text, with what they begin with', () => {
  expect(read(utf8('楼栋,房号\n1,="0101"\n1,"=""0102"""\n1,\'0103\n1,\' =x\n')).rows.map(([, , text]) => text)).toEqual(
    ['0101', '0102', '0103', '=x'],
  );
});

test('format characters and padding of any kind are nothing', () => {
  expect(
    read(utf8('楼\u200b栋,房\u00ad号\n1\u2060,\u202a0101\u202c\ufeff\n\u200b,\u3164\n\u3000,\u00a0\n')).rows,
  ).toEqual([[2, '1', '0101']]);
});

test('a number is what its format shows', () => {
  const formats = ['General', '0000', '0.00', '#,##0.00', '0"室"', '0.00E+00', '0.00%', '@', 'bad[', 2];
  const cells = [
    counted('88.930000000000007'),
    counted(101, 1),
    counted('1.005', 2),
    counted(1234.5, 3),
    counted(101, 4),
    counted(101, 5),
    counted(0.05, 6),
    counted(101, 7),
    counted(101, 8),
    counted(88.934, 9),
    counted('0.30000000000000004'),
    counted(13800000001),
    counted(6222020200112233),
  ];
  expect(cellsOf(formats, ...cells).map(({ text, decimal }) => [text, decimal])).toEqual([
    ['88.93', '88.93'],
    ['0101', '101'],
    [expect.any(String), '1.01'],
    ['1,234.50', '1234.5'],
    ['101室', '101'],
    ['1.01E+02', '101'],
    ['5.00%', undefined],
    ['101', '101'],
    ['101', '101'],
    ['88.93', '88.93'],
    ['0.3', '0.3'],
    ['13800000001', '13800000001'],
    ['6.22202E+15', undefined],
  ]);
});

test('days, yes and no, and failed formulas are told from texts and numbers', () => {
  const formats = ['General', 'yyyy"年"m"月"d"日"', 14, 31, '[$-804]m/d;@'];
  const days = [1, 2, 3, 4].map((style) => counted(46143, style));
  const [a, b, c, d, flag, error, iso, ok] = cellsOf(
    formats,
    ...days,
    '<c t="b"><v>1</v></c>',
    '<c t="e"><v>#REF!</v></c>',
    '<c t="d"><v>2026-05-01T00:00:00</v></c>',
    '<c t="str"><f>A1</f><v>0101</v></c>',
  );
  for (const day of [a, b, c, d, iso]) expect(day).toEqual({ kind: 'day', text: '2026-05-01' });
  expect([flag, error, ok]).toEqual([
    { kind: 'flag', text: 'TRUE' },
    { kind: 'error', text: '#REF!' },
    { kind: 'text', text: '0101' },
  ]);
  const since1904 = workbookOf(
    { a: sheetXml(row(counted(46143 - 1462, 0))) },
    { styles: stylesOf(14), properties: 'date1904="1"' },
  );
  expect(readPages(since1904, MAX)[0]?.rows[0]?.cells).toEqual([{ kind: 'day', text: '2026-05-01' }]);
});

test('texts of runs are joined, without how they are spoken; signs that XML cannot hold are read', () => {
  const sharedStrings =
    '<sst><si><r><t>一号</t></r><r><t>楼</t></r><rPh><t>yihaolou</t></rPh></si><si><t>a_x000D_b &amp; c</t></si></sst>';
  const sheet = sheetXml(row('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>9</v></c>'));
  expect(
    readPages(workbookOf({ a: sheet }, { sharedStrings }), MAX)[0]?.rows[0]?.cells.map(({ text }) => text),
  ).toEqual(['一号楼', 'a b & c']);
});

test('what is only formatted is nothing, wherever it stands; cells and rows need not say where they are', () => {
  const sheet = sheetXml(
    `${HEADER}<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c t="inlineStr"><is><t>101</t></is></c><c r="XFD2" s="0"/></row>
     <row r="1048576"><c r="A1048576" s="0"/></row>`,
  );
  expect(read(workbookOf({ a: sheet }))).toEqual({
    sheet: 'a',
    line: 1,
    header: ['楼栋', '房号', '面积'],
    rows: [[2, '1', '101']],
  });
  expect(read(workbookOf({ a: sheetXml(`${HEADER}<row r="9000">${said('1')}</row>`) })).rows).toEqual([[9000, '1']]);
});

test('the header is found below titles and behind a sheet of notes; hidden sheets are not seen', () => {
  const notes = sheetXml(row(said('填写说明')) + row(said('楼栋'), said('必填')) + row(said('房号'), said('必填')));
  const data = sheetXml(`${row(said('翠湖花园房屋台账'))}<row/>${HEADER}${row(said('1'), said('101'), counted(88.9))}`);
  expect(read(workbookOf({ 说明: notes, 房屋: data }))).toMatchObject({
    sheet: '房屋',
    line: 3,
    rows: [[4, '1', '101', '88.9']],
  });
});

test('what a merged cell says stands in its first line, and in every line where it is carried down', () => {
  const rows = [
    row(said('1'), said('101')),
    row('<c/>', said('102')),
    row('<c/>', '<c/>'),
    row('<c/>', said('103')),
    row('<c/>', said('104')),
  ];
  const merges = '<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="C1:D1"/><mergeCell ref="Z9:B"/></mergeCells>';
  const table = tableIn(readPages(workbookOf({ a: sheetXml(HEADER + rows.join(''), merges) }), MAX), MAX, known);
  const texts = (some: SheetRow[]) => some.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]);
  expect(texts(table.rows)).toEqual([
    [2, '1', '101'],
    [3, '', '102'],
    [5, '', '103'],
    [6, '', '104'],
  ]);
  expect(texts(carriedDown(table.rows, table.merges))).toEqual([
    [2, '1', '101'],
    [3, '1', '102'],
    [5, '1', '103'],
    [6, '', '104'],
  ]);
});

test('what we write comes back as it was', () => {
  const bytes = xlsxOf({
    header: ['楼栋', '备注'],
    rows: [
      ['1', '=1+1'],
      [null, 'x'],
      [12, { decimal: '-1.50' }],
    ],
  });
  expect(read(bytes).rows).toEqual([
    [2, '1', '=1+1'],
    [3, '', 'x'],
    [4, '12', '-1.5'],
  ]);
});

test('what is no spreadsheet, or a broken one, is refused with a reason', () => {
  expect(refusalOf(utf8(''))).toBe('import.unreadable');
  expect(refusalOf(utf8('a,b\n1,"never closed\n'))).toBe('import.unreadable');
  expect(refusalOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe('import.not-a-sheet');
  expect(refusalOf(Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00, 0xff]))).toBe('import.not-a-sheet');
  expect(refusalOf(workbookOf({ a: '<worksheet><sheetData><row' }))).toBe('import.unreadable');
  expect(refusalOf(workbookOf({ a: sheetXml('') }))).toBe('import.unreadable');
  expect(refusalOf(zipSync({ 'a.txt': utf8('no workbook') }))).toBe('import.unreadable');
  expect(refusalOf(workbookOf({ a: '' }).slice(0, 200))).toBe('import.unreadable');
});

test('a file made to exhaust the memory is refused before it does', () => {
  expect(refusalOf(workbookOf({ a: new Uint8Array(25 * 1024 * 1024) }))).toBe('import.too-large');
  expect(refusalOf(workbookOf({ a: sheetXml(`<row>${said('x', 'XFD1')}</row>`) }))).toBe('import.too-many-columns');
  expect(refusalOf(utf8(`楼栋\n${'1\n'.repeat(5001)}`))).toBe('import.too-many-rows');
  expect(refusalOf(utf8(`楼栋\n${'1\n'.repeat(50_001)}`))).toBe('import.too-many-rows');
  expect(refusalOf(workbookOf({ a: sheetXml(HEADER + row(said('1')).repeat(50_000)) }))).toBe('import.too-many-rows');
  expect(read(utf8(`楼栋\n${'1\n'.repeat(5000)}`)).rows).toHaveLength(5000);
});

test('rows of a CSV in which nothing stands are none of its rows', () => {
  const empty = ',,\r\n'.repeat(6000);
  expect(read(utf8(`楼栋,房号,面积\r\n1,101,80\r\n${empty}2,102,80\r\n${empty}`)).rows).toEqual([
    [2, '1', '101', '80'],
    [6003, '2', '102', '80'],
  ]);
});

test('a workbook of which no program makes the like is refused, by what is counted in it', () => {
  const sheet = (cells: string) => workbookOf({ a: sheetXml(HEADER + cells) });
  const attributes = (n: number) => Array.from({ length: n }, (_, i) => `a${i}="x"`).join(' ');
  const cell = (n: number) => sheet(`<row><c ${attributes(n - 1)} t="str"><v>1</v></c></row>`);
  expect(read(cell(ATTRIBUTES_MAX)).rows).toEqual([[2, '1']]);
  expect(refusalOf(cell(ATTRIBUTES_MAX + 1))).toBe('import.unreadable');
  expect(refusalOf(cell(100_000))).toBe('import.unreadable');
  expect(refusalOf(sheet(`<row><c r="${'A'.repeat(VALUE_MAX + 1)}"><v>1</v></c></row>`))).toBe('import.unreadable');
  const deep = (n: number) => sheet(`<x>${'<x>'.repeat(n)}${'</x>'.repeat(n)}</x><row><c><v>1</v></c></row>`);
  expect(read(deep(DEPTH_MAX - 4)).rows).toEqual([[2, '1']]);
  expect(refusalOf(deep(DEPTH_MAX))).toBe('import.unreadable');
  expect(refusalOf(workbookOf({ a: '<a>'.repeat(1_000_000) }))).toBe('import.unreadable');
  const declared = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100)}">]>${sheetXml(HEADER + row(said('&a;&a;')))}`;
  expect(refusalOf(workbookOf({ a: declared }))).toBe('import.unreadable');
  expect(refusalOf(sheet(`<row>${'<c/>'.repeat(ELEMENTS_MAX)}</row>`))).toBe('import.unreadable');
  const place = '<c r="A2" t="str"><v>1</v></c>';
  expect(refusalOf(sheet(`<row>${place.repeat(MAX.columns + 1)}</row>`))).toBe('import.too-many-columns');
  const many = Object.fromEntries(Array.from({ length: SHEETS_MAX + 1 }, (_, i) => [`s${i}`, sheetXml(HEADER)]));
  expect(refusalOf(workbookOf(many))).toBe('import.too-many-sheets');
});

test('of a hundred thousand texts that are shared only those are looked at that a cell shows, each once', () => {
  const shared = (n: number) => `<c t="s"><v>${n}</v></c>`;
  const looked = vi.spyOn(String.prototype, 'normalize');
  try {
    const sharedStrings = `<sst>${'<si><t>１ 幢</t></si>'.repeat(100_000)}</sst>`;
    const rows = `<row>${shared(7)}${shared(99_999)}</row>`.repeat(1_000);
    expect(read(workbookOf({ a: sheetXml(HEADER + rows) }, { sharedStrings })).rows.at(-1)).toEqual([
      1_001,
      '1 幢',
      '1 幢',
    ]);
    expect(looked.mock.calls.length).toBeLessThan(1_000);
  } finally {
    looked.mockRestore();
  }
});

test('merges that overlap a hundred thousand times take no longer than there are', () => {
  const merges = '<mergeCell ref="A1:A1048576"/>'.repeat(50_000);
  const many = sheetXml(HEADER + row(said('1')).repeat(4_000), `<mergeCells>${merges}</mergeCells>`);
  expect(read(workbookOf({ a: many })).rows[0]).toEqual([2, '1']);
});

test('a part that unpacks to more than it declares is cut at what it declares', () => {
  const bytes = workbookOf({ a: sheetXml(row(said('x'.repeat(100_000)))) });
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
  expect(refusalOf(bytes)).toBe('import.unreadable');
});
