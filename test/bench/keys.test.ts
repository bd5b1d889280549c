import { expect, it } from 'vitest';
import type { TableModel } from '../../local/model.ts';
import { SITE } from './group.ts';
import { moves, scaled } from './key-rules.ts';
import { watchKeys } from './keys.ts';
import { shapeOf } from './shape.ts';

const index = (name: string, hash: string, range: string) => ({
  name,
  key: { hash, range },
  projection: 'KEYS_ONLY' as const,
});
const table = {
  logicalId: 'ContactsTableECC659F8',
  name: 'contacts-1',
  key: { hash: 'pk', range: 'sk' },
  indexes: [index('due', 'due', 'wakeAt'), index('list', 'list', 'id')],
} as unknown as TableModel;

const head = (state: 'open' | 'finished', wakeAt?: number) => ({
  pk: { S: `${SITE}#contact#con_1` },
  sk: { S: 'head' },
  list: { S: `${SITE}#contact#${state}` },
  id: { S: 'con_1' },
  ...(wakeAt === undefined ? {} : { due: { S: 'due#0' }, wakeAt: { N: String(wakeAt) } }),
});
const event = { pk: { S: `${SITE}#contact#con_1` }, sk: { S: 'e#000001' }, words: { S: 'x'.repeat(1500) } };

const put = (...items: object[]) => ({
  principal: 'fn',
  service: 'dynamodb' as const,
  action: 'TransactWriteItems',
  target: '',
  raw: Buffer.of(),
  body: { TransactItems: items.map((Item) => ({ Put: { TableName: 'contacts-1', Item } })) },
});
const used = (base: number, due: number, list: number) => [
  {
    TableName: 'contacts-1',
    CapacityUnits: base + due + list,
    Table: { CapacityUnits: base },
    GlobalSecondaryIndexes: { due: { CapacityUnits: due }, list: { CapacityUnits: list } },
  },
];
const sum = (keys: readonly { writeUnits: number }[]) => keys.reduce((all, { writeUnits }) => all + writeUnits, 0);

it('takes ids, days, runs and scopes of idempotency keys out of a partition key', () => {
  expect(shapeOf('bench#contact#con_01jx', 'bench')).toBe('{site}#contact#{id}');
  expect(shapeOf('bench#bills#run_2026-12', 'bench')).toBe('{site}#bills#{run}');
  expect(shapeOf('bench#key#sub|x#POST /y#abc', 'bench')).toBe('{site}#key#{id}');
  expect(shapeOf('bench#resolution#2026-05-11', 'bench')).toBe('{site}#resolution#{day}');
  expect(shapeOf('bench#number#FN-20261130-746777B4', 'bench')).toBe('{site}#number#{number}');
  expect(shapeOf('due#0', 'bench')).toBe('due#0');
});

it('all that was metered falls on some key, on no other more than it wrote', () => {
  const watch = watchKeys({ tables: [table] });
  watch.onUse(put(head('open', 5), event), used(6, 2, 2));
  const { keys, calls } = watch.take();
  expect(sum(keys)).toBe(10);
  expect(calls).toEqual({ 'dynamodb.TransactWriteItems': 1 });
  const of = (index: string | undefined, key: string) => keys.find((one) => one.index === index && one.key === key);
  expect(of(undefined, '{site}#contact#{id}')).toMatchObject({ writeUnits: 6, records: 2, events: 1 });
  expect(of('due', 'due#0')?.writeUnits).toBe(2);
  expect(of('list', '{site}#contact#open')?.writeUnits).toBe(2);
  expect(watch.take().keys).toEqual([]);
});

it('an entry that moves is taken from one key and put under another; one that ends leaves its key', () => {
  const watch = watchKeys({ tables: [table] });
  watch.onUse(put(head('open', 5)), used(2, 1, 1));
  watch.take();
  watch.onUse(put(head('finished')), used(2, 1, 2));
  const { keys } = watch.take();
  const of = (key: string) => keys.find((one) => one.key === key && one.index !== undefined)?.writeUnits;
  expect([of('due#0'), of('{site}#contact#open'), of('{site}#contact#finished')]).toEqual([1, 1, 1]);
  const bytes = keys.reduce((all, one) => all + one.bytes, 0);
  expect(bytes).toBeLessThan(0);
});

it('an entry that stays as it is costs nothing', () => {
  const due = table.indexes[0] as TableModel['indexes'][number];
  expect(moves(due, head('open', 5), head('finished', 5))).toEqual([]);
  expect(moves(due, head('open', 5), head('open', 6)).map(({ key }) => key)).toEqual(['due#0', 'due#0']);
});

it('what no rule explains is not lost', () => {
  expect(scaled([], 3)).toEqual([{ key: '(unknown)', units: 3 }]);
  expect(scaled([], 0)).toEqual([]);
});
