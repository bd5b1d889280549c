import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableDef } from '../../../shared/aws/table.ts';
import { RESERVED_WORDS } from '../../../shared/memory-tables/reserved-words.ts';
import { noteShape, unknownShapes } from '../../../shared/memory-tables/shapes.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import { modelOf, type RealEngine, startRealEngine } from '../../support/real-engine.ts';
import { agreed, outcomeOf, type Sent, scanned } from './tables.ts';

const index = { name: 'due', hash: 'due', range: { name: 'look', type: 'N' as const }, include: ['text'] };
const table: TableDef = { name: 'play', stream: false, indexes: [index, { name: 'only', hash: 'only' }] };
const memory = memoryTables(table) as unknown as Sent;
let engine: RealEngine;
let real: Sent;
beforeAll(async () => {
  engine = await startRealEngine();
  real = engine.doc as unknown as Sent;
  await engine.createTables([modelOf(table)]);
});
afterAll(async () => {
  // What is played here is compared here.
  unknownShapes.clear();
  await engine?.stop();
});

const TableName = 'play';
const key = (sk: string) => ({ pk: 'p', sk });
const keys = (many: number) => Array.from({ length: many }, (_, i) => key(`k${i}`));
const put = (Item: object, more = {}) => new PutCommand({ TableName, Item: Item as Record<string, unknown>, ...more });
const update = (UpdateExpression: string, values: object, more = {}) =>
  new UpdateCommand({
    TableName,
    Key: key('1'),
    UpdateExpression,
    ExpressionAttributeValues: values as Record<string, unknown>,
    ...more,
  });
const query = (KeyConditionExpression: string, values: object, more = {}) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression,
    ExpressionAttributeValues: values as Record<string, unknown>,
    ...more,
  });
const transact = (...TransactItems: object[]) => new TransactWriteCommand({ TransactItems } as never);
const writes = (requests: object[]) => new BatchWriteCommand({ RequestItems: { play: requests } } as never);
const Put = (Item: object) => ({ Put: { TableName, Item } });
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' };
const big = (letters: number) => 'x'.repeat(letters);

test.each(
  Object.entries({
    'a value that is not used': put(key('1'), { ...ABSENT, ExpressionAttributeValues: { ':v': 1 } }),
    'a name that is not used': put(key('1'), { ...ABSENT, ExpressionAttributeNames: { '#n': 'x' } }),
    'values without an expression': put(key('1'), { ExpressionAttributeValues: { ':v': 1 } }),
    'a value that is not defined': put(key('1'), { ConditionExpression: 'v = :v' }),
    'a value that is undefined': put(key('1'), {
      ConditionExpression: 'v = :v',
      ExpressionAttributeValues: { ':v': undefined },
    }),
    'a name that is not defined': put(key('1'), { ConditionExpression: 'attribute_exists(#n)' }),
    'an empty key': put(key('')),
    'an empty key to get': new GetCommand({ TableName, Key: key('') }),
    'an empty key of an index': put({ ...key('1'), due: '', look: 1 }),
    'a key of another type': put({ pk: 1, sk: '1' }),
    'a key of an index of another type': put({ ...key('1'), due: 'x', look: '1' }),
    'nothing as a key of an index': put({ ...key('1'), due: null, look: 1 }),
    'half of a key': new GetCommand({ TableName, Key: { pk: 'p' } }),
    'more than a key': new GetCommand({ TableName, Key: { ...key('1'), more: 1 } }),
    'a key that is too long': put(key(big(1025))),
    'an item that is too large': put({ ...key('1'), text: big(410_000) }),
    'a number that is none': put({ ...key('1'), n: Number.NaN }),
    'a number that is not exact': put({ ...key('1'), n: 2 ** 60 }),
    'two conditions on a range': query('pk = :p AND sk > :a AND sk < :b', { ':p': 'p', ':a': 'a', ':b': 'b' }),
    'bounds the wrong way round': query('pk = :p AND sk BETWEEN :a AND :b', { ':p': 'p', ':a': 'b', ':b': 'a' }),
    'no partition': query('sk = :s', { ':s': 's' }),
    'a condition on what is no key': query('pk = :p AND a1 = :s', { ':p': 'p', ':s': 's' }),
    'an empty partition': query('pk = :p', { ':p': '' }),
    'a start outside': query('pk = :p AND sk > :s', { ':p': 'p', ':s': 'b' }, { ExclusiveStartKey: key('a') }),
    'a start that is half of a key': query(
      'due = :d',
      { ':d': 'd' },
      { IndexName: 'due', ExclusiveStartKey: key('a') },
    ),
    'an index that is not there': query('due = :d', { ':d': 'd' }, { IndexName: 'other' }),
    'an index read consistently': query('due = :d', { ':d': 'd' }, { IndexName: 'due', ConsistentRead: true }),
    'a page of nothing': query('pk = :p', { ':p': 'p' }, { Limit: 0 }),
    'a segment that is not there': new ScanCommand({ TableName, Segment: 2, TotalSegments: 2 }),
    'a table that is not there': new GetCommand({ TableName: 'other', Key: key('1') }),
    'a text added': update('ADD v :v', { ':v': 'x' }),
    'a key that is changed': update('SET sk = :v', { ':v': 'x' }),
    'an attribute changed twice': update('SET v = :v, v = :v', { ':v': 'x' }),
    'an item twice in a transaction': transact(Put(key('1')), Put(key('1'))),
    'a transaction of nothing': transact(),
    'a transaction of too many': transact(...keys(101).map(Put)),
    'a transaction that is too large': transact(...keys(15).map((one) => Put({ ...one, text: big(300_000) }))),
    'an item too large in a transaction': transact(Put({ ...key('1'), text: big(410_000) })),
    'a key of another type in a transaction': transact(Put({ pk: 1, sk: '1' })),
    'a batch of nothing': new BatchGetCommand({ RequestItems: {} }),
    'a batch of no keys': new BatchGetCommand({ RequestItems: { play: { Keys: [] } } }),
    'a batch of too many': new BatchGetCommand({ RequestItems: { play: { Keys: keys(101) } } }),
    'a key twice in a batch': new BatchGetCommand({ RequestItems: { play: { Keys: [key('1'), key('1')] } } }),
    'too many writes': writes(keys(26).map((Item) => ({ PutRequest: { Item } }))),
    'an item written twice': writes([{ PutRequest: { Item: key('1') } }, { DeleteRequest: { Key: key('1') } }]),
  }),
)('%s is refused as by DynamoDB', async (_, command) => {
  const refused = await outcomeOf(memory, command);
  expect(refused.error).toBeDefined();
  const [told, truth] = agreed(refused, await outcomeOf(real, command));
  expect(told).toEqual(truth);
  expect(await scanned(memory, {})).toEqual([[]]);
});

