import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../../../shared/domain/refusal.ts';
import { execute, wakeUp } from '../../../../shared/journal/execute.ts';
import { cardsOf } from '../../../../shared/testing/merged.ts';
import { DAY, HOUR } from '../../../../shared/time/clock.ts';
import { accountId } from '../../accounts/account.ts';
import { pay, reverse } from '../../accounts/decide.ts';
import { sendLetters } from '../../accounts/ladder/steps.ts';
import { dunningWake } from '../../accounts/ladder/wake.ts';
import { readLedger } from '../../accounts/store.ts';
import { bill, CONTEXT } from '../../accounts/testing.ts';
import { entersBills } from '../../accounts/testing-bills.ts';
import { serviceComplained } from '../../accounts/two-people.ts';
import { letterId } from '../letter.ts';
import { onStepDue } from '../on-step-due.ts';
import { billed, NINE, PROOF, WORDS, wanted } from '../testing.ts';
import { notificationsFor } from '../testing-calls.ts';
import { type Office, office, SITE } from '../testing-office.ts';
import { onSettled } from './on-settled.ts';

let o: Office;
const account = (n: number) => accountId(`unt_${n}`, `pty_${n}`);
const ID = letterId({ party: 'pty_1', run: 'run_2026-11', day: '', part: 'email' }, 1);
const path = `/sites/${SITE}/letters/${ID}`;
const does = async (n: number, decide: (on: never) => unknown) => {
  await execute(o.accounts, {
    site: SITE,
    id: account(n),
    now: o.site.now,
    by: 'li',
    decide: (state) => {
      const actor = { staff: 'li', roles: ['agent'], departments: [] };
      const events = decide({ state, actor, now: o.site.now, context: CONTEXT } as never);
      if (events instanceof Refusal) throw events;
      return events as never;
    },
  });
};
const pays = (n: number, fen = 25_399) => does(n, (on) => pay(on, { payment: `pay_${n}`, method: 'cash', fen }));
/** All that happened to an account, or a letter, is heard, for the first time or again. */
const hears = async (n: number) => {
  for (const journal of [await o.accounts.whole(SITE, account(n)), await o.letters.whole(SITE, ID)]) {
    for (const event of journal) {
      if (onSettled.events.some(({ name }) => name === event.name)) await onSettled.handle(event as never, o);
    }
  }
};
const status = async () => (await o.state(ID)).status;
const opens = (...accounts: number[]) =>
  o.opens(NINE, wanted({ kind: 'fee-notice', run: 'run_2026-11', accounts: accounts.map((n) => billed(account(n))) }));

beforeEach(async () => {
  o = await office();
  for (const n of [1, 2]) await entersBills(o.site, o.accounts, n, bill(25_399, { period: '2026-11' }));
});

