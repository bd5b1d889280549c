import { beforeEach, describe, expect, it, test } from 'vitest';
import { cardsOf } from '../../../shared/testing/merged.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { sendLetters } from '../accounts/ladder/steps.ts';
import { accountInHand, at, bill, WORDS } from '../accounts/testing.ts';
import { moneyDecided, moneyProposed } from '../accounts/unclaimed.ts';
import { onRemittance, type RemittanceDeps } from './on-remittance.ts';
import { probable } from './remittance.ts';
import type { Sign } from './terms.ts';
import { office } from './testing.ts';

let o: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  o = await office();
});
const deps = (): RemittanceDeps => o.hearing;
/** All that happened to a line, as the bus tells it: twice, in whatever order. */
const hears = async (id: string, turned = false, to = deps()) => {
  const events = await o.remittances.whole(SITE, id);
  for (const event of turned ? [...events, ...events].reverse() : [...events, ...events]) {
    await onRemittance.handle(event as never, to);
  }
};
/** Money of 260.00 with the room in its remark; more than what is open there. */
const came = async () => {
  await o.reads(['2026-11-01,260.00,,1.00,张三妻,8-2-101,T006']);
  const [{ id }] = await o.unclaimed();
  return id as string;
};
const marks = async () => (await o.w.head(1)).unclaimed;
const told = async () =>
  (await o.w.journal([1])).map(({ name }) => name).filter((name) => name.startsWith('account.money'));
const setAside = (id: string) =>
  o.call('qian', `POST /sites/${SITE}/remittances/${id}/set-aside`, { words: '银行利息' });
/** What the clock decides at 09:00 of a day. */
const steps = async (day: string) => {
  o.w.now = at(day, '09:00');
  await o.w.wakesUp(1);
  return (await o.w.head(1)).steps.map(({ rung, channels, asks }) => [rung, channels.join(), asks?.why]);
};

describe('unclaimed money that is probably of an account', () => {
  it('has a person asked before its next letter, once however often it is told', async () => {
    const id = await came();
    await hears(id);
    expect(await marks()).toEqual([id]);
    expect(await told()).toEqual(['account.money-proposed']);
    expect(await steps('2026-11-11')).toEqual([['friendly', 'phone', 'unclaimed-money']]);
    expect((await o.w.head(2)).unclaimed).toBeUndefined();
  });

  it.each([false, true])('claimed for it is simply paid, and asks nobody (told backwards: %s)', async (turned) => {
    const id = await came();
    if (!turned) await hears(id);
    await o.claim(id, { party: 'pty_1', designated: [{ account: o.w.idOf(1) }] });
    await hears(id, turned);
    expect(await marks()).toBeUndefined();
    expect(await o.open(1)).toBe(0);
    expect(await steps('2026-11-11')).toEqual([]);
  });

  it.each([false, true])('set aside lets the letter go by itself (told backwards: %s)', async (turned) => {
    const id = await came();
    if (!turned) await hears(id);
    await setAside(id);
    await hears(id, turned);
    expect(await told()).toEqual(turned ? [] : ['account.money-proposed', 'account.money-decided']);
    expect(await steps('2026-11-11')).toEqual([['friendly', 'email', undefined]]);
  });

  it('set aside while the accounts are being told leaves no mark', async () => {
    const id = await came();
    const [first] = await o.remittances.whole(SITE, id);
    const { remittances } = o;
    let looks = 0;
    const head: typeof remittances.head = async (...of) => {
      const before = await remittances.head(...of);
      if (++looks === 1) {
        await setAside(id);
        await hears(id);
      }
      return before;
    };
    await onRemittance.handle(first as never, { ...deps(), remittances: { ...remittances, head } });
    expect(await marks()).toBeUndefined();
  });

  it('that two lines may be stays a question until both are known', async () => {
    const first = await came();
    await o.reads(['2026-11-02,10.00,,1.00,张三,8-2-101,T007']);
    const second = (await o.unclaimed()).map((one: { id: string }) => one.id).find((id: string) => id !== first);
    await hears(first);
    await hears(second);
    await setAside(first);
    await hears(first);
    expect(await marks()).toEqual([second]);
  });

  it.each([setAside, (id: string) => o.claim(id, { party: 'pty_1', sameReference: true })])(
    'leaves no mark on accounts of somebody who was merged when it came and is not when it is decided (%#)',
    async (decides) => {
      const publish = async (...ids: [string, ...string[]]) => {
        for (const card of cardsOf(SITE, ids)) await o.w.publish(card);
      };
      await o.w.charges(3, [bill(700)], 2);
      await publish('pty_1', 'pty_2');
      const letter = await o.w.notifies({ 1: [bill(25_399)] });
      // Its number is that of another sum: it isn't booked by itself.
      await o.w.pays({ party: 'pty_1', fen: 1, reference: 'T008' });
      await o.reads([`2026-11-01,300.00,,1.00,张三妻,${o.w.numberOf(letter)},T008`]);
      const [{ id }] = await o.unclaimed();
      await hears(id);
      const others = async () => (await o.w.accounts.head(SITE, o.w.idOf(3, 2))).state?.unclaimed;
      expect([await marks(), await others()]).toEqual([[id], [id]]);
      for (const one of ['pty_1', 'pty_2']) await publish(one);
      await decides(id);
      await hears(id);
      expect([await marks(), await others()]).toEqual([undefined, undefined]);
    },
  );

  it('of one that is booked by itself no account hears', async () => {
    await o.reads(['2026-11-01,253.99,,1.00,张三,8-2-101,T001']);
    const { items } = (await o.call('qian', `GET /sites/${SITE}/remittances?state=finished`)).body;
    await hears(items[0].id);
    expect(await told()).toEqual([]);
  });
});

