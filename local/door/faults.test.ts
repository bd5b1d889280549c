import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { allow, deployment } from './fixtures/deployment.ts';
import { openRig, type Rig } from './fixtures/rig.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Cases';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig(deployment({ Writer: [allow(['dynamodb:PutItem'], ARN)] }));
});
afterAll(() => rig.close());
afterEach(() => rig.door.faults.clear());

const tables = (name: string, attempts?: number) => new DynamoDBClient(rig.as(name, attempts));
const put = (pk: string, extra = {}) =>
  new PutItemCommand({ TableName: 'Cases', Item: { pk: { S: pk }, sk: { S: '1' }, ...extra } });
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });

test('a throttle strikes so often as asked, after so many as asked, and the SDK gets over it', async () => {
  const fault = rig.door.faults.inject({ function: 'Writer', action: 'PutItem', kind: 'throttle', times: 1, after: 1 });
  await tables('Writer').send(put('f1'));
  await expect(tables('Writer').send(put('f2'))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  await tables('Writer').send(put('f2'));
  expect(fault.hits).toBe(1);
  fault.remove();
  rig.door.faults.inject({ kind: 'throttle' });
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
    rig.door.faults.inject({ ...mine, kind });
    await expect(tables('Writer').send(put(kind)), kind).rejects.toThrow();
    expect(await there(kind), kind).toBe(effect);
  }
  expect(rig.crashed).toEqual(['Writer', 'Writer']);
});

test('a transaction conflict comes with its reasons', async () => {
  rig.door.faults.inject({ kind: 'conflict', match: ({ body }) => Array.isArray(body.TransactItems) });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: 'Cases', Item: key('x') } }, { Put: { TableName: 'Cases', Item: key('y') } }],
  });
  await expect(tables('Writer').send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
});
