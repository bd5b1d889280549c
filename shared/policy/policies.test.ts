import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { memoryTables } from '../memory-tables/tables.ts';
import { HOUR, MINUTE } from '../time/clock.ts';
import { policies } from './policies.ts';
import { DEFAULT_POLICY, policyKey, siteKey } from './policy.ts';

/** A registry's tables, and what is read of them. */
const registryOf = () => {
  const tables = memoryTables({ name: 'registry', stream: false, indexes: [] });
  const sent: string[] = [];
  const doc = {
    send: (command: Parameters<typeof tables.send>[0]) => {
      sent.push(command.constructor.name);
      return tables.send(command);
    },
  } as unknown as typeof tables;
  const put = (Item: Record<string, unknown>) => tables.send(new PutCommand({ TableName: 'registry', Item }));
  const facts = (site: string) => ({ ...siteKey(site), site, name: site, timeZone: 'Asia/Shanghai', departments: [] });
  return { doc, sent, put, facts };
};

test('a job over all sites reads each once: what came with their list is known for a minute', async () => {
  const { doc, sent, put, facts } = registryOf();
  for (const site of ['cloudrest', 'lakeside']) await put(facts(site));
  let now = 0;
  const read = policies({ doc, registry: 'registry', clock: () => now });
  const { items } = await read.list(10);
  expect(items.map(({ site }) => site)).toEqual(['cloudrest', 'lakeside']);
  for (const one of items) expect(await read.site(one.site)).toEqual(one);
  expect(sent).toEqual(['QueryCommand']);
  now += MINUTE;
  await read.site('lakeside');
  expect(sent).toEqual(['QueryCommand', 'GetCommand']);
});

test('a policy is read again once the list of sites says that there is a newer version, or says nothing', async () => {
  const { doc, sent, put, facts } = registryOf();
  const publish = async (version: number, effective: number) => {
    await put({ ...policyKey('lakeside', version), version, effective, values: DEFAULT_POLICY });
    await put({ ...facts('lakeside'), policy: version });
  };
  await publish(1, 0);
  let now = 0;
  const read = policies({ doc, registry: 'registry', clock: () => now });
  /** Which version is in effect an hour later, and how many reads that took besides the list. */
  const hourly = async () => {
    now += HOUR;
    await read.list(10);
    sent.length = 0;
    const { version } = await read.at('lakeside', now);
    return [version, sent.length];
  };
  expect(await hourly()).toEqual([1, 1]);
  expect(await hourly()).toEqual([1, 0]);
  await publish(2, now + 2 * HOUR);
  expect(await hourly()).toEqual([1, 1]);
  expect(await hourly()).toEqual([2, 0]);
  await put(facts('lakeside'));
  expect(await hourly()).toEqual([2, 1]);
  expect(await hourly()).toEqual([2, 1]);
  now += HOUR;
  expect((await read.at('lakeside', now)).version).toBe(2);
});
