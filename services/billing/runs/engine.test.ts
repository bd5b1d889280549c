import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEVER } from '../../../shared/policy/policy.ts';
import { OTHERS } from '../../../shared/testing/site.ts';
import { modelOf, type RealEngine, startRealEngine } from '../../../test/support/real-engine.ts';
import { billingTable } from '../store.ts';
import { flats, MANAGEMENT, siteWithFees } from './testing.ts';

let engine: RealEngine;
beforeAll(async () => {
  engine = await startRealEngine();
  await engine.createTables([billingTable, ...OTHERS].map(modelOf));
});
afterAll(() => engine?.stop());

const ITEMS = [
  MANAGEMENT,
  { ...MANAGEMENT, code: 'waste', basis: 'flat', rates: [{ rate: '12' }] },
  { ...MANAGEMENT, code: 'parking', basis: 'flat', rates: [{ rate: '150.5' }] },
];

const everything = async () => {
  const items: Record<string, unknown>[] = [];
  for (let from: Record<string, unknown> | undefined, more = true; more; more = from !== undefined) {
    const page = await engine.doc.send(new ScanCommand({ TableName: 'billing', ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  }
  return items;
};

test('on a real engine, workers side by side write each bill once, cheaply, in heads below one KB', async () => {
  let units = 0;
  const send = async (command: { constructor: { name: string }; input: object }) => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const answer = (await engine.doc.send(command as never)) as { ConsumedCapacity?: { CapacityUnits?: number }[] };
    if (command.constructor.name === 'TransactWriteCommand') {
      for (const { CapacityUnits = 0 } of answer.ConsumedCapacity ?? []) units += CapacityUnits;
    }
    return answer;
  };
  const doc = { send } as unknown as DynamoDBDocumentClient;
  const site = await siteWithFees([...flats('A', 110), ...flats('B', 60), ...flats('C', 190)], ITEMS, doc);
  // What it costs to charge: nothing is dunned between the months.
  await site.setPolicy({ dunFriendlyDays: NEVER, dunReminderDays: NEVER, dunSecondNoticeDays: NEVER }, 0);
  await site.issue();
  units = 0;
  await Promise.all([...(await site.left())].map((one) => site.work(one)));
  const alone = units;
  await site.drain();
  expect(await site.state()).toMatchObject({ status: 'issued', notices: 360 });
  // A head, the opening, the charge and the bills beside it, each twice in a transaction; three indexes, that of
  // payers once in an account's life.
  expect(alone / 360).toBeLessThan(11.5);
  const heads = (await everything()).filter(({ pk, sk }) => sk === 'head' && String(pk).includes('#account#'));
  expect(Math.max(...heads.map((head) => JSON.stringify(head).length))).toBeLessThan(1_200);

  // December, by three workers a part.
  site.now = Date.UTC(2026, 11, 1, 1);
  await site.call('sun', 'POST /sites/lakeside/runs', { period: '2026-12' });
  const parts = ((await site.runs.runs.head('lakeside', 'run_2026-12')).state?.open ?? []).flatMap((part) => [
    part,
    part,
    part,
  ]);
  await Promise.all(parts.map((part) => site.work({ site: 'lakeside', run: 'run_2026-12', part })));
  expect((await site.runs.runs.head('lakeside', 'run_2026-12')).state).toMatchObject({
    status: 'noticing',
    totals: { units: 360, accounts: 360, byItem: { management: { bills: 360 }, waste: { bills: 360 } } },
  });
  const charged = new Map<string, number>();
  for (const item of await everything()) {
    const { name, aggregate, data } = item as { name?: string; aggregate: string; data: { bills: unknown[] } };
    if (name === 'account.charged') charged.set(aggregate, (charged.get(aggregate) ?? 0) + data.bills.length);
  }
  expect(charged.size).toBe(360);
  expect(new Set(charged.values())).toEqual(new Set([6]));
}, 60_000);
