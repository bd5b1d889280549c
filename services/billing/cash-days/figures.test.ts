import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { at } from '../accounts/testing.ts';
import { cashKey } from '../receipts/book.ts';
import { officeOfReceipts } from '../receipts/testing.ts';
import { remittancesIn } from '../statements/store.ts';
import { figuresOfDay } from './rows-store.ts';

let w: Awaited<ReturnType<typeof officeOfReceipts>>;
beforeEach(async () => {
  w = await officeOfReceipts();
});

test('a cash day is closed by method, with what was reversed in it and the range of its serials', async () => {
  const payment = await w.pays(100);
  await w.pays(200);
  await w.pays(300, 'transfer');
  await w.tells(await w.money());
  w.site.now = at('2026-11-06', '09:00');
  await w.reverses(payment);
  await w.tells(await w.money());
  const none = { count: 0, fen: 0 };
  const receipts = [{ as: 'no-line', count: 1, fen: 300 }];
  const statement = { ...none, lines: [] };
  expect(await w.get('cash-days/2026-11-05')).toMatchObject({
    day: '2026-11-05',
    status: 'open',
    methods: [
      { method: 'cash', count: 2, fen: 300, reversed: none, refunded: none },
      { method: 'transfer', count: 1, fen: 300, reversed: none, refunded: none, receipts, statement },
      { method: 'wechat', ...none, reversed: none, refunded: none, receipts: [], statement },
      { method: 'alipay', ...none, reversed: none, refunded: none, receipts: [], statement },
      { method: 'pos', ...none, reversed: none, refunded: none, receipts: [], statement },
      { method: 'deduction', ...none, reversed: none, refunded: none },
      { method: 'online', ...none, reversed: none, refunded: none, receipts: [], statement },
    ],
    takenFen: 600,
    tillFen: 300,
    reversedFen: 0,
    refundedFen: 0,
    receipts: 3,
    first: '2026-000001',
    last: '2026-000003',
  });
  expect(await w.get('cash-days/2026-11-06')).toMatchObject({
    takenFen: 0,
    reversedFen: 100,
    tillFen: -100,
    receipts: 0,
  });
});

test('a cash day says what was given back in it by method, once however often and in whatever order it is told', async () => {
  await w.pays(100_500);
  await w.tells(await w.money());
  w.site.now = at('2026-11-06', '09:00');
  await w.refunds(200, 'cash');
  await w.refunds(200, 'cash');
  await w.refunds(100);
  await w.tells((await w.money()).reverse());
  await w.tells(await w.money());
  const day = await w.get('cash-days/2026-11-06');
  expect(day).toMatchObject({ takenFen: 0, reversedFen: 0, refundedFen: 500, receipts: 0 });
  expect(day.methods).toMatchObject([
    { method: 'cash', count: 0, refunded: { count: 2, fen: 400 } },
    { method: 'transfer', count: 0, refunded: { count: 1, fen: 100 } },
    ...['wechat', 'alipay', 'pos', 'deduction', 'online'].map((method) => ({ method, refunded: { count: 0 } })),
  ]);
  expect(await w.get('cash-days/2026-11-05')).toMatchObject({ takenFen: 100_500, refundedFen: 0 });
});

test('a cash day of five thousand receipts is added up a page at a time: nothing holds them all', async () => {
  const { doc, own } = w.books;
  for (let n = 1; n <= 5_000; n++) {
    const serial = `2026-${String(n).padStart(6, '0')}`;
    const entry = { serial, payment: `pay_${n}`, method: 'transfer', fen: n, at: 0 };
    await doc.send(new PutCommand({ TableName: own, Item: { ...cashKey(SITE, '2026-11-05', serial), ...entry } }));
  }
  let most = 0;
  const send = async (command: Parameters<typeof doc.send>[0]) => {
    const answer = (await doc.send(command)) as { Items?: unknown[]; Responses?: Record<string, unknown[]> };
    most = Math.max(most, answer.Items?.length ?? 0, ...Object.values(answer.Responses ?? {}).map((all) => all.length));
    return answer;
  };
  const books = { ...w.books, doc: { send } as unknown as typeof doc };
  const figures = await figuresOfDay({ books, remittances: remittancesIn(w.site.tables) }, SITE, '2026-11-05');
  expect(figures).toMatchObject({ receipts: 5_000, first: '2026-000001', last: '2026-005000' });
  expect(figures.methods.find(({ method }) => method === 'transfer')).toMatchObject({ count: 5_000, fen: 12_502_500 });
  expect(most).toBe(100);
});
