import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { readSheet } from 'read-excel-file/universal';
import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import { decimalCell, harmless, type Sheet, yuanCell } from './sheet.ts';
import { xlsxOf } from './xlsx.ts';

const read = async (sheet: Sheet) => {
  const bytes = xlsxOf(sheet);
  return readSheet(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
};
const FEES: Sheet = {
  header: ['项目', 'Amount <元>'],
  rows: [
    ['湖畔 "一期", & co', yuanCell(-123_405)],
    ['line\nbreak', yuanCell(7)],
    [null, 12],
    ['', decimalCell(null)],
  ],
};

test('CSV begins with the mark by which Excel knows UTF-8, and quotes what has to be', () => {
  expect(csvOf(FEES)).toBe(
    '\uFEFF项目,Amount <元>\r\n"湖畔 ""一期"", & co",-1234.05\r\n"line\nbreak",0.07\r\n,12\r\n,\r\n',
  );
});

test('XLSX holds the same, numbers as numbers', async () => {
  expect(await read(FEES)).toEqual([
    ['项目', 'Amount <元>'],
    ['湖畔 "一期", & co', -1234.05],
    ['line\nbreak', 0.07],
    [null, 12],
  ]);
  expect(xlsxOf(FEES)).toEqual(xlsxOf(FEES));
});

test('nothing that somebody wrote becomes a formula; numbers stay numbers', async () => {
  const evil = ['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("http://x")', '＝1+1'];
  for (const text of evil) expect(harmless(text)).toBe(`'${text}`);
  for (const text of ['3-4', 'a=b', '湖畔', '2026-05-01', '']) expect(harmless(text)).toBe(text);
  const sheet = { header: ['x'], rows: [['=1+1'], [decimalCell('-1.25')]] };
  expect(csvOf(sheet)).toBe("\uFEFFx\r\n'=1+1\r\n-1.25\r\n");
  expect(await read(sheet)).toEqual([['x'], ["'=1+1"], [-1.25]]);
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.trim());
test('law: whatever people write comes back from either file as it was, but for the apostrophe', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), async (rows) => {
      const sheet = { header: ['a', 'b'], rows };
      const wanted = [['a', 'b'], ...rows.map((row) => row.map(harmless))];
      expect(parse(csvOf(sheet), { bom: true, relax_column_count: true })).toEqual(wanted);
      const found = (await read(sheet)).map((row) => ['', ''].map((_, i) => String(row[i] ?? '')));
      const filled = wanted.map((row) => row.map((one) => one.replaceAll('\r', '\n')));
      while (filled.at(-1)?.every((one) => one === '')) filled.pop();
      expect(found).toEqual(filled);
    }),
    { numRuns: 200 },
  );
});

test('columns go on after Z', async () => {
  const header = Array.from({ length: 30 }, (_, n) => `c${n}`);
  expect((await read({ header, rows: [] }))[0]).toEqual(header);
});
