import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../../shared/policy/policy.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import { charge, pay, reverse } from '../decide.ts';
import { accountInHand, always, at, bill, CONTEXT, contextWith, WORDS } from '../testing.ts';
import { askHold, decideHold, release } from '../two-people.ts';

type Account = ReturnType<typeof accountInHand>;

const owing = (dueDay: Day = '2026-11-10', context = CONTEXT): Account => {
  const account = accountInHand(context);
  account.charged(at('2026-11-01', '09:00'), bill(25_399, { dueDay }));
  return account;
};
/** What happens when the clock wakes the account: `friendly 2026-11-11`, `superseded reminder 2026-11-17`, … */
const wakesUp = (account: Account, day: Day, time = '09:00', timeline?: Parameters<Account['wakesUp']>[1]) =>
  account.wakesUp(at(day, time), timeline).map(({ name, data }) => {
    const { rung = '', on = '' } = data as { rung?: string; on?: string };
    return [name.replace('account.', '').replace('step-', ''), rung, on]
      .filter((part) => part !== 'due' && part !== '')
      .join(' ');
  });
const pays = (account: Account, day: Day, fen: number, payment = 'pay_1') =>
  account.does(at(day, '18:00'), (on) => pay(on, { payment, method: 'cash', fen }));

describe('the ladder', () => {
  it('acts at 09:00 of days 1, 7, 15, 30 and 60 after the due day, each rung once', () => {
    const account = owing();
    for (const [day, rung] of [
      ['2026-11-11', 'friendly'],
      ['2026-11-17', 'reminder'],
      ['2026-11-25', 'second-notice'],
      ['2026-12-10', 'demand'],
      ['2027-01-09', 'review'],
    ] as const) {
      expect(account.state.wake).toBe(at(day, '09:00'));
      expect(wakesUp(account, day, '08:59')).toEqual([]);
      expect(wakesUp(account, day)).toEqual([`${rung} ${day}`]);
      expect(wakesUp(account, day, '09:15')).toEqual([]);
    }
    expect(account.state.wake).toBeUndefined();
  });

  it('stops on payment; a payment later on the day of a step does not undo it', () => {
    const account = owing();
    wakesUp(account, '2026-11-11');
    expect(wakesUp(account, '2026-11-17')).toEqual(['reminder 2026-11-17']);
    const [, done] = pays(account, '2026-11-17', 25_399);
    expect(done).toMatchObject({ name: 'account.step-done', data: { rung: 'reminder', settled: true } });
    expect(account.state.owed).toEqual([]);
    expect(wakesUp(account, '2026-11-25')).toEqual([]);
  });

  it('goes on for what is left after a part payment, at the age of the debt', () => {
    const account = owing();
    wakesUp(account, '2026-11-11');
    pays(account, '2026-11-12', 12_699);
    expect(wakesUp(account, '2026-11-17')).toEqual(['reminder 2026-11-17']);
    expect(account.state.debts).toMatchObject([{ openFen: 12_700 }]);
  });

  it('after a gap acts with the highest due rung alone; the lower ones were missed on their days', () => {
    const account = owing();
    expect(wakesUp(account, '2026-12-20', '14:00')).toEqual([
      'superseded friendly 2026-11-11',
      'superseded reminder 2026-11-17',
      'superseded second-notice 2026-11-25',
      'demand 2026-12-10',
    ]);
    expect(account.state.wake).toBe(at('2027-01-09', '09:00'));
  });

  it('waits for 09:00, however a gap ended: nobody is written to at night, or twice on a day', () => {
    const account = owing();
    expect(wakesUp(account, '2026-11-20', '03:00')).toEqual([
      'superseded friendly 2026-11-11',
      'superseded reminder 2026-11-17',
    ]);
    expect(wakesUp(account, '2026-11-20', '03:15')).toEqual([]);
    expect(account.state.wake).toBe(at('2026-11-20', '09:00'));
    // Missed on its day, it is still sent, once.
    expect(wakesUp(account, '2026-11-20')).toEqual(['reminder 2026-11-17']);
    expect(wakesUp(account, '2026-11-25')).toEqual(['second-notice 2026-11-25']);
  });

  it('counts calendar days: over month ends, 29 February and the change of clocks', () => {
    const leap = accountInHand();
    leap.charged(at('2028-01-01'), bill(100, { dueDay: '2028-01-31' }));
    expect(wakesUp(leap, '2028-02-01')).toEqual(['friendly 2028-02-01']);
    wakesUp(leap, '2028-02-07');
    wakesUp(leap, '2028-02-15');
    expect(wakesUp(leap, '2028-02-29')).toEqual([]);
    expect(wakesUp(leap, '2028-03-01')).toEqual(['demand 2028-03-01']);
  });
});

describe('several debts', () => {
  it('are one message, the highest of the day; each due day keeps its own ladder', () => {
    const account = owing('2026-11-10');
    account.charged(at('2026-12-01', '09:00'), bill(25_399, { period: '2026-12', dueDay: '2026-12-09' }));
    wakesUp(account, '2026-11-11');
    wakesUp(account, '2026-11-17');
    wakesUp(account, '2026-11-25');
    const due = account.wakesUp(at('2026-12-10', '09:00'));
    expect(due.map(({ data }) => data)).toMatchObject([
      { rung: 'demand', dueDay: '2026-11-10', message: 'demand', channels: ['letter'] },
      { rung: 'friendly', dueDay: '2026-12-09', message: 'demand', channels: ['letter'] },
    ]);
  });

  it('charged late for a day long past are dunned from today on; nothing of before was owed', () => {
    const account = accountInHand();
    account.charged(at('2026-12-20'), bill(100, { period: '2026-10', dueDay: '2026-10-10' }));
    expect(account.state.wake).toBe(at('2026-12-21', '09:00'));
    expect(wakesUp(account, '2026-12-21')).toEqual(['review 2026-12-21']);
  });
});

