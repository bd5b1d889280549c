import { expect, test } from 'vitest';
import { checked } from './checked.ts';
import type { Paper } from './model.ts';
import { accountStatementOf, deliverySheetOf, demandLetterOf, feeNoticeOf, receiptOf } from './testing.ts';

const WRONG: [what: string, paper: Paper, said: RegExp][] = [
  ['a total a fen off', { ...feeNoticeOf(2), totalFen: feeNoticeOf(2).totalFen + 1 }, /fee-notice FN-.*: totalFen/],
  ['a debt left out of the total', { ...demandLetterOf(3), totalFen: demandLetterOf(2).totalFen }, /totalFen/],
  ['a receipt over what was paid', receiptOf({ prepaidFen: 0 }), /totalFen/],
  ['a closing balance of its own', { ...accountStatementOf(3), closingFen: 1 }, /closingFen/],
  ['an opening balance that leads elsewhere', { ...accountStatementOf(3), openingFen: 0 }, /rows\[0\]\.balanceFen/],
  ['part of a fen', receiptOf({ prepaidFen: 0.5 }), /prepaidFen is not a whole number/],
  ['a day that is none', feeNoticeOf(1, { dueDay: '2026-02-30' }), /dueDay is not a day/],
  ['a link that runs', feeNoticeOf(1, { link: 'javascript:alert(1)' }), /link is not a web address/],
  ['more than anybody prints', deliverySheetOf(10_001), /rows has more than 10000 lines/],
  ['a name without an end', feeNoticeOf(1, { payer: '长'.repeat(2001) }), /payer has more than 2000 characters/],
];

test.each(WRONG)('%s is not printed', (_, paper, said) => {
  expect(() => checked(paper)).toThrow(said);
});

test('what adds up is the document itself', () => {
  for (const paper of [feeNoticeOf(3), demandLetterOf(), receiptOf(), accountStatementOf(4), deliverySheetOf(3)]) {
    expect(checked(paper)).toBe(paper);
  }
});
