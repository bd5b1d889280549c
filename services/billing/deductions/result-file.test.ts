import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPages } from '../../../shared/sheet/read/table.ts';
import { xlsxOf } from '../../../shared/sheet/xlsx.ts';
import type { BatchLine } from './deduction.ts';
import { readResult } from './result-file.ts';
import { fileOut } from './view.ts';

const line = (no: number, fen: number): [number, BatchLine] => [
  no,
  { line: no, account: `acc_${no}`, bank: 'icbc', token: `mandate-${no}`, fen, bills: [] },
];
const LINES = new Map([line(1, 100), line(2, 200), line(3, 300)]);
const HEADER = 'line,token,amountFen,status,reason';
const readBytes = (bytes: Uint8Array, lines: ReadonlyMap<number, BatchLine> = LINES) =>
  readResult(readPages(bytes, { rows: 1_000, columns: 50 }), lines);
const readText = (text: string) => readBytes(Buffer.from(text));
const read = (...rows: string[]) => readText([HEADER, ...rows, ''].join('\r\n'));

test('good lines are answers, with the reasons banks give', () => {
  expect(read('1,mandate-1,100,ok', '2,mandate-2,200,failed,insufficient-funds', '3,mandate-3,300,失败,拒付')).toEqual({
    rows: 3,
    answers: [
      { at: 2, line: 1, outcome: 'paid' },
      { at: 3, line: 2, outcome: 'insufficient-funds' },
      { at: 4, line: 3, outcome: 'refused' },
    ],
    faults: [],
  });
});

test.each(['toString', 'constructor', '__proto__', 'valueOf'])(
  'a reason that nobody knows is another: %s',
  (reason) => {
    expect(read(`1,mandate-1,100,failed,${reason}`).answers).toEqual([{ at: 2, line: 1, outcome: 'other' }]);
  },
);

test.each([
  ['9,mandate-9,100,ok', 'unknown-line'],
  ['1,mandate-2,100,ok', 'unknown-mandate'],
  ['1,mandate-1,101,ok', 'wrong-amount'],
  ['1,mandate-1,100,maybe', 'unknown-status'],
  ['1,mandate-1,1.00,ok', 'format'],
  ['1;mandate-1;100;ok', 'format'],
  ['\uFFFD\uFFFD,mandate-1,100,ok', 'format'],
  ['1,mandate-1,100,成功,余额不足', 'contradictory'],
  ['1,mandate-1,100,成功（余额不足后补扣）', 'unknown-status'],
  ['1,mandate-1,100,00', 'unknown-status'],
])('a bad line is reported with its number, the good ones stand: %s', (bad, why) => {
  const { answers, faults } = read(bad, '2,mandate-2,200,ok');
  expect(faults).toEqual([{ at: 2, why }]);
  expect(answers).toEqual([{ at: 3, line: 2, outcome: 'paid' }]);
});

test.each(['2,mand', '2,mandate-2,2', '2,mandate-2,200,', '2,mandate-2,200,fai', '2,mandate-2,200,failed,insuf'])(
  'a file cut off within its last line says nothing of that line: %s',
  (last) => {
    const { answers, faults } = readText(`${HEADER}\n1,mandate-1,100,ok\n${last}`);
    expect(answers).toEqual([{ at: 2, line: 1, outcome: 'paid' }]);
    expect(faults).toEqual([{ at: 3, why: 'truncated' }]);
  },
);

test('a last line without a line end is taken when it is complete', () => {
  expect(readText('1,mandate-1,100,ok\n2,mandate-2,200,failed,limit').answers).toHaveLength(2);
});

test('a line that is answered in two ways is answered in none', () => {
  const { answers, faults } = read('1,mandate-1,100,ok', '1,mandate-1,100,failed,limit', '2,mandate-2,200,ok');
  expect(answers).toEqual([{ at: 4, line: 2, outcome: 'paid' }]);
  expect(faults).toEqual([
    { at: 2, why: 'contradictory' },
    { at: 3, why: 'contradictory' },
  ]);
});

test('the file for the bank has a line for each, with a reference that comes back', () => {
  expect(fileOut('ded_1', [...LINES.values()].slice(0, 2))).toBe(
    'line,token,amountFen,reference\r\n1,mandate-1,100,ded_1-1\r\n2,mandate-2,200,ded_1-2\r\n',
  );
});