test('no reserved word names an attribute', async () => {
  const check = (name: string) => put(key('1'), { ConditionExpression: `attribute_exists(${name})` });
  const named = async (tables: Sent, word: string) => (await outcomeOf(tables, check(word))).error?.name;
  for (const word of RESERVED_WORDS) {
    const name = word.toLowerCase();
    expect([word, await named(memory, name), await named(real, name)]).toEqual([
      word,
      'ValidationException',
      'ValidationException',
    ]);
  }
});

test('a page ends at a megabyte, of a table, an index and a scan', async () => {
  const large = await Promise.all([startRealEngine(), memoryTables(table)]);
  const [other, inMemory] = large;
  try {
    await other.createTables([modelOf(table)]);
    const both = [inMemory as unknown as Sent, other.doc as unknown as Sent];
    for (const one of keys(9)) {
      for (const tables of both) await tables.send(put({ ...one, due: 'd', look: 1, text: big(300_000) }));
    }
    const sizes = async (tables: Sent, command: QueryCommand) => {
      const pages: number[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = (await tables.send(new QueryCommand({ ...command.input, ExclusiveStartKey }))) as {
          Items: unknown[];
          LastEvaluatedKey?: Record<string, unknown>;
        };
        pages.push(page.Items.length);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return pages;
    };
    for (const command of [query('pk = :p', { ':p': 'p' }), query('due = :d', { ':d': 'd' }, { IndexName: 'due' })]) {
      const [told, truth] = await Promise.all(both.map((tables) => sizes(tables, command)));
      expect(told).toEqual(truth);
      expect(told).toHaveLength(3);
    }
    const [told, truth] = await Promise.all(
      both.map(async (tables) => (await scanned(tables, {})).map((page) => page.length)),
    );
    expect(told).toEqual(truth);
  } finally {
    await other.stop();
  }
});

test('what nobody has sent yet is noted, and a field that nothing is made of is refused', () => {
  unknownShapes.clear();
  const note = (command: { input: object }) => noteShape(command, () => table);
  note(query('pk = :p AND sk <= :s', { ':p': 'p', ':s': 7 }));
  expect([...unknownShapes]).toEqual(['{"op":"Query","keys":"pk/sk:S","condition":"pk = :S AND sk <= :N"}']);
  expect(() => note(query('pk = :p', { ':p': 'p' }, { FilterExpression: 'v = :p' }))).toThrow(
    /FilterExpression of Query/,
  );
});
