import * as fc from 'fast-check';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { MailRefused } from '../../shared/aws/ses.ts';
import { isFor } from '../../shared/testing/is-for.ts';
import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import type { Notice } from './notice.ts';
import type { Noticed } from './notifications.ts';
import { onNotice } from './on-notice.ts';
import type { MailKey } from './store.ts';
import { holder, NINE, rung, startWorld, type World, world } from './testing.ts';

let w: World;
beforeAll(startWorld);
beforeEach(async () => {
  w = await world();
});

test('each holder of the position gets an inbox entry and a mail in their language', async () => {
  await w.hear(rung('reminded', 1, 'agent'));
  await w.hear(rung('missed', 2, 'supervisor'));
  await w.deliver();
  expect(w.mails.map(({ to }) => to).sort()).toEqual(['ann@example.com', 'ben@example.com', 'sue@example.com']);
  expect(w.mails.find(({ to }) => to.startsWith('sue'))?.letter.subject).toContain('已逾期：回访业户');
  expect(await w.list('stf_sue')).toMatchObject([{ kind: 'missed', mail: 'sent', messageId: 'm3', about: 'cbk_1' }]);
});

test('whoever has taken it on is reminded alone; once they hold the position no more, everybody of it is', async () => {
  await w.hear(rung('reminded', 1, 'agent', { claimedBy: 'stf_ben' }));
  expect([await w.list('stf_ann'), await w.list('stf_ben')]).toMatchObject([[], [{ kind: 'reminded' }]]);
  await w.hear(rung('reminded', 2, 'agent', { claimedBy: 'stf_gone' }));
  expect(await w.list('stf_ann')).toHaveLength(1);
});

test('law: however often and in whatever order rungs arrive, each is mailed once to each who hears of it', async () => {
  const ladder = [
    rung('reminded', 1, 'agent'),
    rung('missed', 2, 'supervisor'),
    rung('escalated', 3, 'centre-manager'),
  ];
  const arrivals = fc
    .array(fc.nat(2), { maxLength: 5 })
    .chain((again) => fc.shuffledSubarray([0, 1, 2, ...again], { minLength: 3 + again.length }));
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 3 }), async (order, times) => {
      const mine = await world();
      for (const n of order) {
        await mine.hear(ladder[n] as Noticed);
        if (n === 1) await mine.deliver(times);
      }
      await mine.deliver(times);
      expect(mine.mails.map(({ to }) => to).sort()).toEqual(
        ['ann', 'ben', 'max', 'sue'].map((x) => `${x}@example.com`),
      );
    }),
    { numRuns: 15 },
  );
});

test('a crash after the entries are put loses no mail: the repeated event queues what is due', async () => {
  await expect(w.hear(rung('missed', 2, 'supervisor'), { enqueue: true })).rejects.toThrow('dead');
  expect(await w.deliver()).toBe(0);
  expect(w.mails).toHaveLength(0);
  await w.hear(rung('missed', 2, 'supervisor'));
  await w.deliver();
  expect(w.mails).toHaveLength(1);
  expect(await w.list('stf_sue')).toHaveLength(1);
});

test('a crash between sending and marking is the one moment that mails again, and only when the claim is old', async () => {
  await w.hear(rung('missed', 2, 'supervisor'));
  const dying = { ...w.inbox, settle: () => Promise.reject(new Error('dead')) };
  const [message] = w.queue as [MailKey];
  expect(await w.deliver(1, dying)).toBe(1);
  w.queue.push(message);
  w.now += 4 * MINUTE;
  expect(await w.deliver()).toBe(1); // still claimed: the message has to come again
  expect(w.mails).toHaveLength(1);
  w.queue.push(message);
  w.now += MINUTE;
  expect(await w.deliver()).toBe(0);
  expect(w.mails).toHaveLength(2);
  w.queue.push(message);
  expect(await w.deliver()).toBe(0);
  expect(w.mails).toHaveLength(2);
});