test('the file of a bank in GBK without a header is read as the registry reads files', () => {
  const lines = new Map([[1, { line: 1, account: 'acc_1', bank: 'icbc', token: 'tok-00000001', fen: 407, bills: [] }]]);
  const bytes = readFileSync(join(import.meta.dirname, 'fixtures', 'deduction-result-gbk.csv'));
  expect(readBytes(bytes, lines)).toEqual({
    rows: 1,
    answers: [{ at: 1, line: 1, outcome: 'insufficient-funds' }],
    faults: [],
  });
});

const THREE = [
  { at: 3, line: 1, outcome: 'paid' },
  { at: 4, line: 2, outcome: 'account-closed' },
  { at: 5, line: 3, outcome: 'insufficient-funds' },
];

test('yuan or fen is by the name of the column; what banks add and how they quote does not matter', () => {
  const yuan =
    '代扣结果清单\r\n序号,户名,协议号,金额（元）,币种,处理结果,失败原因\r\n1,"甲, 乙",mandate-1,"1.00",CNY,交易成功,\r\n' +
    '2,丙,mandate-2,¥2,CNY,处理失败,账户已销户\r\n3,丁,mandate-3,3.00,CNY,扣款失败：余额不足,\r\n';
  expect(readText(yuan)).toEqual({ rows: 3, answers: THREE, faults: [] });
  expect(readBytes(Buffer.from(`\ufeff${yuan}`, 'utf16le'))).toEqual({ rows: 3, answers: THREE, faults: [] });
  const fen = yuan.replace('金额（元）', '金额(分)').replace('1.00', '100').replace('¥2', '200').replace('3.00', '300');
  expect(readText(fen)).toEqual({ rows: 3, answers: THREE, faults: [] });
  const book = xlsxOf({
    header: ['代扣结果清单'],
    rows: [
      ['序号', '协议号', '金额(元)', '状态', '备注'],
      [1, 'mandate-1', { decimal: '1.00' }, '已扣', null],
      [2, 'mandate-2', 2, '失败', '帐号户名不符'],
      [3, 'mandate-3', 3, '余额不足', null],
    ],
  });
  expect(readBytes(book)).toEqual({ rows: 3, answers: THREE, faults: [] });
});

test('an amount that is not what was asked for is a fault of its line, also where less was taken', () => {
  const file =
    '序号,协议号,金额(元),实扣金额,结果\n1,mandate-1,100,100,成功\n2,mandate-2,2.00,1.50,成功\n3,mandate-3,3.00,0.00,失败\n';
  expect(readText(file)).toEqual({
    rows: 3,
    answers: [{ at: 4, line: 3, outcome: 'other' }],
    faults: [
      { at: 2, why: 'wrong-amount' },
      { at: 3, why: 'wrong-amount' },
    ],
  });
});

test.each([
  ['冻结', 'account-closed'],
  ['账号户名不符', 'account-closed'],
  ['授权终止', 'no-mandate'],
  ['余额不足', 'insufficient-funds'],
  ['超过单笔限额', 'limit'],
  ['客户拒付', 'refused'],
  ['系统原因', 'other'],
])('why it failed, in the words of banks: %s', (words, outcome) => {
  expect(read(`1,mandate-1,100,扣款失败,${words}`).answers).toEqual([{ at: 2, line: 1, outcome }]);
});

test('the file that went to the bank may come back with what became of each line', () => {
  const sent = fileOut('ded_1', [...LINES.values()])
    .trim()
    .split('\r\n');
  const back = (...words: string[]) => readText(`${sent.map((line, i) => `${line},${words[i]}`).join('\r\n')}\r\n`);
  const answers = [
    { at: 2, line: 1, outcome: 'paid' },
    { at: 3, line: 2, outcome: 'insufficient-funds' },
  ];
  const faults = [{ at: 4, why: 'unknown-status' }];
  expect(back('结果,原因', '成功,', '失败,余额不足', ',')).toEqual({ rows: 3, answers, faults });
  expect(back('', '扣款成功', '余额不足', '')).toEqual({ rows: 3, answers, faults });
});

test("a bank's own numbering is nobody's line where no column says whose mandate it is", () => {
  const lines = new Map([line(1, 100), line(2, 100)]);
  const file = readBytes(Buffer.from('序号,户名,金额(元),处理结果\n1,乙,1.00,成功\n2,甲,1.00,余额不足\n'), lines);
  expect(file.answers).toEqual([]);
  expect(file.faults.slice(-2).map(({ at }) => at)).toEqual([2, 3]);
});
