import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { adjust, pay } from './decide.ts';
import { ledgerDifference } from './ledger/ledger.ts';
import { accountInHand, at, bill, contextWith, WORDS } from './testing.ts';

const BILL = 'management/2026-11';
const owing = (context = contextWith()) => {
  const account = accountInHand(context);
  account.charged(at('2026-11-01', '09:00'), bill(25_399));
  return account;
};
type Hand = ReturnType<typeof owing>;
const corrects = (account: Hand, fen: number, day = '2026-11-20') =>
  account.does(at(day), (on) => adjust(on, { bill: BILL, fen, words: WORDS }, account.ledger));
const pays = (account: Hand, day: string, fen: number, paidOn?: string) =>
  account.does(at(day), (on) => pay(on, { payment: `pay_${day}`, method: 'cash', fen, paidOn }));
const refused = (what: () => unknown): unknown => {
  try {
    what();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code === 'request.invalid' ? error.fields : error.code;
    throw error;
  }
};

test('law: a correction and its inverse are nothing, whatever was paid: balances, debts, their age and their rungs', () => {
  const amounts = fc.record({
    paid: fc.constantFrom(0, 10_000, 25_399, 30_000),
    fen: fc.integer({ min: -25_399, max: 40_000 }).filter((n) => n !== 0),
  });
  fc.assert(
    fc.property(amounts, ({ paid, fen }) => {
      const account = owing();
      account.wakesUp(at('2026-11-11', '09:00'));
      if (paid > 0) pays(account, '2026-11-12', paid);
      account.wakesUp(at('2026-11-17', '09:00'));
      const before = account.state;
      corrects(account, fen);
      corrects(account, -fen);
      const after = account.state;
      expect(ledgerDifference(after, account.ledger.entries)).toBe(0);
      expect(after.creditFen).toBe(before.creditFen);
      expect(after.debts).toEqual(before.debts);
      expect(after.ladders).toEqual(before.ladders);
    }),
  );
});

test('a settled bill that was too low is raised; it is dunned at its age, and no rung comes again', () => {
  const account = owing();
  account.wakesUp(at('2026-11-11', '09:00'));
  pays(account, '2026-11-12', 25_399);
  corrects(account, 601, '2026-11-16');
  expect(account.state.debts).toMatchObject([{ bill: BILL, openFen: 601, dueDay: '2026-11-10' }]);
  const steps = account.wakesUp(at('2026-11-17', '09:00')).map(({ data }) => (data as { rung?: string }).rung);
  expect(steps).toEqual(['reminder']);
  expect(refused(() => corrects(account, 1_000_000_000))).toBe('account.too-large');
  expect(refused(() => corrects(account, -26_001))).toBe('account.more-than-billed');
});

test('a bill that was corrected to nothing by mistake is put back', () => {
  const account = owing();
  corrects(account, -25_399, '2026-11-05');
  expect(account.state.debts).toEqual([]);
  corrects(account, 25_399, '2026-11-06');
  expect(account.state.debts).toMatchObject([{ openFen: 25_399, dueDay: '2026-11-10' }]);
});

test('late charges of what was billed too much go with it, and only those', () => {
  const account = owing(contextWith({ lateChargePerMillion: 400 }));
  pays(account, '2026-12-10', 1);
  // 30 days on 25,399, of which the payment took one fen.
  expect(account.state.debts).toMatchObject([{ openFen: 25_399, lateFen: 303 }]);
  corrects(account, -15_399, '2026-12-11');
  // 30 days on 10,000 are 120; one is paid.
  expect(account.state.debts).toMatchObject([{ openFen: 10_000, lateFen: 118 }]);
  corrects(account, 15_399, '2026-12-12');
  expect(account.state.debts).toMatchObject([{ openFen: 25_399, lateFen: 118 }]);
  corrects(account, -25_399, '2026-12-13');
  expect(account.state.debts).toEqual([]);
  expect(ledgerDifference(account.state, account.ledger.entries)).toBe(0);
});

test('a payment of long ago, or one whose day takes much of late charges away, is not for one person to enter', () => {
  const account = owing(contextWith({ lateChargePerMillion: 400, backdateLateFen: 100 }));
  expect(refused(() => pays(account, '2026-12-20', 1_000, '0206-12-01'))).toMatchObject([
    { field: 'body.paidOn', rule: 'field.last-days' },
  ]);
  // 40 days late by then; 30 of them would go, 304 fen.
  expect(refused(() => pays(account, '2026-12-20', 1_000, '2026-11-20'))).toBe('account.second-person');
  expect(refused(() => pays(account, '2026-12-20', 1_000, '2026-12-15'))).toBeUndefined();
});
