import { describe, expect, test } from 'vitest';
import { addDays, DAY } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import { adjust, pay, reverse } from './decide.ts';
import { letterDone } from './ladder/steps.ts';
import { ledgerDifference } from './ledger/ledger.ts';
import { accountInHand, at, bill, contextWith, WORDS } from './testing.ts';
import { askHold, decideHold } from './two-people.ts';

const paying = (payment: string, fen: number) => (on: Parameters<typeof pay>[0]) =>
  pay(on, { payment, method: 'cash', fen });

const transfer = (payment: string, fen: number) => ({ payment, method: 'transfer' as const, fen });

test('money that a correction frees pays for what is open at once, the oldest first', () => {
  const account = accountInHand();
  account.charged(at('2026-10-01'), bill(6_000, { period: '2026-10', dueDay: '2026-10-10' }));
  account.does(at('2026-10-02'), paying('pay_1', 6_000));
  account.charged(at('2026-11-01'), bill(4_000));
  account.charged(at('2026-11-02'), bill(9_000, { period: '2026-12', dueDay: '2026-12-10' }));
  account.does(at('2026-11-03'), (on) =>
    adjust(on, { bill: 'management/2026-10', fen: -6_000, words: WORDS }, account.ledger),
  );
  expect(account.state).toMatchObject({ creditFen: 0, debts: [{ bill: 'management/2026-12', openFen: 7_000 }] });
});

