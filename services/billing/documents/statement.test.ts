import { expect, test } from 'vitest';
import { pay, reverse } from '../accounts/decide.ts';
import { accountInHand, at, bill, WORDS, ZONE } from '../accounts/testing.ts';
import { statementOf } from './statement.ts';

const names = new Map([['management', { zh: '物业服务费', en: 'Management fee' }]]);

test('a statement runs from the opening balance to the closing one, reversals included; prepaid money is in the payer’s favour', () => {
  const account = accountInHand();
  account.charged(at('2026-10-01'), bill(10_000, { period: '2026-10', dueDay: '2026-10-12' }));
  account.charged(at('2026-11-01'), bill(10_000));
  account.does(at('2026-11-05'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 12_000 }));
  account.does(at('2026-11-20'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
  account.does(at('2026-11-25'), (on) => pay(on, { payment: 'pay_2', method: 'cash', fen: 21_000 }));
  const statement = statementOf(account.ledger.entries, {
    from: '2026-11-01',
    to: '2026-11-30',
    zone: ZONE,
    names,
    language: 'en',
  });
  expect(statement).toMatchObject({ openingFen: 10_000, closingFen: -1_000, prepaidFen: 1_000 });
  expect(statement.rows.map(({ day, what, period, balanceFen }) => [day, what, period, balanceFen])).toEqual([
    ['2026-11-01', 'Charged', 'November 2026', 20_000],
    ['2026-11-05', 'Paid', 'October 2026', 10_000],
    ['2026-11-05', 'Paid', 'November 2026', 8_000],
    ['2026-11-20', 'Reversed: Paid', 'October 2026', 18_000],
    ['2026-11-20', 'Reversed: Paid', 'November 2026', 20_000],
    ['2026-11-25', 'Paid', 'October 2026', 10_000],
    ['2026-11-25', 'Paid', 'November 2026', 0],
    ['2026-11-25', 'Prepaid', '', -1_000],
  ]);
});

test('what prepaid money pays is debit and credit at once', () => {
  const account = accountInHand();
  account.charged(at('2026-11-01'), bill(10_000));
  account.does(at('2026-11-05'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 15_000 }));
  account.charged(at('2026-12-01'), bill(10_000, { period: '2026-12', dueDay: '2026-12-10' }));
  const { rows, ...span } = statementOf(account.ledger.entries, {
    from: '2026-12-01',
    to: '2026-12-31',
    zone: ZONE,
    names,
    language: 'en',
  });
  expect(span).toMatchObject({ openingFen: -5_000, closingFen: 5_000, prepaidFen: 0 });
  expect(rows.map(({ what, debitFen, creditFen, balanceFen }) => [what, debitFen, creditFen, balanceFen])).toEqual([
    ['Charged', 10_000, 0, 5_000],
    ['Paid from prepaid', 5_000, 5_000, 5_000],
  ]);
});

test('a line counts for the local day it was added on', () => {
  const account = accountInHand();
  account.charged(at('2026-11-01', '00:30'), bill(10_000));
  const on = (from: string, to: string) =>
    statementOf(account.ledger.entries, { from, to, zone: ZONE, names, language: 'zh-CN' }).rows.length;
  expect([on('2026-10-31', '2026-10-31'), on('2026-11-01', '2026-11-01')]).toEqual([0, 1]);
});
