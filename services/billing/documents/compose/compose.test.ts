import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../../shared/text/catalogue.ts';
import { PAPER } from '../../../../shared/text/paper.ts';
import type { Paper } from '../model.ts';
import {
  accountStatementOf,
  deliverySheetOf,
  demandLetterOf,
  feeNoticeOf,
  OFFSET,
  OLD_DEBT,
  receiptOf,
  reminderOf,
  secondNoticeOf,
} from '../testing.ts';
import { compose } from './compose.ts';

const ALL: Paper[] = [
  feeNoticeOf(2, { offsets: [OFFSET], arrears: [OLD_DEBT] }),
  reminderOf('friendly-reminder'),
  reminderOf('reminder'),
  secondNoticeOf(),
  demandLetterOf(),
  deliverySheetOf(2),
  receiptOf(),
  accountStatementOf(3),
];
const said = (paper: Paper) => JSON.stringify(compose(paper));

test.each(ALL)('$kind leaves no blank unfilled, in either language', (paper) => {
  for (const language of LANGUAGES) expect(said({ ...paper, language })).not.toMatch(/\{[a-zA-Z]+\}|undefined|NaN/);
});

test('no letter threatens utilities, access, lifts or parking, or to shame anybody (Civil Code 944)', () => {
  const words = Object.values(PAPER).flatMap(({ zh, en }) => [zh, en]);
  for (const text of words) {
    expect(text).not.toMatch(
      /停水|停电|断水|断电|停气|停暖|供水|供电|供热|供暖|燃气|门禁|电梯|停车|公示|征信|黑名单|水电/,
    );
    expect(text).not.toMatch(
      /water|electric|power|heating|\bgas\b|access|lift|elevator|parking|gate|publish|credit record/i,
    );
  }
});

test('a demand names the debt, a reasonable time, that it interrupts the limitation, and that objections are heard', () => {
  const text = said(demandLetterOf());
  for (const part of [
    '人民币伍佰壹拾柒元壹角壹分（¥517.11）',
    '2026年11月24日',
    '第九百四十四条',
    '第一百八十八条、第一百九十五条',
    '重新计算',
    '异议',
  ]) {
    expect(text).toContain(part);
  }
});

test('late charges are a column only where there are any', () => {
  expect(said(reminderOf('reminder'))).not.toContain('违约金');
  expect(said(secondNoticeOf())).toContain('违约金');
});

test('a receipt gives the total in figures and capitals, what is kept as prepaid, and that it is no invoice', () => {
  const text = said(receiptOf());
  for (const part of ['¥10,005.00', '壹万零伍元整', '转入预存款', '¥9,671.01', '不是发票', '2026-000345'])
    expect(text).toContain(part);
});