test('an address the mail service refuses is said so and not tried for ever; trouble of the service is tried again', async () => {
  await w.hear(rung('missed', 2, 'supervisor'));
  const [message] = w.queue as [MailKey];
  const works = w.send;
  w.send = () => Promise.reject(new Error('Throttling'));
  expect(await w.deliver()).toBe(1);
  w.send = () => Promise.reject(new MailRefused('address', 'MessageRejected'));
  w.queue.push(message);
  w.now += 6 * MINUTE;
  expect(await w.deliver()).toBe(0);
  expect(await w.list('stf_sue')).toMatchObject([{ mail: 'refused' }]);
  w.send = works;
  await w.hear(rung('missed', 2, 'supervisor'));
  await w.deliver();
  expect(w.mails).toHaveLength(0);
});

test('without an address it stands in the inbox and says so, also when the address is gone before the mail', async () => {
  w.roster['sit_lake supervisor'] = [{ staff: 'stf_sue', language: 'en' }];
  await w.hear(rung('missed', 2, 'supervisor'));
  expect(w.queue).toHaveLength(0);
  await w.hear(rung('escalated', 3, 'centre-manager'));
  w.roster['sit_lake centre-manager'] = [];
  await w.deliver();
  expect([await w.list('stf_sue'), await w.list('stf_max')]).toMatchObject([
    [{ mail: 'no-address' }],
    [{ mail: 'no-address' }],
  ]);
});

test('a vacant position passes it to the next one up; with nobody anywhere it fails loudly', async () => {
  w.roster['sit_lake supervisor'] = [];
  await w.hear(rung('missed', 2, 'supervisor'));
  expect(await w.list('stf_max')).toMatchObject([
    { vacant: { role: 'supervisor' }, sitePosition: { role: 'centre-manager' } },
  ]);
  w.roster = {};
  await expect(w.hear(rung('missed', 4, 'supervisor'))).rejects.toThrow('nobody at sit_lake');
  w.roster['* group-manager'] = [holder('gm')];
  await w.hear(rung('missed', 4, 'supervisor'));
  expect(await w.list('stf_gm')).toMatchObject([{ sitePosition: { site: '*' }, mail: 'digest' }]);
});

test('whose sign-in is to be changed is told, and who is above them; who asks is nobody’s superior in it', async () => {
  const grants = [{ site: 'sit_lake', role: 'supervisor' }];
  const event = (name: string, n: number, by: string, data: object = {}) =>
    ({
      ...rung('x', n, ''),
      id: `stf_sue.${n}`,
      name: `staff.sign-in-${name}`,
      site: '*',
      aggregate: 'stf_sue',
      by,
      data: { subject: 'x', grants, ...data },
    }) as unknown as Noticed;
  w.roster['* administrator'] = [holder('adm'), holder('boss')];
  await w.hear(event('asked', 2, 'stf_boss', { reason: { ref: 'txt_1', hash: 'h' } }));
  await w.hear(event('changed', 3, 'stf_adm', { askedBy: 'stf_max' }));
  await w.deliver();
  const told = async (staff: string) => (await w.list(staff)).map(({ duty, mail }) => [duty, mail]);
  expect(await told('stf_sue')).toEqual([
    ['sign-in-changed', 'sent'],
    ['sign-in-asked', 'sent'],
  ]);
  expect(await told('stf_max')).toEqual([['sign-in-asked', 'sent']]);
  // The manager asked: the director hears that it was changed, at once.
  expect(await told('stf_dir')).toEqual([['sign-in-changed', 'sent']]);
  expect(await told('stf_adm')).toEqual([['sign-in-asked', 'sent']]);
  expect(await told('stf_boss')).toEqual([]);
  const letters = w.mails.map(({ letter }) => letter.subject);
  expect(letters).toContain('[湖滨] Sign-in and positions of Sue (stf_sue): the sign-in was changed');
  expect(letters).toContain(
    '[Whole group] Sign-in and positions of Sue (stf_sue): somebody asks for another sign-in; an administrator decides',
  );
  const changed = w.mails.find(({ letter }) => letter.subject.includes('was changed'))?.letter.text;
  expect(changed).toContain('By: Max (stf_max)');
});