describe('late charges', () => {
  const context = contextWith({ lateChargePerMillion: 400 });
  const late = (account: ReturnType<typeof accountInHand>) =>
    sumFen(account.ledger.entries.filter(({ kind }) => kind === 'late').map(({ owedFen }) => owedFen));

  test('of a payment that did not come accrue as if it had never been', () => {
    const account = accountInHand(context);
    account.charged(at('2026-11-01'), bill(100_000));
    account.does(at('2026-12-10'), paying('pay_1', 101_200));
    account.does(at('2026-12-11'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    account.does(at('2026-12-20'), paying('pay_2', 101_600));
    expect([late(account), account.state.debts]).toEqual([1_600, []]);
  });

  test('of a bill are never more than its principal, however often they are paid', () => {
    const account = accountInHand(contextWith({ lateChargePerMillion: 100_000 }));
    account.charged(at('2026-11-01'), bill(10_000));
    for (let n = 1; n <= 5; n++) account.does(at('2026-11-10') + n * 10 * DAY, paying(`pay_${n}`, 4_000));
    expect(late(account)).toBeLessThanOrEqual(10_000);
    expect(account.state.debts).toEqual([]);
  });
});

test('of a transfer that is entered late end with the day on which it came', () => {
  const account = accountInHand(contextWith({ lateChargePerMillion: 400 }));
  account.charged(at('2026-11-01'), bill(100_000));
  account.does(at('2026-11-16'), paying('pay_0', 1));
  expect(account.state.debts[0]?.lateFen).toBe(239);
  account.does(at('2026-11-18'), (on) => pay(on, { ...transfer('pay_1', 100_000), paidOn: '2026-11-09' }));
  expect(account.state).toMatchObject({ debts: [], creditFen: 0 });
});

describe('a promise to pay', () => {
  const promise = (account: ReturnType<typeof accountInHand>, now: number, until: string) => {
    account.does(now, (on) => askHold(on, { hold: 'hld_1', kind: 'promise', until, words: WORDS }));
    account.does(now, (on) => decideHold(on, { hold: 'hld_1', agree: true, words: WORDS }), 'zhao');
  };

  test('made before the due day holds until it is kept', () => {
    const account = accountInHand();
    account.charged(at('2026-11-01'), bill(10_000));
    promise(account, at('2026-11-05'), '2026-11-14');
    expect(Object.keys(account.state.holds)).toEqual(['hld_1']);
    account.wakesUp(at('2026-11-11', '09:00'));
    expect(account.state.steps).toEqual([]);
    account.does(at('2026-11-12'), paying('pay_1', 10_000));
    expect(account.state.holds).toEqual({});
  });

  test('runs on, and pauses dunning, where the payment that kept it turns out before its last day not to have come', () => {
    const account = accountInHand();
    account.charged(at('2026-11-01'), bill(10_000));
    promise(account, at('2026-11-05'), '2026-11-20');
    account.does(at('2026-11-09'), paying('pay_1', 10_000));
    expect(account.state.holds).toEqual({});
    account.does(at('2026-11-10'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(account.state.holds).toMatchObject({
      hld_1: { kind: 'promise', from: '2026-11-10', until: '2026-11-20', renewals: 0 },
    });
    expect(account.state.agreed).toEqual({ promise: 1 });
    account.wakesUp(at('2026-11-11', '09:00'));
    expect(account.state.steps).toEqual([]);
    account.does(at('2026-11-12'), paying('pay_2', 10_000));
    expect(account.state.holds).toEqual({});
    // Once it is over nothing of it comes back.
    account.does(at('2026-11-21'), (on) => reverse(on, 'pay_2', WORDS, account.ledger));
    expect(account.events.at(-1)).toMatchObject({ name: 'account.reversed', data: { unkept: ['hld_1'] } });
    expect(account.state.holds).toEqual({});
  });

  test('that would be over before it is agreed to can only be refused', () => {
    const account = accountInHand();
    account.charged(at('2026-11-01'), bill(10_000));
    account.does(at('2026-11-12'), (on) =>
      askHold(on, { hold: 'hld_1', kind: 'promise', until: '2026-11-13', words: WORDS }),
    );
    const decides = () =>
      account.does(at('2026-11-14'), (on) => decideHold(on, { hold: 'hld_1', agree: true, words: WORDS }), 'zhao');
    expect(decides).toThrow('account.hold-over');
  });
});

test('a bill is paid, and entered, once, however often it is named', () => {
  const account = accountInHand();
  account.charged(at('2026-11-01'), bill(10_000), bill(10_000));
  expect(account.state.debts).toHaveLength(1);
  const designated = ['management/2026-11', 'management/2026-11'];
  account.does(at('2026-11-02'), (on) => pay(on, { ...transfer('pay_1', 30_000), designated }));
  expect(account.state).toMatchObject({ debts: [], creditFen: 20_000 });
  expect(ledgerDifference(account.state, account.ledger.entries)).toBe(0);
});

test('a step that had fallen due is owed, though money came before the clock did', () => {
  const account = accountInHand();
  account.charged(at('2026-11-01'), bill(10_000));
  account.does(at('2026-11-11', '09:01'), paying('pay_1', 10_000));
  const names = account.events.map(({ name }) => name);
  expect(names).toContain('account.step-due');
  expect(account.events.at(-1)).toMatchObject({ name: 'account.step-done', data: { settled: true } });
  expect(account.state).toMatchObject({ debts: [], steps: [] });
});

describe('the limitation', () => {
  const claims = (account: ReturnType<typeof accountInHand>) =>
    account.state.owed.filter(({ duty }) => duty === 'collect').map(({ of }) => of);

  test('of each debt is warned of in its turn', () => {
    const account = accountInHand();
    for (const month of ['2023-01', '2023-07', '2024-01']) {
      account.charged(at(`${month}-01`), bill(1_000, { period: month, dueDay: `${month}-10` }));
    }
    expect(claims(account)).toEqual(['2023-01-10']);
    // Thirty months after the first fell due the second is watched too, and then the third.
    account.wakesUp(at('2025-07-10'));
    expect(account.state.wake).toBeLessThanOrEqual(at('2026-01-10', '00:00'));
    account.does(at('2025-07-11'), paying('pay_1', 1));
    expect(claims(account)).toEqual(['2023-01-10', '2023-07-10']);
    account.does(at('2026-01-11'), paying('pay_2', 1));
    expect(claims(account)).toEqual(['2023-01-10', '2023-07-10', '2024-01-10']);
  });

  test('of a debt that is open again counts from the demand that had arrived', () => {
    const account = accountInHand();
    account.charged(at('2026-10-01'), bill(1_000, { period: '2026-10', dueDay: '2026-10-10' }));
    account.wakesUp(at('2026-11-09', '09:00'));
    const delivered = { at: at('2026-11-09', '17:00'), letter: 'let_1', arrived: true };
    account.does(delivered.at, (on) => letterDone(on, account.state.steps, 'letter', delivered, account.events));
    account.does(at('2026-11-20'), paying('pay_1', 1_000));
    account.does(at('2026-11-25'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(claims(account)).toEqual(['2026-11-09']);
  });
});

test('holds of a kind are as many as may be renewed, whether they are renewed or asked for anew', () => {
  const account = accountInHand();
  account.charged(at('2026-09-01'), bill(10_000, { dueDay: '2026-09-10' }));
  const holds = (n: number) => {
    const now = at('2026-09-20') + n * 31 * DAY;
    const until = addDays('2026-09-30', n * 31);
    account.does(now, (on) => askHold(on, { hold: `hld_${n}`, kind: 'promise', until, words: WORDS }));
    account.does(now, (on) => decideHold(on, { hold: `hld_${n}`, agree: true, words: WORDS }), 'zhao');
    account.wakesUp(now + 15 * DAY);
  };
  for (const n of [0, 1, 2]) holds(n);
  expect(() => holds(3)).toThrow('account.renewed-enough');
  // Whoever has paid begins anew.
  account.does(at('2026-12-30'), paying('pay_1', 10_000));
  account.charged(at('2026-12-31'), bill(10_000, { period: '2026-12', dueDay: '2027-01-10' }));
  expect(() => holds(4)).not.toThrow();
});
