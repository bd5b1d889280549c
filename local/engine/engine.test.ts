import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TableModel } from '../model.ts';
import { createTables, type Engine, startEngine } from './index.ts';

const TABLE: TableModel = {
  logicalId: 'Cases',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Cases',
  name: 'Cases',
  key: { hash: 'pk', range: 'sk' },
  attributes: { pk: 'S', sk: 'S', due: 'S' },
  indexes: [{ name: 'due', key: { hash: 'due', range: 'sk' }, projection: 'ALL' }],
  stream: { arn: 'arn:stream', view: 'NEW_AND_OLD_IMAGES' },
};
const item = (n: number) => ({ pk: { S: 'case' }, sk: { S: String(n) }, due: { S: 'd' }, n: { N: String(n) } });

let dir: string;
let engine: Engine | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'huiyin-engine-'));
});
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  rmSync(dir, { recursive: true, force: true });
});

async function records(from: Engine): Promise<string[]> {
  const StreamArn = from.streamArns.get('Cases');
  const { StreamDescription } = await from.call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    'DescribeStream',
    { StreamArn },
    'DynamoDBStreams',
  );
  const { ShardIterator } = await from.call<{ ShardIterator: string }>(
    'GetShardIterator',
    { StreamArn, ShardId: StreamDescription.Shards[0]?.ShardId, ShardIteratorType: 'TRIM_HORIZON' },
    'DynamoDBStreams',
  );
  const { Records } = await from.call<{ Records: { dynamodb: { SequenceNumber: string } }[] }>(
    'GetRecords',
    { ShardIterator },
    'DynamoDBStreams',
  );
  return Records.map((record) => record.dynamodb.SequenceNumber);
}

test('a second start finds the data of the first, and the same definition changes nothing', async () => {
  engine = await startEngine({ dir });
  await createTables(engine, [TABLE]);
  await engine.call('PutItem', { TableName: 'Cases', Item: item(1) });
  await engine.stop();

  engine = await startEngine({ dir });
  await createTables(engine, [TABLE]);
  const { Item } = await engine.call<{ Item: unknown }>('GetItem', {
    TableName: 'Cases',
    Key: { pk: { S: 'case' }, sk: { S: '1' } },
  });
  expect(Item).toEqual(item(1));
});

test('an index may be added to kept data; a changed key or index is refused', async () => {
  engine = await startEngine({ dir });
  await createTables(engine, [TABLE]);
  await engine.call('PutItem', { TableName: 'Cases', Item: item(7) });
  const more: TableModel = {
    ...TABLE,
    attributes: { ...TABLE.attributes, n: 'N' },
    indexes: [...TABLE.indexes, { name: 'byN', key: { hash: 'pk', range: 'n' }, projection: 'KEYS_ONLY' }],
  };
  await createTables(engine, [more]);
  const { Count } = await engine.call<{ Count: number }>('Query', {
    TableName: 'Cases',
    IndexName: 'byN',
    KeyConditionExpression: 'pk = :p AND n > :n',
    ExpressionAttributeValues: { ':p': { S: 'case' }, ':n': { N: '5' } },
  });
  expect(Count).toBe(1);
  await expect(createTables(engine, [{ ...TABLE, key: { hash: 'sk' } }])).rejects.toThrow(/its key changed.*fresh/);
  await expect(createTables(engine, [TABLE])).rejects.toThrow(/index byN changed/);
});

test('trimming forgets what was read but keeps the newest record and rising numbers', async () => {
  engine = await startEngine({ dir });
  await createTables(engine, [TABLE]);
  for (let n = 0; n < 5; n += 1) await engine.call('PutItem', { TableName: 'Cases', Item: item(n) });
  const before = await records(engine);
  expect(engine.trimStream('Cases', before[2] as string)).toBe(3);
  expect(await records(engine)).toEqual(before.slice(3));
  expect(engine.trimStream('Cases', before[4] as string)).toBe(1);
  await engine.call('PutItem', { TableName: 'Cases', Item: item(9) });
  const after = await records(engine);
  expect(after).toHaveLength(2);
  expect(Number(after[1])).toBeGreaterThan(Number(before[4]));
});

test('an end that nobody asked for is told, one that was asked for is not', async () => {
  const told: string[] = [];
  engine = await startEngine({ dir, onDeath: (why) => told.push(why) });
  await engine.stop();
  expect(told).toEqual([]);
  engine = await startEngine({ dir, onDeath: (why) => told.push(why) });
  const { engine: pid } = JSON.parse(readFileSync(join(dir, 'engine.pid'), 'utf8')) as { engine: number };
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(told).toEqual(['the DynamoDB engine ended with SIGKILL']));
});

test('an endpoint named by the environment is used, and left running', async () => {
  engine = await startEngine({ dir });
  vi.stubEnv('HUIYIN_DYNAMODB_ENDPOINT', engine.url);
  const guest = await startEngine({ dir: join(dir, 'not made') });
  vi.unstubAllEnvs();
  await createTables(guest, [TABLE]);
  await guest.stop();
  expect(await engine.call('ListTables', {})).toEqual({ TableNames: ['Cases'] });
});

test("the engine's search for the newest sequence number has an index to use", async () => {
  engine = await startEngine({ dir });
  const database = new DatabaseSync(join(dir, 'engine.db'));
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1
       FROM _stream_records WHERE table_name = ?`,
    )
    .all('Cases');
  database.close();
  expect(plan.map(({ detail }) => detail).join()).toMatch(/USING .*INDEX huiyin_stream_table_name/);
});

test('what a killed parent left running is ended by the next start', async () => {
  const script = `import { startEngine } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    await startEngine({ dir: ${JSON.stringify(dir)} }); console.log('up'); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const { engine: orphan } = JSON.parse(readFileSync(join(dir, 'engine.pid'), 'utf8')) as { engine: number };
  await expect(startEngine({ dir })).rejects.toThrow(/in use by process/);
  const gone = new Promise((resolve) => parent.once('exit', resolve));
  parent.kill('SIGKILL');
  await gone;

  engine = await startEngine({ dir });
  // Where nobody reaps it, a dead process keeps its pid but not its state.
  const status = existsSync(`/proc/${orphan}`) ? readFileSync(`/proc/${orphan}/status`, 'utf8') : 'State: Z (gone)';
  expect(status).toMatch(/Z \(/);
  expect(JSON.parse(readFileSync(join(dir, 'engine.pid'), 'utf8'))).toMatchObject({ parent: process.pid });
});
