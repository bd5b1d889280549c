import { expect, test } from 'vitest';
import type { BatchLine } from './deduction.ts';
import { readResult } from './result-file.ts';
import { fileOut } from './view.ts';

const line = (no: number, fen: number): [number, BatchLine] => [
  no,
  { line: no, account: `acc_${no}`, bank: 'icbc', token: `mandate-${no}`, fen, bills: [] },
];
const LINES = new Map([line(1, 100), line(2, 200), line(3, 300)]);
const HEADER = 'line,token,amountFen,status,reason';
const read = (...rows: string[]) => readResult([HEADER, ...rows, ''].join('\r\n'), LINES);

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
  [`1,mandate-1,100,failed,${'x'.repeat(400)}`, 'format'],
  ['1,mandate-1,100,ok,,', 'format'],
])('a bad line is reported with its number, the good ones stand: %s', (bad, why) => {
  const { answers, faults } = read(bad, '2,mandate-2,200,ok');
  expect(faults).toEqual([{ at: 2, why }]);
  expect(answers).toEqual([{ at: 3, line: 2, outcome: 'paid' }]);
});

test.each(['2,mand', '2,mandate-2,2', '2,mandate-2,200,', '2,mandate-2,200,fai', '2,mandate-2,200,failed,insuf'])(
  'a file cut off within its last line says nothing of that line: %s',
  (last) => {
    const { answers, faults } = readResult(`${HEADER}\n1,mandate-1,100,ok\n${last}`, LINES);
    expect(answers).toEqual([{ at: 2, line: 1, outcome: 'paid' }]);
    expect(faults).toEqual([{ at: 3, why: 'truncated' }]);
  },
);

test('a last line without a line end is taken when it is complete', () => {
  expect(readResult('1,mandate-1,100,ok\n2,mandate-2,200,failed,limit', LINES).answers).toHaveLength(2);
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
