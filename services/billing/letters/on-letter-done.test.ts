import { beforeEach, expect, test } from 'vitest';
import type { Recorded } from '../../../shared/domain/events.ts';
import { execute, wakeUp } from '../../../shared/journal/execute.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { charge, type NewEvents, type Situation } from '../accounts/decide.ts';
import type { AccountEvent } from '../accounts/events.ts';
import { sendLetters } from '../accounts/ladder/steps.ts';
import { dunningWake } from '../accounts/ladder/wake.ts';
import { bill } from '../accounts/testing.ts';
import { serviceComplained } from '../accounts/two-people.ts';
import { onStepDue } from './on-step-due.ts';
import { CONTEXT, NINE } from './testing.ts';
import { notificationsFor } from './testing-calls.ts';
import { type Office, office, SITE } from './testing-office.ts';

let o: Office;
beforeEach(async () => {
  o = await office();
});

const ACCOUNT = 'acc_1-1';
const events = async () => (await o.accounts.history(SITE, ACCOUNT)) as Recorded<AccountEvent>[];
/** An account whose bill fell due the day before, dunned at 09:00; the letters of its steps, heard twice. */
const dunned = async (days = 1, complained = false) => {
  const actor = { staff: 'system:test', roles: [], departments: [] };
  const entered = NINE - 60 * DAY;
  const dueDay = new Date(NINE - days * DAY).toISOString().slice(0, 10);
  await execute(o.accounts, {
    site: SITE,
    id: ACCOUNT,
    now: entered,
    by: 'test',
    decide: (state) => {
      const charged = { unit: 'unt_1', party: 'pty_1', building: 'A', bills: [bill(25_399, { dueDay })] };
      const newEvents = charge({ state, actor, now: entered, context: CONTEXT }, charged);
      return newEvents instanceof Error ? [] : newEvents;
    },
  });
  if (complained) await does((on) => serviceComplained(on, 'cmp_1'), entered);
  await wakeUp(o.accounts, { site: SITE, id: ACCOUNT, now: NINE, wake: dunningWake(o.policies) });
  return letters();
};
/** What was decided on the account. */
const does = (decide: (on: Situation) => NewEvents, now: number) =>
  execute(o.accounts, {
    site: SITE,
    id: ACCOUNT,
    now,
    by: 'li',
    decide: (state) => {
      const actor = { staff: 'li', roles: [], departments: [] };
      const newEvents = decide({ state, actor, now, context: CONTEXT });
      if (newEvents instanceof Error) throw newEvents;
      return newEvents;
    },
  });
/** The letters of the account's steps, each heard of twice. */
const letters = async () => {
  const told = (await events()).filter(({ name }) => name === 'account.step-due' || name === 'account.step-sent');
  for (const event of [...told, ...told]) await onStepDue.handle(event as never, o);
  return (await o.letters.list(SITE, false, 10)).items.map(({ id }) => id);
};
const done = async () => (await events()).filter(({ name }) => name === 'account.part-done').map(({ data }) => data);
const hear = async (letter: string) => {
  await o.hears(letter);
  await o.hears(letter);
};

test('a friendly email is the step’s proof once it arrived: when it was sent, what it said, where it went', async () => {
  const { emails } = await o.owner('pty_1', 'owner@example.com');
  const [letter = '', ...more] = await dunned();
  expect(more).toEqual([]);
  o.site.now += HOUR;
  await o.deliver();
  await hear(letter);
  expect(await done()).toEqual([]);
  const { acceptedAt, contentHash } = await o.state(letter);
  o.site.now += HOUR;
  await o.delivered(letter, acceptedAt);
  await hear(letter);
  const address = emails[0]?.value.hash;
  const evidence = { at: acceptedAt, letter, contentHash, address, arrived: true };
  expect(await done()).toMatchObject([{ rung: 'friendly', channel: 'email', evidence }]);
});

test('an email that became paper is still the email part, and is done when it was handed over', async () => {
  await o.owner('pty_1');
  const [letter = ''] = await dunned();
  await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/handed-over`, { receivedBy: 'other' });
  await hear(letter);
  expect(await done()).toMatchObject([
    {
      rung: 'friendly',
      channel: 'email',
      evidence: { arrived: false, receivedBy: 'other', contentHash: expect.any(String) },
    },
  ]);
});

test('a demand is paper from the start, and proven by who signed for it', async () => {
  await o.owner('pty_1', 'owner@example.com');
  const [letter = ''] = await dunned(30);
  expect(await o.state(letter)).toMatchObject({ kind: 'demand', status: 'to-print' });
  await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/handed-over`, { receivedBy: 'payer' });
  await hear(letter);
  expect(await done()).toMatchObject([{ rung: 'demand', channel: 'letter', evidence: { arrived: true } }]);
});

test('a demand that was left behind and signed for later interrupts the limitation from its step on', async () => {
  await o.owner('pty_1', 'owner@example.com');
  const [letter = ''] = await dunned(30);
  const claim = async () =>
    (await o.accounts.head(SITE, ACCOUNT)).state?.owed.find(({ duty }) => duty === 'collect')?.of;
  const due = await claim();
  const left = { words: '贴门，已拍照', proof: 'a'.repeat(64) };
  await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/attempted`, left);
  await hear(letter);
  expect(await claim()).toBe(due);
  o.site.now += 3 * DAY;
  await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/handed-over`, { receivedBy: 'payer' });
  await hear(letter);
  const proven = (await events()).filter(({ name }) => name === 'account.part-proven').map(({ data }) => data);
  expect(proven).toMatchObject([{ rung: 'demand', channel: 'letter', evidence: { letter, receivedBy: 'payer' } }]);
  expect(await done()).toHaveLength(1);
  expect(await claim()).toBe('2026-11-11');
});

test('where the service is complained of, the demand is no letter until a person sends it, and then one', async () => {
  await o.owner('pty_1', 'owner@example.com');
  expect(await dunned(30, true)).toEqual([]);
  await does((on) => sendLetters(on, { ref: 'txt_1', hash: 'h' }), NINE + HOUR);
  const sent = await letters();
  expect(sent).toHaveLength(1);
  const [letter = ''] = sent;
  expect(await o.state(letter)).toMatchObject({ kind: 'demand', status: 'to-print' });
  await notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/handed-over`, { receivedBy: 'payer' });
  await hear(letter);
  expect(await done()).toMatchObject([{ rung: 'demand', channel: 'letter', evidence: { arrived: true } }]);
});
