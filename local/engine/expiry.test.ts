import { afterEach, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import type { TableModel } from '../model.ts';
import { createTables, type Engine, expireDaily, startEngine } from './index.ts';

const START = Date.UTC(2026, 2, 2, 2);
const HOUR = 3_600_000;
const table = (name: string, ends?: string): TableModel => ({
  logicalId: name,
  arn: name,
  name,
  key: { hash: 'pk', range: 'sk' },
  attributes: { pk: 'S', sk: 'S' },
  indexes: [],
  ...(ends === undefined ? {} : { ends }),
});

let engine: Engine | undefined;
afterEach(() => engine?.stop());

test('items of a table that declares when they end are deleted within a day of it, and no others', async () => {
  engine = await startEngine();
  const { call } = engine;
  const tables = [table('Texts', 'ends'), table('Cases')];
  await createTables(engine, tables);
  const clock = createClock({ start: START, speed: 0 });
  const errors: Error[] = [];
  expireDaily(engine, tables, clock, (error) => errors.push(error));
  const put = (TableName: string, sk: string, hours?: number) => {
    const ends = hours === undefined ? {} : { ends: { N: String((START + hours * HOUR) / 1000) } };
    return call('PutItem', { TableName, Item: { pk: { S: 'p' }, sk: { S: sk }, ...ends } });
  };
  const left = async (TableName: string) =>
    (await call<{ Items: { sk: { S: string } }[] }>('Scan', { TableName })).Items.map(({ sk }) => sk.S).sort();
  await put('Texts', 'soon', 1);
  await put('Texts', 'later', 40);
  await put('Texts', 'for ever');
  await put('Cases', 'soon', 1);
  await clock.advance({ by: HOUR });
  expect(await left('Texts')).toEqual(['for ever', 'later', 'soon']);
  await clock.advance({ by: 23 * HOUR });
  expect(await left('Texts')).toEqual(['for ever', 'later']);
  await clock.advance({ by: 48 * HOUR });
  expect(await left('Texts')).toEqual(['for ever']);
  expect(await left('Cases')).toEqual(['soon']);
  expect(errors).toEqual([]);
  clock.stop();
});
