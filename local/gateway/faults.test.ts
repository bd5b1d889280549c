import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
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
  for (const pk of ['p1', 'p2']) await tables('root').send(put(pk));
  const asked = { Cases: { Keys: [key('p1'), key('p2')] } };
  rig.gateway.faults.inject({ kind: 'partial' });
  const read = await tables('root').send(new BatchGetItemCommand({ RequestItems: asked }));
  expect(read.Responses?.Cases?.map(({ pk }) => pk)).toEqual([{ S: 'p2' }]);
  expect(read.UnprocessedKeys).toEqual({ Cases: { Keys: [key('p1')] } });
  rig.gateway.faults.inject({ kind: 'partial' });
  const alone = await tables('root').send(new BatchGetItemCommand({ RequestItems: { Cases: { Keys: [key('p1')] } } }));
  expect([alone.Responses?.Cases, alone.UnprocessedKeys?.Cases?.Keys]).toEqual([[], [key('p1')]]);

  rig.gateway.faults.inject({ kind: 'partial' });
  const entry = (DetailType: string) => ({ Source: 's', DetailType, Detail: '{}', EventBusName: 'huiyin' });
  const bus = new EventBridgeClient(rig.as('root'));
  const put2 = await bus.send(new PutEventsCommand({ Entries: [entry('one'), entry('two')] }));
  expect([put2.FailedEntryCount, put2.Entries?.map(({ ErrorCode }) => ErrorCode)]).toEqual([
    1,
    ['ThrottlingException', undefined],
  ]);
  expect(rig.published.map(({ detailType }) => detailType)).toEqual(['two']);
});

test('an index lags: what was written since is not in it, and is in its table', async () => {
  const of = (pk: string) => put(pk, { due: { S: 'due' } });
  await tables('root').send(of('i1'));
  const lag = rig.gateway.faults.inject({ kind: 'stale-index', times: Number.POSITIVE_INFINITY });
  await tables('root').send(of('i2'));
  const query = new QueryCommand({
    TableName: 'Cases',
    IndexName: 'due',
    KeyConditionExpression: 'due = :due',
    ExpressionAttributeValues: { ':due': { S: 'due' } },
  });
  const found = async () => (await tables('root').send(query)).Items?.map(({ pk }) => pk?.S).sort();
  expect(await found()).toEqual(['i1']);
  expect((await tables('root').send(new GetItemCommand({ TableName: 'Cases', Key: key('i2') }))).Item).toBeDefined();
  lag.remove();
  expect(await found()).toEqual(['i1', 'i2']);
});
