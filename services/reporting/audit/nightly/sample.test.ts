import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../shared/domain/ids.ts';
import { DAY, HOUR } from '../../../../shared/time/clock.ts';
import { accountInHand, at, bill } from '../../../billing/accounts/testing.ts';
import { pays, told } from '../../collections/testing-ledgers.ts';
import { packedName } from '../../figures/pack.ts';
import { five, journalOf, NINE, SITE } from '../../testing/site.ts';
import { record, type World, world } from '../../testing/world.ts';
import type { StepMessage } from '../rebuild.ts';
import { isPicked, nightOf, sampleOf } from './pick.ts';

let w: World;
beforeEach(async () => {
  w = await world();
  // The night after the five complaints of 1 May.
  w.now = NINE + DAY;
});

/** One hour in which a night begins, and all that it does; answers the night's rebuild. */
const night = async () => {
  await w.nightfall();
  await w.work();
  const { body } = await w.call('GET', '/figures/rebuild', { query: { limit: '1' } });
  return body.items[0];
};
const found = ({ examples }: { examples: { what: string }[] }) => examples.map(({ what }) => what);
const adds = (pk: string, sk: string, name: string, by: number) =>
  w.doc.send(
    new UpdateCommand({
      TableName: w.own,
      Key: { pk, sk },
      UpdateExpression: 'ADD #n :by',
      ExpressionAttributeNames: { '#n': name },
      ExpressionAttributeValues: { ':by': by },
    }),
  );

/** An account of which 300 yuan are due, 100 of them paid. */
const ledger = (account = 'acc_1-1', building = 'A') => {
  const hand = accountInHand();
  hand.charged(at('2026-04-01'), bill(30_000, { period: '2026-04', dueDay: '2026-04-10' }));
  pays(hand, '2026-04-20', 10_000);
  return told(hand, account, building);
};
/** A contact whose id says when it was made, as real ones do. */
const contact = () => {
  const journal = journalOf(newId('contact', NINE, () => 0));
  journal.add('contact.received', NINE, { channel: 'call', receivedAt: NINE, policy: 0, opens: [] });
  return journal.events;
};

test('a night in which everything is as the journals say ends without a difference, and nobody is alarmed', async () => {
  await w.happen([...five(), ...contact(), ...ledger()]);
  const ended = await night();
  expect(ended).toMatchObject({
    id: 'rbd_night-2026-05-01',
    kind: 'sample',
    status: 'done',
    by: 'system:clock',
    sites: [SITE, `${SITE}2`],
    days: 6,
    differences: 0,
  });
  expect(ended.rows).toBeGreaterThan(20);
  expect(w.alarms).toEqual([]);
});

const spoils: [string, string, () => Promise<unknown>][] = [
  ['a wrong count', `${SITE}#days#2026-05-01`, () => adds(`${SITE}#days`, '2026-05-01', packedName('Q3.m'), 1)],
  ['a wrong month', `${SITE}#months#2026-05`, () => adds(`${SITE}#months`, '2026-05', packedName('Q3.m'), -1)],
  [
    'a lost row',
    `${SITE}#rating#c5-1`,
    () => w.doc.send(new DeleteCommand({ TableName: w.own, Key: { pk: `${SITE}#case#c5`, sk: 'rating#1' } })),
  ],
  [
    'a row without a journal',
    `${SITE}#handled#c9`,
    () => {
      const key = { pk: `${SITE}#case#c9`, sk: 'handled', list: `${SITE}#handled#2026-05-01`, id: 'c9' };
      const Item = { ...key, v: 1, facts: { day: '2026-05-01' } };
      return w.doc.send(new PutCommand({ TableName: w.own, Item }));
    },
  ],
  ['a contact that was never counted', `${SITE}#contact#${contact()[0]!.aggregate.slice(4)}`, () => w.write(contact())],
  ['a wrong sum of money', `${SITE}#entered#b#A#management#2026-04#2026`, () => wrongSum('b#A#management')],
  ['a wrong sum of the site', `${SITE}#entered#t#2026-04#2026`, () => wrongSum('t', 200)],
];
const wrongSum = (level: string, by = 100) => adds(`${SITE}#entered`, `${level}#2026-04#2026`, 'charged', by);

test('a night finds whatever is wrong, alarms once, and puts nothing right', async () => {
  await w.happen([...five(), ...ledger()]);
  for (const [, , spoil] of spoils) await spoil();
  const ended = await night();
  for (const [kind, what] of spoils) expect(found(ended), kind).toContain(what);
  expect(w.alarms).toEqual([{ rebuild: ended.id, differences: ended.differences }]);
  const { body } = await w.call('GET', '/figures/rebuild/{rebuild}', { params: { rebuild: ended.id } });
  expect(body).toEqual(ended);
  expect(await w.reporting.cell(SITE, 'month', '2026-05-01')).toMatchObject({ counts: { 'Q3.m': 1 } });
});

test('an account that was never posted is found by the night that picks it', async () => {
  await w.write(ledger('acc_7-1', 'B'));
  const picks = () => isPicked(sampleOf(nightOf(w.now), [SITE, `${SITE}2`]), 'acc_7-1');
  while (!picks()) w.now += DAY;
  expect(found(await night())).toContain(`${SITE}#account#acc_7-1`);
});

test('a night begins once, whoever asks and however often; the next one is another', async () => {
  await w.happen(five());
  await Promise.all([w.nightfall(), w.nightfall()]);
  await w.work();
  w.now += HOUR;
  await w.nightfall();
  expect(w.queue).toEqual([]);
  w.now += 3 * DAY;
  await night();
  const first = (await w.call('GET', '/figures/rebuild', { query: { limit: '1' } })).body;
  const rest = (await w.call('GET', '/figures/rebuild', { query: { limit: '1', after: first.next } })).body;
  expect([first, rest].map(({ items }) => items.map(({ id }: { id: string }) => id))).toEqual([
    ['rbd_night-2026-05-04'],
    ['rbd_night-2026-05-01'],
  ]);
});

test('what the streams still owe is waited for; a step that dies half-way is done again, and rings again', async () => {
  await w.write(contact());
  await w.nightfall();
  await w.step(w.queue.shift() as StepMessage);
  await w.count({ Records: contact().map(record) });
  await w.work();
  expect(w.alarms).toEqual([]);

  await adds(`${SITE}#days`, '2026-05-01', packedName('Q2.m'), 1);
  w.now += 20 * HOUR;
  await w.nightfall();
  const [first] = w.queue as [StepMessage];
  await w.work();
  await w.step(first, 2);
  await w.work();
  expect(w.alarms).toHaveLength(1);
});

test('a rebuild that somebody asked for alarms too, unless it was asked to put right what it finds', async () => {
  await w.happen(five());
  await adds(`${SITE}#days`, '2026-05-01', packedName('Q3.m'), 1);
  const { id, differences } = await w.rebuild();
  expect(w.alarms.splice(0)).toEqual([{ rebuild: id, differences }]);
  await w.rebuild(true);
  expect((await w.rebuild()).differences).toBe(0);
  expect(w.alarms).toEqual([]);
});
