import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { accountInHand, at, bill } from '../../billing/accounts/testing.ts';
import { SITE } from '../testing/site.ts';
import { record } from '../testing/world.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from './testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
});

describe('every line once', () => {
  const many = () => {
    const hand = accountInHand();
    const arrears = Array.from({ length: 60 }, (_, i) =>
      bill(1_000 + i, {
        item: 'arrears',
        period: `${2016 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
      }),
    );
    hand.charged(at('2026-11-01'), ...arrears);
    return hand;
  };
  const fen = 60 * 1_000 + (59 * 60) / 2;

  test('an event of more lines than fit one transaction, and a reader that dies between two of them', async () => {
    const events = told(many());
    await w.write(events);
    w.die(1);
    const batch = { Records: events.map(record) };
    expect((await w.count(batch)).batchItemFailures).toHaveLength(1);
    w.die(1);
    expect((await w.count(batch)).batchItemFailures).toHaveLength(1);
    expect(await w.count(batch)).toEqual({ batchItemFailures: [] });
    expect(await w.count(batch)).toEqual({ batchItemFailures: [] });
    expect((await w.total('2026-11')).principal).toMatchObject({ chargedFen: fen, closingFen: fen });
    expect(await w.rebuild()).toMatchObject({ differences: 0 });
  });

  test('where an event never came, the next one brings it along', async () => {
    const hand = many();
    pays(hand, '2026-11-02', 500);
    const events = told(hand);
    await w.write(events);
    expect(await w.count({ Records: events.slice(2).map(record) })).toEqual({ batchItemFailures: [] });
    expect((await w.total('2026-11')).principal).toMatchObject({ chargedFen: fen, closingFen: fen - 500 });
  });
});

describe('a rebuild', () => {
  const key = (pk: string, sk: string) => ({ pk: `${SITE}#${pk}`, sk });
  const remove = (pk: string, sk: string) => w.doc.send(new DeleteCommand({ TableName: w.own, Key: key(pk, sk) }));
  const add = (pk: string, sk: string, name: string) =>
    w.doc.send(
      new UpdateCommand({
        TableName: w.own,
        Key: key(pk, sk),
        UpdateExpression: 'ADD v :one, #name :one',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
  const history = () => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(25_399));
    pays(hand, '2026-11-20', 30_000);
    return told(hand);
  };
  const row = { building: '#1幢', periods: {}, list: `${SITE}#account#%231幢` };
  const spoils: [string, string, () => Promise<unknown>][] = [
    [
      'a lost sum',
      `${SITE}#entered#b#%231幢#management#2026-11#2026`,
      () => remove('entered', 'b#%231幢#management#2026-11#2026'),
    ],
    [
      'all sums of a building lost',
      `${SITE}#entered#t#2026-11#2026`,
      async () => {
        await remove('entered', 'b#%231幢#management#2026-11#2026');
        await remove('entered', 'b#%231幢#~#2026-11#~');
      },
    ],
    [
      'a fen too much',
      `${SITE}#period#b#%231幢#management#2026-11#in`,
      () => add('period', 'b#%231幢#management#2026-11#in', 'collected'),
    ],
    [
      'a fen too much of a fee item',
      `${SITE}#entered#i#management#2026-11#2026`,
      () => add('entered', 'i#management#2026-11#2026', 'charged'),
    ],
    ['a sum that nothing is behind', `${SITE}#period#t#2026-10#in`, () => add('period', 't#2026-10#in', 'charged')],
    ['an account that is not posted', `${SITE}#account#acc_1-1`, () => remove('account#acc_1-1', 'posted')],
    [
      'an account posted further than its journal goes',
      `${SITE}#account#acc_9-9`,
      () =>
        w.doc.send(
          new PutCommand({
            TableName: w.own,
            Item: { ...key('account#acc_9-9', 'posted'), ...row, seen: '3.0', id: 'acc_9-9' },
          }),
        ),
    ],
  ];

  test.each(spoils)('finds %s, to the fen, and puts it right', async (_, what, spoil) => {
    expect(await w.happen(...history())).toEqual({ batchItemFailures: [] });
    const right = await Promise.all(['total', 'item', 'building'].map((by) => w.collection('2026-11', by)));
    expect(await w.rebuild()).toMatchObject({ differences: 0 });
    await spoil();
    const found = await w.rebuild();
    expect(found.examples.map((example: { what: string }) => example.what)).toContain(what);
    await w.rebuild(true);
    expect(await w.rebuild()).toMatchObject({ differences: 0 });
    expect(await Promise.all(['total', 'item', 'building'].map((by) => w.collection('2026-11', by)))).toEqual(right);
  });
});
