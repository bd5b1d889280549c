import { beforeEach, describe, expect, it, test } from 'vitest';
import { execute } from '../../../../shared/journal/execute.ts';
import { SITE } from '../../../../shared/testing/site.ts';
import { say } from '../../../../shared/text/catalogue.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import { pay, reverse } from '../decide.ts';
import { accountInHand, always, at, bill, CONTEXT, WORDS, ZONE } from '../testing.ts';
import { askHold, decideHold, serviceComplained, serviceSettled } from '../two-people.ts';
import { proofOf } from './proof.ts';
import { letterDone, recorded, sendLetters } from './steps.ts';
import { dunningDesk } from './testing.ts';

type Account = ReturnType<typeof accountInHand>;
const DAYS = ['2026-11-11', '2026-11-17', '2026-11-25', '2026-12-10', '2027-01-09'] as const;
const DEMAND = { dueDay: '2026-11-10', rung: 'demand', on: '2026-12-10' } as const;

/** An account in arrears since 10 November whose unit's service is complained of. */
const complained = (): Account => {
  const account = accountInHand();
  account.charged(at('2026-11-01', '09:00'), bill(25_399));
  account.does(at('2026-11-01', '10:00'), (on) => serviceComplained(on, 'cmp_1'));
  return account;
};
const falls = (account: Account, days: readonly Day[] = DAYS) =>
  days.flatMap((day) =>
    account.wakesUp(at(day, '09:00')).flatMap((event) => (event.name === 'account.step-due' ? [event.data] : [])),
  );
const asked = () => {
  const account = complained();
  falls(account, DAYS.slice(0, 4));
  return account;
};
const held = (account: Account, day: Day, until: Day) => {
  account.does(at(day, '15:00'), (on) => askHold(on, { hold: 'hld_1', kind: 'dispute', until, words: WORDS }));
  return account.does(at(day, '16:00'), (on) => decideHold(on, { hold: 'hld_1', agree: true, words: WORDS }), 'zhao');
};
const proof = (account: Account, day: Day, now = at(day, '23:00')) =>
  proofOf(account.events, day, { timeline: always(CONTEXT), zone: ZONE, now });

describe('of an account whose service is complained of', () => {
  it('a step says so from the second notice on, and no letter goes by itself; below it they go as ever', () => {
    const steps = falls(complained()).map(({ rung, channels, asks }) => [rung, channels.join(), asks]);
    expect(steps).toEqual([
      ['friendly', 'email', undefined],
      ['reminder', 'email,phone', undefined],
      ['second-notice', 'visit', 'service-complaint'],
      ['demand', 'visit', 'service-complaint'],
      ['review', 'review', 'service-complaint'],
    ]);
  });

  it('the letters go by themselves again once the complaint is closed', () => {
    const account = complained();
    account.does(at('2026-11-20'), (on) => serviceSettled(on, 'cmp_1'));
    expect(falls(account).map(({ channels, asks }) => [channels.join(), asks])).toContainEqual(['letter', undefined]);
  });

  it('a visit carries the step out', () => {
    const account = asked();
    account.does(at('2026-12-10', '15:00'), (on) => recorded.visit(on, { outcome: 'met', words: WORDS }));
    expect(proof(account, '2026-12-10')?.steps).toMatchObject([{ rung: 'demand', state: 'carried-out' }]);
    expect(account.state.steps).toEqual([]);
  });

  it('nobody deciding is a gap of its day', () => {
    const account = asked();
    expect(proof(account, '2026-12-10', at('2026-12-11'))?.gaps).toMatchObject([{ why: 'not-carried-out' }]);
    expect(account.state.owed.map(({ duty }) => duty)).toContain('step');
  });

  it('a person sends the letter all the same, once, and it carries the step out', () => {
    const account = asked();
    const [sent] = account.does(at('2026-12-10', '15:00'), (on) => sendLetters(on, WORDS));
    expect(sent).toMatchObject({
      name: 'account.step-sent',
      data: { ...DEMAND, message: 'demand', channels: ['letter'], debts: [{ openFen: 25_399 }] },
    });
    expect(() => account.does(at('2026-12-10', '15:01'), (on) => sendLetters(on, WORDS))).toThrow();
    account.does(at('2026-12-10', '16:00'), (on) =>
      letterDone(on, [DEMAND], 'letter', { at: on.now, letter: 'let_1' }, account.events),
    );
    expect(proof(account, '2026-12-10')?.steps).toMatchObject([{ state: 'carried-out' }]);
  });

  it('has no letter to send where none was held back', () => {
    const account = complained();
    falls(account, DAYS.slice(0, 2));
    expect(() => account.does(at('2026-11-17', '15:00'), (on) => sendLetters(on, WORDS))).toThrow();
  });

  describe('a hold in place of the letter', () => {
    it('is listed apart on its day, and the step falls due anew when it is over', () => {
      const account = asked();
      expect(held(account, '2026-12-10', '2026-12-20')).toMatchObject([
        { name: 'account.held', data: { steps: [DEMAND] } },
      ]);
      expect(account.state.steps).toEqual([]);
      expect(account.state.owed.map(({ duty }) => duty)).toEqual(['collect']);
      expect(proof(account, '2026-12-10')).toMatchObject({ steps: [{ state: 'held' }], gaps: [] });
      expect(account.state.wake).toBe(at('2026-12-21', '09:00'));
      expect(falls(account, ['2026-12-21'])).toMatchObject([{ rung: 'demand', on: '2026-12-21', channels: ['visit'] }]);
      expect(proof(account, '2026-12-21')?.steps).toMatchObject([{ rung: 'demand', state: 'running' }]);
    });

    it('that was agreed to after the day leaves the day missed', () => {
      const account = asked();
      held(account, '2026-12-11', '2026-12-20');
      expect(proof(account, '2026-12-10', at('2026-12-12'))?.gaps).toMatchObject([{ why: 'not-carried-out' }]);
    });

    it('is not forgotten where a payment settled the bill meanwhile and turned out not to have come', () => {
      const account = asked();
      held(account, '2026-12-10', '2026-12-20');
      account.does(at('2026-12-12'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 25_399 }));
      account.does(at('2026-12-14'), (on) => reverse(on, 'pay_1', WORDS, account.ledger));
      expect(account.state.ladders['2026-11-10']?.passed).not.toContain('demand');
    });
  });
});