test('what waits for a second person is told once to who owes the decision, and where they asked to the next above', async () => {
  const ask = (n: number, by: string) => {
    const opens = [
      { duty: 'waiver', of: `wvr_${n}`, position: { role: 'centre-manager' }, since: 0, due: NINE, rungs: [] },
    ];
    const data = { waiver: `wvr_${n}`, opens };
    return {
      ...rung('x', n, ''),
      id: `acc_1.${n}`,
      name: 'account.waiver-asked',
      aggregate: 'acc_1',
      by,
      called: { unit: 'unt_1' },
      data,
    } as unknown as Noticed;
  };
  for (const event of [ask(2, 'stf_ann'), ask(2, 'stf_ann'), ask(3, 'stf_max')]) await w.hear(event);
  await w.deliver();
  expect(await w.list('stf_max')).toMatchObject([{ kind: 'second', duty: 'waiver', about: 'acc_1', mail: 'sent' }]);
  expect(await w.list('stf_dir')).toMatchObject([{ kind: 'second', mail: 'digest' }]);
  expect(w.mails.map(({ letter }) => letter.subject)).toEqual([
    '[湖滨] Waits for you as the second person: decide on the waiver asked for (8幢101室)',
  ]);
  // What one person corrected alone waits for nobody.
  const corrected = { ...ask(4, 'stf_ann'), name: 'account.adjusted', data: {} } as unknown as Noticed;
  expect(isFor(onNotice, corrected)).toBe(false);
});

test('an inbox is paged newest first, and reading counts the first time', async () => {
  for (let n = 1; n <= 120; n++) await w.hear(rung('missed', n, 'supervisor'));
  const seen: Notice[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const { items, next } = await w.inbox.list('stf_sue', 50, after, ({ at }) => at !== NINE + HOUR);
    seen.push(...items);
    [after, more] = [next, next !== undefined];
  }
  expect(seen.map(({ at }) => (at - NINE) / HOUR)).toEqual(Array.from({ length: 119 }, (_, i) => 120 - i));
  const { id } = seen[0] as Notice;
  expect(await w.inbox.read({ pk: 'staff#stf_sue', sk: id }, 7)).toBe(7);
  expect(await w.inbox.read({ pk: 'staff#stf_sue', sk: id }, 8)).toBe(7);
  expect(await w.inbox.read({ pk: 'staff#stf_max', sk: id }, 8)).toBeUndefined();
});

test('the dunning calls of a day are one entry for each agent, however many accounts and however often it is told', async () => {
  const step = (n: number, on: string, channels: string[], role = 'agent') => {
    const due = Date.parse(`${on}T16:00:00Z`);
    const opens = [
      { duty: 'collect', position: { role: 'centre-manager' }, since: 0, due, rungs: [], taken: 0 },
      { duty: 'step', position: { role }, since: NINE, due, rungs: [], taken: 0 },
    ];
    const data = { dueDay: '2026-04-23', rung: 'reminder', on, channels, due, opens };
    const of = { id: `acc_${n}.2`, aggregate: `acc_${n}`, at: due - 15 * HOUR + n, by: 'system:clock' };
    return { ...rung('x', n, ''), name: 'account.step-due', data, ...of } as unknown as Noticed;
  };
  const phone = ['email', 'phone'];
  const today = [step(2, '2026-05-01', phone), step(1, '2026-05-01', phone), step(3, '2026-05-01', ['email'])];
  for (const event of [...today, ...today, step(4, '2026-05-01', ['review'], 'site-director')]) await w.hear(event);
  for (const agent of ['stf_ann', 'stf_ben']) {
    expect(await w.list(agent)).toMatchObject([{ kind: 'handed', duty: 'phone', about: '2026-05-01', mail: 'none' }]);
  }
  expect(await w.list('stf_dir')).toMatchObject([{ duty: 'review' }]);
  expect(await w.list('stf_sue')).toEqual([]);
  await w.hear(step(5, '2026-05-02', phone));
  expect(await w.list('stf_ann')).toHaveLength(2);
  expect(w.queue).toEqual([]);
});
