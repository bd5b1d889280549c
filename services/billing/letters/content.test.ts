import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import type { BillFacts } from '../accounts/account.ts';
import { bill } from '../accounts/testing.ts';
import type { FeeNotice } from '../documents/model.ts';
import { type LetterWords, paperOf } from './content.ts';
import type { Letter } from './letter.ts';
import { letterInHand } from './testing.ts';

const WORDS: LetterWords = {
  language: 'zh-CN',
  payer: '张伟',
  site: { name: '湖畔花园' },
  units: new Map([['unt_1', { building: '3幢', number: '1201' }]]),
  names: new Map([['management', { zh: '物业管理费', en: 'Management fee' }]]),
  policy: DEFAULT_POLICY,
};
const notice = letterInHand({ kind: 'fee-notice' }).state as Letter;
const noticeOf = (bills: BillFacts[], words: Partial<LetterWords> = {}) =>
  paperOf({ id: 'let_1', state: notice }, [{ account: 'acc_1-1', unit: 'unt_1', bills, offsets: [], debts: [] }], {
    ...WORDS,
    ...words,
  }) as FeeNotice;

test('a notice gives the days that a bill is for: its own, or those of its period; a slip has none', () => {
  const daysOf = (facts: BillFacts) => noticeOf([facts]).lines[0]?.days;
  const due = { dueDay: '2026-12-03' };
  expect(daysOf(bill(25_399, { period: '2026-11', ...due }))).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  expect(daysOf(bill(25_399, { period: '2026-Q4', ...due }))).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(daysOf({ ...bill(9000, due), from: '2026-11-20', to: '2026-11-30' })).toEqual({
    from: '2026-11-20',
    to: '2026-11-30',
  });
  expect(daysOf(bill(9000, { item: 'service', period: '2026-11-24.slp_1', ...due }))).toBeUndefined();
});

test('a notice says how each amount came about, also of what is shared or flat', () => {
  const said = (facts: Partial<BillFacts>, language: LetterWords['language'] = 'zh-CN') =>
    noticeOf([{ ...bill(9000), ...facts }], { language }).lines[0]?.quantity;
  expect(said({ quantityMicro: 89_120_000, rate: '2.85' })).toBe('89.12 × 2.85 元');
  expect(said({ sharedMicro: 89_120_000 })).toBe('公摊，按面积 89.12 m² 分摊');
  expect(said({ rate: '30' })).toBe('30 元');
  expect(said({ rate: '30', from: '2026-10-01', to: '2026-12-31' })).toBe('30 元 × 3 个月');
  expect(said({ rate: '30', from: '2026-11-20', to: '2026-11-30' })).toBe('每月 30 元，按天计算');
  expect(said({ rate: '30', discountFen: 300 }, 'en')).toBe('¥30 discount -¥3.00');
});