describe('at the desk', () => {
  let w: Awaited<ReturnType<typeof dunningDesk>>;
  beforeEach(async () => {
    w = await dunningDesk();
    const { accounts, site } = w;
    const actor = { staff: 'system:test', roles: [], departments: [] };
    await execute(accounts, {
      site: SITE,
      id: w.ids[0] as string,
      now: site.now,
      by: 'test',
      decide: (state) => {
        const made = serviceComplained({ state, actor, now: site.now, context: CONTEXT }, 'cmp_1');
        if (made instanceof Error) throw made;
        return made;
      },
    });
    for (const day of DAYS.slice(0, 4)) await w.comes(day);
    w.site.now = at('2026-12-10', '10:00');
  });
  const visits = async () => (await w.get('tasks?task=visit')).body.items;

  test('the list says in words why somebody decides, and the letter is sent by them alone', async () => {
    expect(await visits()).toMatchObject([
      {
        account: w.ids[0],
        tasks: [
          {
            task: 'visit',
            rung: 'demand',
            asks: { why: 'service-complaint', message: 'demand', words: say('asks.service-complaint', 'en') },
          },
        ],
      },
    ]);
    const { body, status } = await w.does('li', 0, 'letters', { reason: '已修好，仍不缴费' });
    expect(status).toBe(200);
    expect(body.steps).toMatchObject([{ rung: 'demand', channels: ['letter'] }]);
    expect(body.steps[0].asks).toBeUndefined();
    expect(await visits()).toEqual([]);
    expect((await w.does('li', 1, 'letters', { reason: 'x' })).status).toBe(422);
    expect((await w.does('yan', 0, 'letters', { reason: 'x' })).status).toBe(403);
  });

  test('a hold that a second person agrees to, or a visit, answers it', async () => {
    await w.promises(0, '2026-12-20');
    expect(await visits()).toEqual([]);
    w.site.now = at('2026-12-21', '09:00');
    await w.comes('2026-12-21');
    expect(await visits()).toHaveLength(1);
    expect((await w.does('li', 0, 'visits', { outcome: 'met', words: '已上门沟通' })).status).toBe(200);
    expect(await visits()).toEqual([]);
  });
});
