import { beforeEach, describe, expect, test } from 'vitest';
import type { PayerCard } from '../../../../shared/directory/payer.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { cardsOf } from '../../../../shared/testing/merged.ts';
import { MINUTE, SECOND } from '../../../../shared/time/clock.ts';
import { accountId } from '../../accounts/account.ts';
import { pay } from '../../accounts/decide.ts';
import { bill, CONTEXT } from '../../accounts/testing.ts';
import { entersBills } from '../../accounts/testing-bills.ts';
import { letterId } from '../letter.ts';
import { onStepDue } from '../on-step-due.ts';
import { billed, dunned, NINE, wanted } from '../testing.ts';
import { notificationsFor } from '../testing-calls.ts';
import { type Office, office, SITE } from '../testing-office.ts';
import { onSettled } from './on-settled.ts';

let o: Office;
let cards: Record<'pty_1' | 'pty_2', PayerCard>;
beforeEach(async () => {
  o = await office();
  cards = {
    pty_1: (await o.owner('pty_1', 'one@example.com')) as PayerCard,
    pty_2: (await o.owner('pty_2', 'two@example.com')) as PayerCard,
  };
});

const account = (n: number) => accountId(`unt_${n}`, `pty_${n}`);
/** The two of them are one, who is reached as either was; `first` has the address that is tried first. */
const merge = async (first: 'pty_1' | 'pty_2' = 'pty_1') => {
  const emails = [...cards[first].emails, ...cards[first === 'pty_1' ? 'pty_2' : 'pty_1'].emails];
  for (const card of cardsOf(SITE, ['pty_1', 'pty_2'], { name: cards.pty_1.name, emails })) await o.site.publish(card);
};
const notice = (n: number) =>
  wanted({ kind: 'fee-notice', run: 'run_2026-11', party: `pty_${n}`, accounts: [billed(account(n), 10_000 * n)] });
const step = (n: number) => wanted({ party: `pty_${n}`, accounts: [dunned(account(n))] });
const noticeOf = (n: number) => letterId({ party: `pty_${n}`, run: 'run_2026-11', day: '', part: 'email' }, 1);
const all = async () =>
  (await Promise.all([o.letters.list(SITE, false, 10), o.letters.list(SITE, true, 10)])).flatMap(({ items }) => items);
const mailed = async () => {
  o.site.now += MINUTE + SECOND;
  await o.deliver();
  return o.mails.map(({ to }) => to);
};

test('what is wanted of one payer under two ids is one letter and one mail, however often and in whatever order it is wanted', async () => {
  await merge();
  await o.opens(NINE, notice(2), notice(1));
  for (const n of [1, 2]) await o.opens(NINE, notice(n));
  const [letter, ...others] = await all();
  expect([letter?.id, others]).toEqual([noticeOf(1), []]);
  expect(letter?.state?.accounts.map((one) => one.account).sort()).toEqual([account(1), account(2)]);
  expect(await mailed()).toEqual(['one@example.com']);
  expect(o.mails[0]?.text).toContain('¥300.00');
});

test('steps of a day on accounts of two ids are one message', async () => {
  await merge();
  await o.opens(NINE, step(2));
  await o.opens(NINE + SECOND, step(1));
  expect(await mailed()).toEqual(['one@example.com']);
});

test('merged between a letter and its mail, each goes out once, to who stayed, and they count together', async () => {
  await o.site.setPolicy({ mailsPerOwnerDay: 2 }, NINE - 1);
  await o.opens(NINE, step(1));
  await o.opens(NINE, step(2));
  await merge('pty_2');
  // The steps are told again.
  for (const n of [2, 1]) await o.opens(NINE, step(n));
  expect(await all()).toHaveLength(2);
  await o.opens(NINE, notice(2));
  await mailed();
  expect(o.mails.map(({ to }) => to)).toEqual(['two@example.com', 'two@example.com']);
  expect((await all()).flatMap(({ state }) => (state?.status === 'to-print' ? [state.party] : []))).toHaveLength(1);
});

test('an address that was bad of the one that went is bad of the one that stayed', async () => {
  await o.opens(NINE, notice(2));
  await mailed();
  await o.bounced(noticeOf(2));
  await o.hears(noticeOf(2));
  await merge('pty_2');
  await o.opens(NINE, notice(1), step(1));
  o.mails = [];
  expect(await mailed()).toEqual(['one@example.com', 'one@example.com']);
});

