import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { flats, siteWithFees } from '../../services/billing/runs/testing.ts';
import { billingTable } from '../../services/billing/store.ts';
import { inParallel } from '../../shared/aws/many.ts';
import { SITE as BILLED, OTHERS } from '../../shared/testing/site.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { modelOf, startRealEngine } from '../support/real-engine.ts';
import { costOf, split, where } from './cost.ts';
import { benchCloud, type Desk, SITE } from './group.ts';

/** Goals: bills a second per bill of raw transactions; growth of a bill's units; dollars per 10,000 notices without email. */
export const GOAL_RUN_RATIO = 0.5;
export const GOAL_GROWTH = 1.1;
export const GOAL_NOTICES_USD = 0.3;
const SMALL = 2_000;
const LARGE = 20_000;
const UNITS_A_BUILDING = 400;
/** Workers at once; as many as have something to do on a few cores. */
const WORKERS = 4;
const CLIENTS = 16;
/** The first month opens the accounts; the second is one like all others. */
export const [FIRST, SECOND] = ['2026-11', '2026-12'];
export const runOf = (period: string) => `run_${period}`;
/** Payers whose notices are priced, with all that they cause. */
const PRICED = 200;
/** Mail goes at the account's pace. */
export const UNTIL_MAILED = HOUR;

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** An engine's client that meters: units by direction, and every transaction as it was written. */
const metered = (doc: DynamoDBDocumentClient) => {
  const used = { read: 0, write: 0, transactions: [] as Items[] };
  const send = async (command: { input: object }) => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const answer = (await doc.send(command as never)) as { ConsumedCapacity?: unknown };
    const isWrite = command instanceof TransactWriteCommand;
    for (const one of [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits?: number }[]) {
      used[isWrite ? 'write' : 'read'] += one.CapacityUnits ?? 0;
    }
    if (isWrite) used.transactions.push(command.input.TransactItems ?? []);
    return answer;
  };
  return { used, doc: { send } as unknown as DynamoDBDocumentClient };
};

/** The same items once more, into an empty table like it, as many in a transaction: seconds. */
const writeRaw = async (
  doc: DynamoDBDocumentClient,
  table: string,
  transactions: readonly Items[],
): Promise<number> => {
  const raw = transactions.map((items) => items.map(({ Put }) => ({ Put: { TableName: table, Item: Put?.Item } })));
  const began = performance.now();
  await inParallel(raw, CLIENTS, (TransactItems) => doc.send(new TransactWriteCommand({ TransactItems })));
  return (performance.now() - began) / 1000;
};

/** What handlers log is no part of what is printed. */
const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
};

/** A run of so many units on an engine of its own: from its issue until every bill is entered. */
const chargeAll = async (units: number) => {
  const engine = await startRealEngine();
  try {
    const raw = { ...billingTable, name: 'rawbilling' };
    await engine.createTables([billingTable, raw, ...OTHERS].map(modelOf));
    const { used, doc } = metered(engine.doc);
    const buildings = Array.from({ length: units / UNITS_A_BUILDING }, (_, i) => `B${i}-`);
    const site = await siteWithFees(
      buildings.flatMap((building) => flats(building, UNITS_A_BUILDING)),
      undefined,
      doc,
    );
    Object.assign(used, { read: 0, write: 0, transactions: [] });
    const began = performance.now();
    await site.issue();
    await inParallel(await site.left(), WORKERS, async (todo) => {
      while (await site.work(todo));
    });
    const seconds = (performance.now() - began) / 1000;
    const state = (await site.runs.runs.head(BILLED, runOf(FIRST))).state;
    if (state?.totals.accounts !== units) throw new Error(`${state?.totals.accounts} of ${units} were charged`);
    const { read, write, transactions } = used;
    const rawSeconds = await writeRaw(engine.doc, raw.name, transactions);
    return {
      units,
      billsPerSecond: units / seconds,
      rawPerSecond: units / rawSeconds,
      ratio: rawSeconds / seconds,
      writeUnits: write / units,
      readUnits: read / units,
    };
  } finally {
    await engine.stop();
  }
};

const csv = (header: string, lines: readonly string[]) => Buffer.from([header, ...lines].join('\n')).toString('base64');

/** So many flats, each with a payer who has an address. */
export const unitsWithPayers = async ({ admin }: Desk, many: number) => {
  const rows = Array.from({ length: many }, (_, n) => n);
  const place = (n: number) => `B1,${1000 + n}`;
  const files = {
    units: csv(
      'building,unit,area',
      rows.map((n) => `${place(n)},${60 + n}.${10 + (n % 90)}`),
    ),
    parties: csv(
      '楼栋,房号,姓名,邮箱,缴费人',
      rows.map((n) => `${place(n)},示例业主${n},payer-${n}@owners.example.com,是`),
    ),
  };
  for (const [kind, content] of Object.entries(files)) {
    const body = { kind, fileName: `${kind}.csv`, content, dryRun: false };
    await admin.post(`/sites/${SITE}/imports`, body, `run-${kind}`);
  }
};

/** One fee, by area. */
export const withFees = ({ admin }: Desk) => {
  const names = { zh: '物业管理费', en: 'Management fee' };
  const items = [{ code: 'management', names, basis: 'area', rates: [{ rate: '2.85' }] }];
  return admin.post(`/sites/${SITE}/fees`, { effective: '2026-01-01', items }, 'run-fees');
};

/** What a notice costs with everything before and after it: the bill, its events and figures, the mail and its delivery. */
const priceNotices = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, {
    start: Date.UTC(2026, 10, 1, 1),
    speed: 0,
    repeatable: true,
  });
  try {
    await unitsWithPayers(desk, PRICED);
    await withFees(desk);
    await cloud.clock.settle();
    await desk.director.post(`/sites/${SITE}/runs`, { period: FIRST }, 'run-first');
    await cloud.clock.advance({ by: UNTIL_MAILED });
    const before = cloud.meter.snapshot();
    await desk.director.post(`/sites/${SITE}/runs`, { period: SECOND }, 'run-second');
    await cloud.clock.advance({ by: UNTIL_MAILED });
    const { status, notices } = await desk.director.get(`/sites/${SITE}/runs/${runOf(SECOND)}`);
    if (status !== 'issued' || notices !== PRICED) throw new Error(`the run is ${status}: ${notices} notices`);
    const used = split(cloud.meter.since(before), cloud.deployment).caused;
    return { ...where(used, cloud.deployment, PRICED), cost: costOf(used, cloud.deployment, PRICED) };
  } finally {
    await cloud.stop();
  }
};

/** Bill runs: how fast bills are entered, what one costs in a small and in a large run, and what a notice costs. */
export const measureRun = async (assembly: string) => {
  const small = await quietly(() => chargeAll(SMALL));
  const large = await quietly(() => chargeAll(LARGE));
  const notice = await priceNotices(assembly);
  return {
    small,
    large,
    growth: (large.writeUnits + large.readUnits) / (small.writeUnits + small.readUnits),
    notice: notice.cost,
    where: { units: notice.units, top: notice.top },
    per10000NoticesUsd: notice.cost.per1000Usd * 10,
  };
};
