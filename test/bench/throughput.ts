import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables, type Engine, startEngine } from '../../local/engine/index.ts';
import type { TableModel } from '../../local/model.ts';
import { benchCloud, settledContact } from './group.ts';
import { quantile } from './numbers.ts';

/** Goal: commands through the API per raw three-item transaction of the same engine. */
export const GOAL_RATIO = 0.5;
const CLIENTS = 16;
const WARM_MS = 3000;
const MEASURE_MS = 6000;

/** How often per second `once` ends, with so many at it for a while. */
const rate = async (
  idempotencyKey: (n: number) => Promise<unknown>,
  ms: number,
): Promise<{ perSecond: number; took: number[] }> => {
  const took: number[] = [];
  let next = 0;
  const began = performance.now();
  const client = async () => {
    while (performance.now() - began < ms) {
      const from = performance.now();
      await idempotencyKey(next++);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { perSecond: (took.length * 1000) / (performance.now() - began), took };
};

const s = (value: string) => ({ S: value });

/** What a command at least has to write: a head, an event and a key, in a table with a stream and indexes. */
const transaction = (table: string, n: string) => {
  const put = (Item: Record<string, object>) => ({
    Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  const pk = s(`raw#contact#${n}`);
  return {
    TransactItems: [
      put({ pk, sk: s('head'), v: { N: '1' }, list: s('raw#contact#open'), id: s(n), state: s('x'.repeat(400)) }),
      put({ pk, sk: s('e#000001'), name: s('contact.received'), data: s('x'.repeat(300)) }),
      put({ pk: s(`raw#key#${n}`), sk: s('key'), body: s('x'.repeat(64)) }),
    ],
  };
};

const rawRate = async (engine: Engine, table: string, round: string, ms: number) =>
  (await rate((n) => engine.call('TransactWriteItems', transaction(table, `${round}-${n}`)), ms)).perSecond;

/** Commands per second through the API, and raw transactions per second of the same engine, before and after. */
export const measureThroughput = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, { speed: 1 });
  const dir = mkdtempSync(join(tmpdir(), 'huiyin-bench-'));
  let engine: Engine | undefined;
  try {
    engine = await startEngine({ dir });
    const table = cloud.deployment.tables.find(({ stream }) => stream) as TableModel;
    await createTables(engine, [table]);
    await rawRate(engine, table.name, 'warm', WARM_MS / 3);
    await rate((n) => settledContact(desk, `warm-${n}`), WARM_MS);
    await cloud.clock.settle();

    const before = await rawRate(engine, table.name, 'before', MEASURE_MS / 2);
    const began = performance.now();
    const spent = process.cpuUsage();
    const { perSecond, took } = await rate((n) => settledContact(desk, `measured-${n}`), MEASURE_MS);
    await cloud.clock.settle();
    const settledPerSecond = (took.length * 1000) / (performance.now() - began);
    const { user, system } = process.cpuUsage(spent);
    const after = await rawRate(engine, table.name, 'after', MEASURE_MS / 2);
    const raw = (before + after) / 2;
    return {
      clients: CLIENTS,
      rawPerSecond: raw,
      commandsPerSecond: perSecond,
      /** With all that the commands cause done, too. */
      settledPerSecond,
      ratio: perSecond / raw,
      p50Ms: quantile(took, 0.5),
      p99Ms: quantile(took, 0.99),
      /** CPU time of clients, cloud and functions together, without the engine's. */
      cpuMsPerCommand: (user + system) / 1000 / took.length,
    };
  } finally {
    await cloud.stop();
    await engine?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};