test('a letter on paper for accounts of both is withdrawn once both are paid, whichever is paid last', async () => {
  cards = { pty_1: (await o.owner('pty_1')) as PayerCard, pty_2: (await o.owner('pty_2')) as PayerCard };
  await merge();
  for (const n of [1, 2]) await entersBills(o.site, o.accounts, n, bill(10_000 * n, { period: '2026-11' }));
  await o.opens(NINE, notice(1), notice(2));
  for (const n of [1, 2]) {
    await execute(o.accounts, {
      site: SITE,
      id: account(n),
      now: o.site.now,
      by: 'li',
      decide: (state) => {
        const on = { state, actor: { staff: 'li', roles: [], departments: [] }, now: o.site.now, context: CONTEXT };
        return pay(on, { payment: `pay_${n}`, method: 'cash', fen: 10_000 * n }) as never;
      },
    });
    expect((await o.state(noticeOf(1))).status).toBe('to-print');
    for (const event of await o.accounts.whole(SITE, account(n))) {
      if (onSettled.events.some(({ name }) => name === event.name)) await onSettled.handle(event as never, o);
    }
  }
  expect((await o.state(noticeOf(1))).status).toBe('withdrawn');
});

/** It was a mistake: they are two again. What is heard of it, twice. */
const part = async () => {
  for (const card of [cards.pty_1, cards.pty_2])
    for (const one of cardsOf(SITE, [card.party], card)) await o.site.publish(one);
};
const heard = async (letter: string) => {
  const released = { name: 'party.released', site: SITE, aggregate: 'pty_1', at: o.site.now, by: 'li' };
  for (let i = 0; i < 2; i++) {
    await onSettled.handle({ ...released, data: { parties: ['pty_2'] } } as never, o);
    for (const event of await o.letters.whole(SITE, letter)) {
      if (event.name === 'letter.withdrawn') await onStepDue.handle(event as never, o);
    }
  }
};
const DEMAND = (n: number) =>
  wanted({
    kind: 'demand',
    party: `pty_${n}`,
    accounts: [dunned(account(n), 10_000 * n, n === 1 ? 'friendly' : 'demand')],
  });

describe('a letter over accounts of two who are two again before it is out', () => {
  test.each([
    ['a notice', (n: number) => notice(n), ['fee-notice', 'fee-notice']],
    ['a demand', DEMAND, ['friendly', 'demand']],
  ])('%s: neither reads what the other owes, each gets their own by mail', async (_, of, kinds) => {
    await merge();
    const [letter] = await o.opens(NINE, of(1), of(2));
    await part();
    expect(await mailed()).toEqual([]);
    expect((await o.state(letter as string)).status).toBe('withdrawn');
    await heard(letter as string);
    expect((await mailed()).sort()).toEqual(['one@example.com', 'two@example.com']);
    for (const { to, text } of o.mails) {
      expect([text.includes('¥100.00'), text.includes('¥200.00')]).toEqual(
        to === 'one@example.com' ? [true, false] : [false, true],
      );
    }
    const open = (await all()).flatMap(({ state }) => (state?.status === 'sent' ? [state] : []));
    expect(open.sort((a, b) => (a.party < b.party ? -1 : 1)).map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each([false, true])('on paper it is withdrawn, told of the unmerge: %s; each gets their own', async (told) => {
    cards = { pty_1: (await o.owner('pty_1')) as PayerCard, pty_2: (await o.owner('pty_2')) as PayerCard };
    await merge();
    for (const n of [1, 2]) await entersBills(o.site, o.accounts, n, bill(10_000 * n, { period: '2026-11' }));
    const [letter = ''] = await o.opens(NINE, notice(1), notice(2));
    await part();
    if (told) await heard(letter);
    const handed = await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/handed-over`, {
      receivedBy: 'payer',
    });
    expect(handed.body.code).toBe('letter.parted');
    await heard(letter);
    const open = (await all()).flatMap(({ state }) => (state?.status === 'to-print' ? [state] : []));
    expect(open.map(({ party, accounts }) => [party, accounts.map((one) => one.account)]).sort()).toEqual([
      ['pty_1', [account(1)]],
      ['pty_2', [account(2)]],
    ]);
  });

  test('that had gone out proves nothing to whom it did not go, who gets their own', async () => {
    await merge();
    for (const n of [1, 2]) {
      await entersBills(o.site, o.accounts, n, bill(10_000 * n, { period: '2026-10', dueDay: '2026-11-10' }));
    }
    const [letter = ''] = await o.opens(NINE, DEMAND(1), DEMAND(2));
    expect(await mailed()).toEqual(['one@example.com']);
    await part();
    await o.delivered(letter);
    await o.hears(letter);
    const proven = async (n: number) =>
      (await o.accounts.whole(SITE, account(n))).filter(({ name }) => name === 'account.part-proven').length;
    expect(await Promise.all([1, 2].map(proven))).toEqual([1, 0]);
    await mailed();
    expect(o.mails.map(({ to }) => to)).toEqual(['one@example.com', 'two@example.com']);
  });
});