describe('a letter on paper whose payer pays before it is handed over', () => {
  beforeEach(() => o.owner('pty_1'));

  test('is withdrawn: neither printed nor handed over, off the list, and nothing is owed of it', async () => {
    await opens(1);
    const call = notificationsFor(o);
    await pays(1, 10_000);
    await hears(1);
    expect(await status()).toBe('to-print');
    await does(1, (on) => pay(on, { payment: 'pay_rest', method: 'cash', fen: 15_399 }));
    for (let i = 0; i < 2; i++) await hears(1);
    expect((await o.events(ID)).filter((name) => name === 'letter.withdrawn')).toHaveLength(1);
    expect((await o.state(ID)).owed).toEqual([]);
    const refused = [
      await call('li', `POST ${path}/printed`, {}),
      await call('li', `POST ${path}/handed-over`, { receivedBy: 'payer' }),
      await call('li', `POST ${path}/attempted`, { words: 'x', proof: PROOF }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual(Array(3).fill('letter.withdrawn'));
    const listed = async (state: string) => (await call('li', `GET /sites/${SITE}/letters?state=${state}`)).body.items;
    expect(await listed('to-print')).toEqual([]);
    expect(await listed('withdrawn')).toMatchObject([{ id: ID }]);
  });

  test('of several accounts only once all of them are settled, printed or not', async () => {
    for (const card of cardsOf(SITE, ['pty_1', 'pty_2'])) await o.site.publish(card);
    await opens(1, 2);
    await notificationsFor(o)('li', `POST ${path}/printed`, {});
    await pays(1);
    await hears(1);
    expect(await status()).toBe('printed');
    await pays(2);
    await hears(1);
    expect(await status()).toBe('withdrawn');
  });

  test('stays withdrawn when the payment turns out not to have come: the ladder goes on with the debt', async () => {
    await opens(1);
    await pays(1);
    await hears(1);
    const ledger = await readLedger(o.accounts, SITE, account(1));
    await does(1, (on) => reverse(on, 'pay_1', WORDS, ledger));
    await hears(1);
    expect(await status()).toBe('withdrawn');
    expect((await o.accounts.head(SITE, account(1))).state).toMatchObject({ debts: [{ openFen: 25_399 }] });
  });

  test('is not, where it was handed over before', async () => {
    await opens(1);
    await notificationsFor(o)('li', `POST ${path}/handed-over`, { receivedBy: 'payer' });
    await pays(1);
    await hears(1);
    expect(await status()).toBe('handed-over');
  });
});

test('whoever prints or hands over what was paid is told so, though nobody has heard of it yet', async () => {
  await o.owner('pty_1');
  await opens(1);
  const call = notificationsFor(o);
  await pays(1);
  expect((await call('li', `POST ${path}/handed-over`, { receivedBy: 'payer' })).body.code).toBe('letter.withdrawn');
  expect(await status()).toBe('withdrawn');
});

test('a letter that a person sent later than its step fell due is withdrawn with it', async () => {
  await o.owner('pty_3');
  o.site.now = NINE - 60 * DAY;
  await entersBills(o.site, o.accounts, 3, bill(100, { period: '2026-10', dueDay: '2026-10-12' }));
  await does(3, (on) => serviceComplained(on, 'cmp_1'));
  o.site.now = NINE;
  await wakeUp(o.accounts, { site: SITE, id: account(3), now: NINE, wake: dunningWake(o.policies) });
  o.site.now = NINE + 2 * DAY;
  await does(3, (on) => sendLetters(on, WORDS));
  for (const event of await o.accounts.whole(SITE, account(3))) {
    if (event.name === 'account.step-sent') await onStepDue.handle(event as never, o);
  }
  const lists = async () =>
    (await o.letters.list(SITE, false, 10)).items.map(({ state }) => `${state?.kind} ${state?.status}`);
  expect(await lists()).toEqual(['demand to-print']);
  await pays(3, 100);
  await hears(3);
  expect(await lists()).toEqual([]);
});

test('a demand is withdrawn with its step; one that is opened after all was paid, at once', async () => {
  /** An account that owes since a month, and its steps of today; what they open, told again. */
  const dunned = async () => {
    await o.owner('pty_3');
    o.site.now = NINE - 60 * DAY;
    await entersBills(o.site, o.accounts, 3, bill(100, { period: '2026-10', dueDay: '2026-10-12' }));
    o.site.now = NINE;
    await wakeUp(o.accounts, { site: SITE, id: account(3), now: NINE, wake: dunningWake(o.policies) });
    const due = (await o.accounts.whole(SITE, account(3))).filter(({ name }) => name === 'account.step-due');
    return async () => {
      for (const event of due) await onStepDue.handle(event as never, o);
      const lists = await Promise.all([o.letters.list(SITE, false, 10), o.letters.list(SITE, true, 10)]);
      return lists.flatMap(({ items }) => items.map(({ state }) => `${state?.kind} ${state?.status}`));
    };
  };
  const before = await dunned();
  expect(await before()).toEqual(['demand to-print']);
  await pays(3, 100);
  await hears(3);
  expect(await before()).toEqual(['demand withdrawn']);
  o = await office();
  const after = await dunned();
  await pays(3, 100);
  expect(await after()).toEqual(['demand withdrawn']);
});

test('a mail that comes back after all was paid is not printed', async () => {
  await o.owner('pty_1', 'owner@example.com');
  await opens(1);
  await o.deliver();
  await pays(1);
  await hears(1);
  expect(await status()).toBe('sent');
  o.site.now += HOUR;
  await o.bounced(ID);
  expect(await status()).toBe('to-print');
  await hears(1);
  expect(await status()).toBe('withdrawn');
});
