import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../shared/time/clock.ts';
import { packedName } from '../figures/pack.ts';
import { five, NINE, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';
import { type StepMessage, TRIES } from './rebuild.ts';

let w: World;
beforeEach(async () => {
  w = await world();
  w.stores.slices = 2;
  await w.happen(five());
});

const start = async () => (await w.call('POST', '/figures/rebuild')).body.id as string;
const stands = async (rebuild: string) =>
  (await w.call('GET', '/figures/rebuild/{rebuild}', { params: { rebuild } })).body;
/** A wrong count of the first of May. */
const spoil = () =>
  w.doc.send(
    new UpdateCommand({
      TableName: w.own,
      Key: { pk: `${SITE}#days`, sk: '2026-05-01' },
      UpdateExpression: 'ADD #n :by',
      ExpressionAttributeNames: { '#n': packedName('Q3.m') },
      ExpressionAttributeValues: { ':by': 1 },
    }),
  );
const refuse = async () => {
  throw new Error('no');
};
/** What takes the machine with it: nothing runs after it, not even what would catch it. */
let killed: () => void = () => undefined;
const kill = () => {
  killed();
  return new Promise<never>(() => undefined);
};
/** The queue is worked off as SQS would: what fails comes again, and after its last try is a dead letter. */
const deliver = async () => {
  const dead: StepMessage[] = [];
  for (let one = w.queue.shift(); one; one = w.queue.shift()) {
    for (let received = 1; ; received++) {
      const died = new Promise<boolean>((resolve) => {
        killed = () => resolve(false);
      });
      const went = w.step(one, received).then(
        () => true,
        () => false,
      );
      if (await Promise.race([went, died])) break;
      if (received === TRIES) {
        dead.push(one);
        break;
      }
    }
  }
  return dead;
};

test('a chain that fails for good is named, and the others end; redriven it goes on, and is counted once', async () => {
  await spoil();
  const rebuild = await start();
  const { nextBuilding } = w.stores.collection;
  w.stores.collection.nextBuilding = async (site, ...rest) => (site === SITE ? refuse() : nextBuilding(site, ...rest));
  const dead = await deliver();
  expect(dead.map(({ chain }) => chain)).toEqual([`money ${SITE}`]);
  expect(await stands(rebuild)).toMatchObject({
    status: 'incomplete',
    notCompared: [`money ${SITE}`],
    events: five().length,
    rows: 25,
    days: 2,
    examples: [{ what: `${SITE}#days#2026-05-01` }, { what: `${SITE}#months#2026-05` }],
  });
  expect(w.alarms).toHaveLength(1);
  w.stores.collection.nextBuilding = nextBuilding;
  w.queue.push(...dead);
  expect(await deliver()).toEqual([]);
  expect(await stands(rebuild)).toMatchObject({ status: 'done', notCompared: [], events: five().length, rows: 25 });
});

test('where the last before the money takes its machine with it each time, the money is compared all the same', async () => {
  const rebuild = await start();
  const { items } = w.stores.rebuilds;
  w.stores.rebuilds.items = (limit, after, slice) => (slice.n === 1 ? kill() : items(limit, after, slice));
  expect((await deliver()).map(({ chain }) => chain)).toEqual(['rows 2/2']);
  expect(await stands(rebuild)).toMatchObject({ status: 'incomplete', notCompared: ['rows 2/2'] });
  const money = (await w.stores.rebuilds.chains(rebuild)).filter(({ task }) => task.pass === 'money');
  expect(money.map(({ status }) => status)).toEqual(['done', 'done']);
});

test('of a night, a site that fails takes no other with it', async () => {
  w.now = NINE + DAY;
  const { cell } = w.stores.reporting;
  w.stores.reporting.cell = async (site, ...rest) => (site === SITE ? refuse() : cell(site, ...rest));
  await w.nightfall();
  expect((await deliver()).map(({ chain }) => chain)).toEqual([`night ${SITE}`]);
  w.stores.reporting.cell = cell;
  const { items } = (await w.call('GET', '/figures/rebuild', { query: { limit: '1' } })).body;
  expect(items).toMatchObject([{ status: 'incomplete', notCompared: [`night ${SITE}`], days: 3 }]);
});

test('every message told twice or more changes nothing of what was counted, and rings once', async () => {
  await spoil();
  const rebuild = await start();
  // A word that two told messages each pass on is told again but once, or there would be no end of them.
  const told = new Set<string>();
  for (let one = w.queue.shift(); one; one = w.queue.shift()) {
    const word = JSON.stringify(one);
    if (told.has(word)) continue;
    told.add(word);
    await w.step(one);
    await w.step(one);
    await w.step(one, 2);
  }
  expect(await stands(rebuild)).toMatchObject({ status: 'done', events: five().length, rows: 25, days: 2 });
  expect(w.alarms).toHaveLength(1);
});

test('chains go on side by side: none waits for another but the money for the rows', async () => {
  const rebuild = await start();
  await w.step(w.queue.shift() as StepMessage);
  const begun = w.queue.map(({ chain }) => chain);
  expect(begun).toEqual(expect.arrayContaining(['contacts 1/2', 'rows 1/2', 'billing 2/2']));
  expect(begun).toHaveLength(5 * 2);
  // The last begun first, and each to its end: the same comes of it.
  w.queue.reverse();
  await w.work();
  const counted = { events: five().length, rows: 25, days: 2, differences: 0 };
  expect(await stands(rebuild)).toMatchObject({ status: 'done', ...counted });
});
