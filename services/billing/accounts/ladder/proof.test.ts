import { describe, expect, it } from 'vitest';
import type { Day } from '../../../../shared/time/clock.ts';
import { pay, reverse } from '../decide.ts';
import { accountInHand, always, at, bill, CONTEXT, contextWith, WORDS, ZONE } from '../testing.ts';
import { proofOf } from './proof.ts';
import { effortOf, rehearse } from './rehearse.ts';
import { letterDone } from './steps.ts';

const owing = () => {
  const account = accountInHand();
  account.charged(at('2026-11-01', '09:00'), bill(25_399));
  return account;
};
const proof = (account: ReturnType<typeof owing>, day: Day, now = at('2027-06-01')) =>
  proofOf(account.events, day, { timeline: always(CONTEXT), zone: ZONE, now });
const step = { dueDay: '2026-11-10', rung: 'friendly', on: '2026-11-11' } as const;
const mailed = (account: ReturnType<typeof owing>, time = '09:01') =>
  account.does(at('2026-11-11', time), (on) =>
    letterDone(on, [step], 'email', { at: on.now, letter: 'let_1', arrived: true }, account.events),
  );

describe('proof that nobody was missed', () => {
  it('gives the step of the day with its evidence', () => {
    const account = owing();
    account.wakesUp(at('2026-11-11', '09:00'));
    mailed(account);
    expect(proof(account, '2026-11-11')).toMatchObject({
      openFen: 25_399,
      oldestDueDay: '2026-11-10',
      steps: [{ rung: 'friendly', state: 'carried-out', evidence: [{ channel: 'email', letter: 'let_1' }] }],
      gaps: [],
    });
  });

  it('knows an account in arrears to which nothing was due that day, and none that owed nothing yet', () => {
    const account = owing();
    account.wakesUp(at('2026-11-11', '09:00'));
    mailed(account);
    expect(proof(account, '2026-11-12')).toMatchObject({ steps: [], gaps: [] });
    expect(proof(account, '2026-11-10')).toBeUndefined();
  });

  it('says the same for ever: a payment later changes nothing of the day', () => {
    const account = owing();
    account.wakesUp(at('2026-11-11', '09:00'));
    mailed(account);
    const before = proof(account, '2026-11-11');
    account.does(at('2026-11-20'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
    expect(proof(account, '2026-11-11')).toEqual(before);
  });

  it('knows of what was taken up late, and is dated before the account was opened, from when it was recorded', () => {
    const account = owing();
    account.does(at('2026-10-31', '10:00'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
    expect(account.events.map(({ at: when }) => when)).not.toEqual(account.events.map(({ at: when }) => when).sort());
    expect(proof(account, '2026-11-01')).toBeUndefined();
    expect(proof(account, '2026-11-11')).toBeUndefined();
  });

  it('tells a step that was paid before it was carried out from one that was, with the payment', () => {
    const account = owing();
    account.wakesUp(at('2026-11-11', '09:00'));
    account.does(at('2026-11-11', '10:00'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
    const settled = { channel: 'settlement', at: at('2026-11-11', '10:00'), outcome: 'paid', payment: 'pay_1' };
    expect(proof(account, '2026-11-11')).toMatchObject({
      steps: [{ state: 'settled', evidence: [settled] }],
      gaps: [],
    });
    const late = owing();
    late.wakesUp(at('2026-11-11', '09:00'));
    late.does(at('2026-11-12', '10:00'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
    expect(proof(late, '2026-11-11')).toMatchObject({
      steps: [{ state: 'missed' }],
      gaps: [{ rung: 'friendly', why: 'not-carried-out' }],
    });
  });

  it('has who came into arrears on the day itself, for the step that it got', () => {
    const account = owing();
    account.does(at('2026-11-05'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
    account.does(at('2026-11-18', '08:00'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
    const reminder = { dueDay: '2026-11-10', rung: 'reminder' };
    expect(proof(account, '2026-11-18')?.gaps).toMatchObject([{ ...reminder, why: 'not-decided' }]);
    account.wakesUp(at('2026-11-18', '09:00'));
    expect(proof(account, '2026-11-18')).toMatchObject({
      openFen: 25_399,
      steps: [{ ...reminder, state: 'missed' }],
      gaps: [{ ...reminder, why: 'not-carried-out' }],
    });
    expect(proof(account, '2026-11-17')).toBeUndefined();
  });

  it('names an account that no clock ever woke', () => {
    expect(proof(owing(), '2026-11-11')?.gaps).toEqual([
      { dueDay: '2026-11-10', rung: 'friendly', why: 'not-decided' },
    ]);
  });

  it('names a step that was not carried out on its day, and one that a gap swallowed', () => {
    const late = owing();
    late.wakesUp(at('2026-11-11', '09:00'));
    expect(proof(late, '2026-11-11', at('2026-11-11', '18:00'))).toMatchObject({
      steps: [{ state: 'running' }],
      gaps: [],
    });
    expect(proof(late, '2026-11-11')?.gaps).toMatchObject([{ why: 'not-carried-out' }]);
    const gap = owing();
    gap.wakesUp(at('2026-11-18', '10:00'));
    expect(proof(gap, '2026-11-11')?.gaps).toMatchObject([{ rung: 'friendly', why: 'superseded' }]);
    expect(proof(gap, '2026-11-17')?.gaps).toMatchObject([{ rung: 'reminder', why: 'not-carried-out' }]);
  });
});

describe('a rehearsal', () => {
  it('lets the clock run ahead and changes nothing', () => {
    const { state } = owing();
    const days = (context = CONTEXT) =>
      rehearse(state, at('2026-11-05'), 90, context).map(({ on, rung }) => `${on} ${rung}`);
    expect(days()).toEqual([
      '2026-11-11 friendly',
      '2026-11-17 reminder',
      '2026-11-25 second-notice',
      '2026-12-10 demand',
      '2027-01-09 review',
    ]);
    expect(days(contextWith({ dunReminderDays: 5, dunDemandDays: 20 }))).toContain('2026-11-15 reminder');
    expect(state.steps).toEqual([]);
  });

  it('counts a mail to a payer without an address as a letter', () => {
    const rehearsed = rehearse(owing().state, at('2026-11-05'), 90, CONTEXT);
    expect(effortOf([{ rehearsed, hasEmail: true }])).toMatchObject({
      steps: 5,
      emails: 3,
      letters: 1,
      calls: 1,
      reviews: 1,
    });
    expect(effortOf([{ rehearsed, hasEmail: false }])).toMatchObject({ emails: 0, letters: 4 });
  });
});