describe('a reversed payment', () => {
  it('resumes at the age of the debt; rungs that were decided before never come again', () => {
    const account = owing();
    wakesUp(account, '2026-11-11');
    pays(account, '2026-11-12', 25_399);
    account.does(at('2026-11-28', '10:00'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(account.state.wake).toBe(at('2026-11-29', '09:00'));
    // The reminder and the second notice would have fallen due while it counted as paid: they were owed nothing.
    expect(wakesUp(account, '2026-11-29')).toEqual(['second-notice 2026-11-29']);
  });

  it('after the last rung has nothing more to decide, and stays owed', () => {
    const account = owing();
    wakesUp(account, '2027-01-09');
    pays(account, '2027-01-10', 25_399);
    account.does(at('2027-01-12', '10:00'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(account.state.wake).toBeUndefined();
    expect(account.state.owed.map(({ duty }) => duty)).toEqual(['collect']);
  });
});

describe('a reversed payment of old debts', () => {
  it('charges no day late twice', () => {
    const account = owing('2026-11-10', contextWith({ lateChargePerMillion: 400 }));
    // 10 days at 400 millionths of 25,399 fen, rounded down.
    account.does(at('2026-11-20'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_500 }));
    expect(account.state).toMatchObject({ debts: [], creditFen: 0 });
    account.does(at('2026-11-25'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(account.state.debts).toMatchObject([{ openFen: 25_399, lateFen: 101, lateThrough: '2026-11-20' }]);
    account.does(at('2026-11-30'), (on) => pay(on, { payment: 'pay_2', method: 'cash', fen: 1 }));
    expect(account.state.debts).toMatchObject([{ openFen: 25_399, lateFen: 101 + 101 - 1 }]);
  });

  it('does not go below the rung with which they were taken over', () => {
    const account = accountInHand();
    const passed = [{ dueDay: '2026-11-10', rung: 'second-notice' } as const];
    const facts = { unit: 'unt_1', party: 'pty_1', building: 'A', bills: [bill(100)], passed };
    account.does(at('2026-11-12'), (on) => charge(on, facts));
    pays(account, '2026-11-13', 100);
    account.does(at('2026-11-14'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    expect(wakesUp(account, '2026-11-26')).toEqual([]);
    expect(account.state.wake).toBe(at('2026-12-10', '09:00'));
  });
});

describe('a policy that changes during a ladder', () => {
  it('enabled late acts from then on; what was no rule then was not missed', () => {
    const never = { dunFriendlyDays: NEVER, dunReminderDays: NEVER, dunSecondNoticeDays: NEVER };
    const account = owing('2026-11-10', contextWith(never));
    account.under(CONTEXT);
    const changed = at('2026-11-20');
    const timeline = [
      ...always(contextWith(never)),
      { version: 1, effective: changed, values: CONTEXT.policy },
    ] as const;
    expect(wakesUp(account, '2026-11-20', '12:00', timeline)).toEqual(['reminder 2026-11-20']);
    expect(wakesUp(account, '2026-11-25', '09:00', timeline)).toEqual(['second-notice 2026-11-25']);
  });

  it('a rung moved to another day is the same rung: never twice', () => {
    const account = owing();
    wakesUp(account, '2026-11-11');
    wakesUp(account, '2026-11-17');
    account.under(contextWith({ dunReminderDays: 9 }));
    expect(wakesUp(account, '2026-11-19')).toEqual([]);
  });
});

describe('a hold', () => {
  const held = (account: Account, until: Day, kind: 'promise' | 'dispute' = 'promise') => {
    account.does(at('2026-11-12'), (on) => askHold(on, { hold: 'hld_1', kind, until, words: WORDS }));
    account.does(at('2026-11-12'), (on) => decideHold(on, { hold: 'hld_1', agree: true, words: WORDS }), 'zhao');
  };

  it('stands in the way of steps, each listed; when it ends the highest acts', () => {
    const account = owing();
    wakesUp(account, '2026-11-11');
    held(account, '2026-11-26');
    expect(wakesUp(account, '2026-11-17')).toEqual(['held reminder 2026-11-17']);
    expect(wakesUp(account, '2026-11-25')).toEqual(['held second-notice 2026-11-25']);
    expect(account.state.wake).toBe(at('2026-11-27', '09:00'));
    expect(wakesUp(account, '2026-11-27')).toEqual(['released', 'second-notice 2026-11-27']);
    expect(account.events.at(-2)).toMatchObject({ name: 'account.released', data: { why: 'broken' } });
  });

  it('is over when the promise is kept', () => {
    const account = owing();
    held(account, '2026-11-26');
    const events = pays(account, '2026-11-20', 25_399);
    expect(events.at(-1)).toMatchObject({ name: 'account.released', data: { why: 'kept' } });
  });

  it('ended by a supervisor lets the ladder go on at the next 09:00', () => {
    const account = owing();
    held(account, '2026-11-26', 'dispute');
    expect(wakesUp(account, '2026-11-17')).toEqual(['held reminder 2026-11-17']);
    account.does(at('2026-11-18', '10:00'), (on) => release(on, 'hld_1', 'withdrawn'));
    expect(account.state.wake).toBe(at('2026-11-19', '09:00'));
    expect(wakesUp(account, '2026-11-19')).toEqual(['reminder 2026-11-19']);
  });
});