test.each<[Sign[], boolean]>([
  [['number'], true],
  [['room'], true],
  [['sum', 'name'], true],
  [['sum'], false],
])('signs %j: probably theirs is %s', (signs, is) => {
  expect(probable({ proposals: [{ party: 'pty_1', account: 'acc_1', signs }] })).toHaveLength(is ? 1 : 0);
});

describe('the ladder of an account with such money', () => {
  const DAYS = ['2026-11-11', '2026-11-17', '2026-11-25', '2026-12-10', '2027-01-09'];
  const marked = () => {
    const account = accountInHand();
    account.charged(at('2026-11-01', '09:00'), bill(25_399));
    account.does(at('2026-11-01', '10:00'), (on) => moneyProposed(on, 'rem_1'));
    return account;
  };
  const falls = (account: ReturnType<typeof marked>, days = DAYS) =>
    days.flatMap((day) =>
      account
        .wakesUp(at(day, '09:00'))
        .flatMap((event) =>
          event.name === 'account.step-due' ? [[event.data.rung, event.data.channels.join(), event.data.asks]] : [],
        ),
    );

  it('calls instead of writing on every rung, and says why in both languages', () => {
    expect(falls(marked())).toEqual([
      ['friendly', 'phone', 'unclaimed-money'],
      ['reminder', 'phone', 'unclaimed-money'],
      ['second-notice', 'phone', 'unclaimed-money'],
      ['demand', 'phone', 'unclaimed-money'],
      ['review', 'review', 'unclaimed-money'],
    ]);
    expect(say('asks.unclaimed-money', 'zh-CN')).toContain('待认领');
  });

  it('writes by itself again once it is known; the step that asked waits for the desk, who sends its letter', () => {
    const account = marked();
    falls(account, DAYS.slice(0, 2));
    account.does(at('2026-11-17', '14:00'), (on) => moneyDecided(on, 'rem_1'));
    const [sent] = account.does(at('2026-11-17', '15:00'), (on) => sendLetters(on, WORDS));
    expect(sent).toMatchObject({ name: 'account.step-sent', data: { rung: 'reminder', channels: ['email', 'phone'] } });
    expect(falls(account, DAYS.slice(2, 3))).toEqual([['second-notice', 'email', undefined]]);
  });
});
