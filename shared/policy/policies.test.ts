import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { memoryTables } from '../memory-tables/tables.ts';
import { MINUTE } from '../time/clock.ts';
import { policies } from './policies.ts';
import { siteKey } from './policy.ts';

test('a job over all sites reads each once: what came with their list is known for a minute', async () => {
  const tables = memoryTables({ name: 'registry', stream: false, indexes: [] });
  for (const site of ['cloudrest', 'lakeside']) {
    const Item = { ...siteKey(site), site, name: site, timeZone: 'Asia/Shanghai', departments: [] };
    await tables.send(new PutCommand({ TableName: 'registry', Item }));
  }
  const sent: string[] = [];
  const doc = {
    send: (command: Parameters<typeof tables.send>[0]) => {
      sent.push(command.constructor.name);
      return tables.send(command);
    },
  } as unknown as typeof tables;
  let now = 0;
  const read = policies({ doc, registry: 'registry', clock: () => now });
  const { items } = await read.list(10);
  expect(items.map(({ site }) => site)).toEqual(['cloudrest', 'lakeside']);
  for (const facts of items) expect(await read.site(facts.site)).toEqual(facts);
  expect(sent).toEqual(['QueryCommand']);
  now += MINUTE;
  await read.site('lakeside');
  expect(sent).toEqual(['QueryCommand', 'GetCommand']);
});
