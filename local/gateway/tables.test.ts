import {
  BatchGetItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, deployment, TABLE } from './fixtures/deployment.ts';
import { openRig, type Rig } from './fixtures/rig.ts';
import { startGateway } from './index.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Cases';
const ONE_SITE = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['site1#*'] } };

let rig: Rig;
beforeAll(async () => {
  rig = await openRig(
    deployment({
      Writer: [
        allow(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'], ARN),
        allow(['dynamodb:Query'], `${ARN}/index/due`),
      ],
      Relay: [
        allow(['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'], `${ARN}/stream/*`),
      ],
      Scoped: [allow(['dynamodb:PutItem', 'dynamodb:Query'], ARN, ONE_SITE)],
    }),
  );
});
afterAll(() => rig.close());

const tables = (name: string, attempts?: number) => new DynamoDBClient(rig.as(name, attempts));
const put = (pk: string, extra = {}) =>
  new PutItemCommand({ TableName: 'Cases', Item: { pk: { S: pk }, sk: { S: '1' }, ...extra } });
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });

test('a granted call goes through, wakes the stream readers and is metered', async () => {
  const before = rig.gateway.meter.snapshot();
  const answer = await tables('Writer').send(put('a', { text: { S: 'x'.repeat(1500) } }));
  expect(answer.ConsumedCapacity).toBeUndefined();
  expect(rig.written.at(-1)).toEqual(['Cases']);
  const { Item } = await tables('Writer').send(new GetItemCommand({ TableName: 'Cases', Key: key('a') }));
  expect(Item?.text?.S).toHaveLength(1500);
  expect(rig.gateway.meter.since(before)).toEqual({
    Writer: { PutItem: { 'dynamodb.writeUnits': 2 }, GetItem: { 'dynamodb.readUnits': 0.5 } },
  });
  expect(rig.gateway.inFlight()).toBe(0);
});

test('a caller that asks for the capacity gets it', async () => {
  const answer = await tables('Writer').send(
    new PutItemCommand({ TableName: 'Cases', Item: key('b'), ReturnConsumedCapacity: 'TOTAL' }),
  );
  expect(answer.ConsumedCapacity?.CapacityUnits).toBe(1);
});

test('what is not granted is denied, by whom and on what, and remembered', async () => {
  await expect(tables('Writer').send(new ScanCommand({ TableName: 'Cases' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(/Writer is not authorized to perform: dynamodb:Scan on resource: .*table\/Cases$/),
  });
  expect(rig.gateway.denials.at(-1)).toEqual({ function: 'Writer', action: 'dynamodb:Scan', resource: ARN, at: 42 });
  await expect(tables('Nobody').send(put('c'))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('an index is a resource of its own', async () => {
  const query = (IndexName?: string) =>
    new QueryCommand({
      TableName: 'Cases',
      ...(IndexName ? { IndexName } : {}),
      KeyConditionExpression: '#k = :d',
      ExpressionAttributeNames: { '#k': IndexName ? 'due' : 'pk' },
      ExpressionAttributeValues: { ':d': { S: 'x' } },
    });
  await expect(tables('Writer').send(query('due'))).resolves.toMatchObject({ Count: 0 });
  await expect(tables('Writer').send(query())).rejects.toThrow(/dynamodb:Query/);
});

test('a transaction needs the right for each of its items', async () => {
  const transact = (check: boolean) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'Cases', Item: key(`t${check}`) } },
        {
          Update: {
            TableName: 'Cases',
            Key: key(`u${check}`),
            UpdateExpression: 'SET n = :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          },
        },
        ...(check
          ? [{ ConditionCheck: { TableName: 'Cases', Key: key('a'), ConditionExpression: 'attribute_exists(pk)' } }]
          : []),
      ],
    });
  const before = rig.gateway.meter.snapshot();
  await tables('Writer').send(transact(false));
  expect(rig.gateway.meter.since(before)).toEqual({ Writer: { TransactWriteItems: { 'dynamodb.writeUnits': 4 } } });
  await expect(tables('Writer').send(transact(true))).rejects.toThrow(/dynamodb:ConditionCheckItem/);
  const { Item } = await tables('root').send(new GetItemCommand({ TableName: 'Cases', Key: key('ttrue') }));
  expect(Item).toBeUndefined();
});

test('a grant on leading keys keeps other partitions shut', async () => {
  await tables('Scoped').send(put('site1#a'));
  await expect(tables('Scoped').send(put('site2#a'))).rejects.toThrow(/not authorized/);
  const query = (pk: string) =>
    new QueryCommand({
      TableName: 'Cases',
      KeyConditionExpression: 'pk = :p AND sk > :s',
      ExpressionAttributeValues: { ':p': { S: pk }, ':s': { S: '0' } },
    });
  expect((await tables('Scoped').send(query('site1#a'))).Count).toBe(1);
  await expect(tables('Scoped').send(query('site2#a'))).rejects.toThrow(/not authorized/);
});

test('a condition that fails costs what the write would have cost', async () => {
  const before = rig.gateway.meter.snapshot();
  const again = new PutItemCommand({
    TableName: 'Cases',
    Item: { ...key('a'), text: { S: 'x'.repeat(2500) } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await expect(tables('Writer').send(again)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  expect(rig.gateway.meter.since(before)).toEqual({ Writer: { PutItem: { 'dynamodb.writeUnits': 3 } } });
});

test('tables are described with the ARNs of the template, actions without a home are refused', async () => {
  const { Table } = await tables('root').send(new DescribeTableCommand({ TableName: 'Cases' }));
  expect(Table).toMatchObject({ TableArn: ARN, LatestStreamArn: TABLE.stream?.arn });
  const batch = new BatchGetItemCommand({ RequestItems: { Cases: { Keys: [key('a')] } } });
  await expect(tables('Writer').send(batch)).rejects.toThrow(/dynamodb:BatchGetItem/);
  expect((await tables('root').send(batch)).Responses?.Cases).toHaveLength(1);
  const response = await fetch(rig.gateway.url, {
    method: 'POST',
    headers: {
      'x-amz-target': 'DynamoDB_20120810.ExportTableToPointInTime',
      authorization: 'AWS4-HMAC-SHA256 Credential=root/20260101/us-east-1/dynamodb/aws4_request, Signature=0',
    },
    body: '{}',
  });
  expect(response.status).toBe(400);
  expect(response.headers.has('date'), 'a date the SDK could take for clock skew').toBe(false);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('is not served') });
});

test('a stream is read by the ARN of the template, with the rights for it', async () => {
  const streams = (name: string) => new DynamoDBStreamsClient(rig.as(name));
  const StreamArn = TABLE.stream?.arn;
  const { StreamDescription } = await streams('Relay').send(new DescribeStreamCommand({ StreamArn }));
  expect(StreamDescription?.StreamArn).toBe(StreamArn);
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const iterator = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  const { ShardIterator } = await streams('Relay').send(iterator);
  const { Records } = await streams('Relay').send(new GetRecordsCommand({ ShardIterator }));
  expect(Records?.length).toBeGreaterThan(0);
  await expect(streams('Writer').send(new GetRecordsCommand({ ShardIterator }))).rejects.toThrow(/dynamodb:GetRecords/);
});

test('a policy with a condition that can not be judged is refused at the start', async () => {
  const strange = deployment({
    Strange: [allow(['dynamodb:PutItem'], ARN, { StringEquals: { 'dynamodb:Attributes': ['a'] } })],
  });
  const { engine, services } = rig;
  await expect(startGateway({ deployment: strange, engine, services, clock: { now: () => 0 } })).rejects.toThrow(
    /Strange: dynamodb:Attributes/,
  );
});
