import { describe, expect, it } from 'vitest';
import type { Day } from '../../../../shared/time/clock.ts';
import { pay } from '../decide.ts';
import { accountInHand, at, bill } from '../testing.ts';
import { call, letterDone } from './steps.ts';

type Account = ReturnType<typeof accountInHand>;

const owing = (): Account => {
  const account = accountInHand();
  account.charged(at('2026-11-01', '09:00'), bill(25_399));
  return account;
};
const wakesOn = (account: Account, day: Day) => account.wakesUp(at(day, '09:00'));

describe('a step', () => {
  const step = { dueDay: '2026-11-10', rung: 'reminder', on: '2026-11-17' } as const;
  const reminded = () => {
    const account = owing();
    wakesOn(account, '2026-11-11');
    wakesOn(account, '2026-11-17');
    return account;
  };
  const mailed = (account: Account) =>
    account.does(at('2026-11-17', '09:01'), (on) =>
      letterDone(on, [step], 'email', { at: on.now, letter: 'let_1' }, account.events),
    );

  it.each(['reached', 'refused'] as const)(
    'is carried out when its last part is: the email arrived, the payer %s',
    (outcome) => {
      const account = reminded();
      expect(mailed(account).map(({ name }) => name)).toEqual(['account.part-done']);
      const called = account.does(at('2026-11-17', '17:00'), (on) =>
        call(on, { outcome, calledAt: on.now, message: false }),
      );
      expect(called.map(({ name }) => name)).toEqual(['account.part-done', 'account.step-done']);
      expect(account.state.owed.map(({ duty }) => duty)).toEqual(['collect']);
    },
  );

  it('of the phone needs two attempts in different parts of the day and a message where nobody answers', () => {
    const account = reminded();
    mailed(account);
    const tries = (time: string, message = false) =>
      account
        .does(at('2026-11-17', time), (on) => call(on, { outcome: 'no-answer', calledAt: on.now, message }))
        .map(({ name }) => name);
    expect(tries('10:00')).toEqual(['account.called']);
    expect(tries('10:30')).toEqual(['account.called']);
    expect(tries('15:00')).toEqual(['account.called']);
    expect(tries('15:30', true)).toEqual(['account.called', 'account.part-done', 'account.step-done']);
  });

  it('of the phone counts a message whichever attempt it was left at, and two attempts in an hour as one', () => {
    const account = reminded();
    mailed(account);
    const tries = (time: string, message = false) =>
      account
        .does(at('2026-11-17', time), (on) => call(on, { outcome: 'no-answer', calledAt: on.now, message }))
        .map(({ name }) => name);
    expect(tries('10:00', true)).toEqual(['account.called']);
    expect(tries('10:30', true)).toEqual(['account.called']);
    expect(account.state.steps[0]?.calls).toMatchObject([
      { calledAt: at('2026-11-17', '10:00'), dayPart: '2026-11-17 morning', message: true },
      { calledAt: at('2026-11-17', '10:30') },
    ]);
    expect(tries('15:00')).toEqual(['account.called', 'account.part-done', 'account.step-done']);
  });

  it('of the phone keeps what was tried outside the hours of calling, which is no part of the day', () => {
    const account = reminded();
    mailed(account);
    const tries = (time: string) =>
      account
        .does(at('2026-11-17', time), (on) => call(on, { outcome: 'no-answer', calledAt: on.now, message: true }))
        .map(({ name }) => name);
    expect(tries('10:00')).toEqual(['account.called']);
    expect(tries('20:31')).toEqual(['account.called']);
    expect(account.state.steps[0]?.calls).toHaveLength(2);
  });

  it('is not carried out by a call from before it was due', () => {
    const account = reminded();
    const calls = (outcome: 'reached' | 'no-answer', time: string) =>
      account.does(at('2026-11-17', '10:00'), (on) =>
        call(on, { outcome, calledAt: at('2026-11-17', time), message: true }),
      );
    for (const outcome of ['reached', 'no-answer'] as const) {
      expect(() => calls(outcome, '08:59')).toThrow(
        expect.objectContaining({ fields: [{ field: 'body.calledAt', rule: 'field.not-before-due' }] }),
      );
    }
    expect(calls('reached', '09:00').map(({ name }) => name)).toEqual(['account.part-done']);
  });

  it('heard of twice is done once', () => {
    const account = reminded();
    mailed(account);
    expect(mailed(account)).toEqual([]);
  });

  it('that provably arrived interrupts the limitation: three years run anew', () => {
    const account = reminded();
    const clock = () => account.state.owed.find(({ duty }) => duty === 'collect')?.of;
    expect(clock()).toBe('2026-11-10');
    account.does(at('2026-11-17', '17:00'), (on) => call(on, { outcome: 'reached', calledAt: on.now, message: false }));
    expect(clock()).toBe('2026-11-17');
  });

  describe('whose letter was only left behind', () => {
    const demand = { dueDay: '2026-11-10', rung: 'demand', on: '2026-12-10' } as const;
    const demanded = () => {
      const account = owing();
      wakesOn(account, '2026-12-10');
      return account;
    };
    const told = (account: Account, day: Day, more: { arrived: boolean; receivedBy?: 'payer' }) =>
      account
        .does(at(day, '17:00'), (on) =>
          letterDone(on, [demand], 'letter', { at: on.now, letter: 'let_1', ...more }, account.events),
        )
        .map(({ name }) => name);
    const clock = (account: Account) => account.state.owed.find(({ duty }) => duty === 'collect')?.of;

    it('interrupts the limitation when somebody signs for it later, once', () => {
      const account = demanded();
      expect(told(account, '2026-12-10', { arrived: false })).toEqual(['account.part-done', 'account.step-done']);
      expect(clock(account)).toBe('2026-11-10');
      expect(told(account, '2026-12-15', { arrived: true, receivedBy: 'payer' })).toEqual(['account.part-proven']);
      expect(clock(account)).toBe('2026-12-10');
      expect(told(account, '2026-12-15', { arrived: true, receivedBy: 'payer' })).toEqual([]);
      expect(told(account, '2026-12-10', { arrived: false })).toEqual([]);
    });

    it('keeps what comes after a higher step took its place, and after all was paid', () => {
      const account = demanded();
      wakesOn(account, '2027-01-09');
      expect(told(account, '2027-01-10', { arrived: true })).toEqual(['account.part-proven']);
      expect(clock(account)).toBe('2026-12-10');
      const paid = demanded();
      told(paid, '2026-12-10', { arrived: false });
      paid.does(at('2026-12-11', '18:00'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
      expect(told(paid, '2026-12-15', { arrived: true })).toEqual(['account.part-proven']);
    });

    it('does not turn back what arrived since', () => {
      const account = owing();
      wakesOn(account, '2026-11-17');
      wakesOn(account, '2026-12-10');
      told(account, '2026-12-10', { arrived: true });
      account.does(at('2026-12-12'), (on) =>
        letterDone(on, [step], 'email', { at: on.now, letter: 'let_0', arrived: true }, account.events),
      );
      expect(clock(account)).toBe('2026-12-10');
    });
  });
});
