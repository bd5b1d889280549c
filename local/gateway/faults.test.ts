import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { retryThrottled } from '../../shared/aws/throttled.ts';
import { allow, deployment } from './fixtures/deployment.ts';
import { openRig, type Rig } from './fixtures/rig.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Cases';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig(deployment({ Writer: [allow(['dynamodb:PutItem'], ARN)] }));
});
afterAll(() => rig.close());
afterEach(() => rig.gateway.faults.clear());

const tables = (name: string, attempts?: number) => new DynamoDBClient(rig.as(name, attempts));
const put = (pk: string, extra = {}) =>
  new PutItemCommand({ TableName: 'Cases', Item: { pk: { S: pk }, sk: { S: '1' }, ...extra } });
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });

test('a throttle strikes so often as asked, after so many as asked, and the SDK gets over it', async () => {
  const fault = rig.gateway.faults.inject({
    function: 'Writer',
    action: 'PutItem',
    kind: 'throttle',
    times: 1,
    after: 1,
  });
  await tables('Writer').send(put('f1'));
  await expect(tables('Writer').send(put('f2'))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  await tables('Writer').send(put('f2'));
  expect(fault.hits).toBe(1);
  fault.remove();
  rig.gateway.faults.inject({ kind: 'throttle' });
  await tables('Writer', 3).send(put('f3'));
});

test('a lost answer leaves the effect, an error before leaves none', async () => {
  const there = async (pk: string) =>
    (await tables('root').send(new GetItemCommand({ TableName: 'Cases', Key: key(pk) }))).Item !== undefined;
  const mine = { function: 'Writer' };
  for (const [kind, effect] of [
    ['error-before', false],
    ['timeout', false],
    ['crash-before', false],
    ['error-after', true],
    ['crash-after', true],
  ] as const) {
    rig.gateway.faults.inject({ ...mine, kind });
    await expect(tables('Writer').send(put(kind)), kind).rejects.toThrow();
    expect(await there(kind), kind).toBe(effect);
  }
  expect(rig.crashed).toEqual(['Writer', 'Writer']);
});

test('a transaction conflict comes with its reasons', async () => {
  rig.gateway.faults.inject({ kind: 'conflict', match: ({ body }) => Array.isArray(body.TransactItems) });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: 'Cases', Item: key('x') } }, { Put: { TableName: 'Cases', Item: key('y') } }],
  });
  await expect(tables('Writer').send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
});

test('a transaction that its table has no room for is cancelled with its reasons', async () => {
  rig.gateway.faults.inject({ kind: 'throttle', action: 'TransactWriteItems' });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: 'Cases', Item: key('t') } }],
  });
  await expect(tables('root').send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ThrottlingError' }],
  });

  // The SDK takes a cancelled transaction for an answer; ours is told which is none.
  const once = rig.gateway.faults.inject({ kind: 'throttle', action: 'TransactWriteItems' });
  await expect(tables('root', 3).send(transaction)).rejects.toThrow('ThrottlingError');
  once.remove();
  const again = rig.gateway.faults.inject({ kind: 'throttle', action: 'TransactWriteItems', times: 2 });
  await retryThrottled(tables('root', 3)).send(transaction);
  expect(again.hits).toBe(2);
});

test('a call is taken in part: the rest has its effect, and the answer says what is left over', async () => {
  const partial = () => rig.gateway.faults.inject({ kind: 'partial' });
  const root = tables('root');
  for (const pk of ['p1', 'p2', 'p3']) await root.send(put(pk));
  const Keys = ['p1', 'p2', 'p3'].map(key);
  partial();
  const read = await root.send(new BatchGetItemCommand({ RequestItems: { Cases: { Keys, ConsistentRead: true } } }));
  expect(read.Responses?.Cases?.map(({ pk }) => pk)).toEqual([{ S: 'p2' }]);
  expect(read.UnprocessedKeys).toEqual({ Cases: { Keys: [key('p1'), key('p3')], ConsistentRead: true } });

  const writes = ['p1', 'p2'].map((pk) => ({ DeleteRequest: { Key: key(pk) } }));
  partial();
  const { UnprocessedItems } = await root.send(new BatchWriteItemCommand({ RequestItems: { Cases: writes } }));
  expect(UnprocessedItems).toEqual({ Cases: [writes[0]] });
  const left = await root.send(new BatchGetItemCommand({ RequestItems: { Cases: { Keys } } }));
  expect(left.Responses?.Cases?.map(({ pk }) => pk?.S).sort()).toEqual(['p1', 'p3']);

  // Of a batch it takes none of, AWS says that it is too much.
  partial();
  const alone = new BatchGetItemCommand({ RequestItems: { Cases: { Keys: [key('p1')] } } });
  await expect(root.send(alone)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });

  const entry = (DetailType: string) => ({ Source: 's', DetailType, Detail: '{}', EventBusName: 'huiyin' });
  const bus = new EventBridgeClient(rig.as('root'));
  const publish = (...Entries: ReturnType<typeof entry>[]) => bus.send(new PutEventsCommand({ Entries }));
  const codes = ['ThrottlingException', undefined, 'ThrottlingException', undefined];
  for (const [names, expected] of [
    [['one', 'two', 'three', 'four'], codes],
    [['five'], ['ThrottlingException']],
  ] as const) {
    partial();
    const { FailedEntryCount, Entries } = await publish(...names.map(entry));
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual(expected);
    expect(FailedEntryCount).toBe(expected.filter((code) => code !== undefined).length);
  }
  expect(rig.published.map(({ detailType }) => detailType)).toEqual(['two', 'four']);
});

test('an index lags: it shows its table as it was, what has changed and what is gone as well', async () => {
  const of = (pk: string, due = 'due') => put(pk, { due: { S: due }, to: { S: due } });
  for (const pk of ['moved', 'gone', 'same']) await tables('root').send(of(pk));
  const lag = rig.gateway.faults.inject({ kind: 'stale-index', times: Number.POSITIVE_INFINITY });
  await tables('root').send(of('new'));
  await tables('root').send(of('moved', 'later'));
  await tables('root').send(new DeleteItemCommand({ TableName: 'Cases', Key: key('gone') }));
  const found = async (due: string, Limit?: number) => {
    const seen: string[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await tables('root').send(
        new QueryCommand({
          TableName: 'Cases',
          IndexName: 'due',
          KeyConditionExpression: 'due = :due',
          ExpressionAttributeValues: { ':due': { S: due } },
          Limit,
          ExclusiveStartKey: from,
        }),
      );
      seen.push(...Items.map(({ pk, to }) => `${pk?.S} ${to?.S}`));
      from = LastEvaluatedKey;
    } while (from);
    return seen.sort();
  };
  const before = ['gone due', 'moved due', 'same due'];
  expect([await found('due'), await found('due', 1), await found('later')]).toEqual([before, before, []]);
  const item = async (pk: string) =>
    (await tables('root').send(new GetItemCommand({ TableName: 'Cases', Key: key(pk) }))).Item?.to?.S;
  expect([await item('new'), await item('moved'), await item('gone')]).toEqual(['due', 'later', undefined]);
  lag.remove();
  expect([await found('due'), await found('later')]).toEqual([['new due', 'same due'], ['moved later']]);
});
