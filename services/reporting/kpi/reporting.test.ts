import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { HOUR } from '../../../shared/time/clock.ts';
import type { StepMessage } from '../audit/rebuild.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { packedName } from '../figures/pack.ts';
import { contactId, five, journals, life, lives, mixed, NINE, SITE } from '../testing/site.ts';
import { record, type World, world } from '../testing/world.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});

const RANGE = { from: '2026-05-01', to: '2026-05-31', by: 'day' };
const figures = async (world: World, site = SITE, query: object = RANGE) =>
  (await world.call('GET', '/sites/{site}/figures', { params: { site }, query })).body;
const cases = async (measure: string, query: object) =>
  (await w.call('GET', '/sites/{site}/figures/{measure}/cases', { params: { site: SITE, measure }, query })).body;

test("a site's day opens into its cases, and each says why it stands where it does", async () => {
  await w.happen(five());
  const { total, periods } = await figures(w);
  expect(total.Q3).toMatchObject({
    due: 5,
    met: 2,
    missed: 3,
    running: 0,
    percent: '40.00',
    target: 100,
    onTarget: false,
  });
  expect(total.Q4).toMatchObject({ met: 5, target: 90, onTarget: true, ranked: false });
  expect(periods.map(({ period }: { period: string }) => period)).toEqual(['2026-05-01', '2026-05-03']);
  const missed = await cases('Q3', { day: '2026-05-01', state: 'missed', limit: '2' });
  expect(missed.items).toEqual(
    ['c3', 'c4'].map((root) => ({
      id: `${root}-1`,
      site: SITE,
      day: '2026-05-01',
      measure: 'Q3',
      state: 'missed',
      why: 'not-reached-in-time',
      contact: `con_${root}`,
      complaint: `cmp_${root}`,
      callback: `cbk_${root}-1`,
      resolution: 1,
    })),
  );
  const more = await cases('Q3', { day: '2026-05-01', state: 'missed', limit: '2', after: missed.next });
  expect(more.items.map(({ id }: { id: string }) => id)).toEqual(['c5-1']);
  expect(more.asOf).toEqual((await figures(w, SITE, { ...RANGE, to: '2026-05-01' })).asOf);
  const span = { from: '2026-05-01', to: '2026-05-31', state: 'missed', limit: '2' };
  const first = await cases('Q3', span);
  const rest = await cases('Q3', { ...span, after: first.next });
  expect([...first.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual(['c3-1', 'c4-1', 'c5-1']);
  expect(total.Q2).toMatchObject({ due: 5, met: 3, missed: 2, running: 0, excluded: 0 });
});

test('law: three streams counted side by side, with duplicates and disorder, give what one by one gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      lives.chain((all) => {
        const events = all.flatMap((one) => journals(one).flat());
        return fc.tuple(fc.constant(events), mixed(events));
      }),
      async ([events, order]) => {
        const [calm, wild] = await Promise.all([world(), world()]);
        await calm.happen(events);
        const thirds = [0, 1, 2].map((i) => order.filter((_, n) => n % 3 === i));
        await Promise.all(thirds.map((some) => wild.count({ Records: some.map(record) })));
        const [{ asOf, ...told }, { asOf: _, ...calmly }] = await Promise.all([figures(wild), figures(calm)]);
        expect(told).toEqual(calmly);
        const times = Object.values(asOf).flatMap((at) => (at === null ? [] : [Date.parse(at as string)]));
        expect(events.map(({ at }) => at)).toEqual(expect.arrayContaining(times));
        // The months are the days' sums: read by the month or by the day, the total is the same.
        const [days, months] = await Promise.all([figures(wild), figures(wild, SITE, { ...RANGE, by: 'month' })]);
        expect(months.total).toEqual(days.total);
        expect(await calm.rebuild()).toMatchObject({ status: 'done', differences: 0 });
      },
    ),
    { numRuns: 5 },
  );
});

test('a reader that dies after its transaction counts nothing twice when the batch comes again', async () => {
  const batch = { Records: five().map(record) };
  w.die(1);
  expect(await w.count(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'con_c1.1' }] });
  expect(await w.count(batch)).toEqual({ batchItemFailures: [] });
  expect((await figures(w)).total.Q3).toMatchObject({ due: 5, met: 2 });
});

test('from the first event that cannot be counted the stream comes again; what was before it is counted', async () => {
  const [first, second] = [journals(life(1)).flat(), journals(life(2)).flat()];
  const unknown = { ...(second[0] as Seen), site: 'elsewhere' };
  const answer = await w.count({ Records: [...first, unknown, ...second].map(record) });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: unknown.id }] });
  expect((await figures(w)).total.Q2.due).toBe(1);
});

test('cases go on after a page of the same question, and of no other', async () => {
  for (const after of ['x', 'elsewhere~2026-05-01~', `${SITE}~2026-06-01~`, `${SITE}~9~`]) {
    const query = { from: '2026-05-01', to: '2026-05-31', after };
    const refused = await cases('Q3', query);
    expect(refused.errors).toEqual([{ field: 'query.after', rule: "the page before's next" }]);
  }
});

test('a question has bounds: real days, in order, at most 400', async () => {
  const ask = async (query: object) =>
    (await w.call('GET', '/sites/{site}/figures', { params: { site: SITE }, query })).status;
  expect(await ask({ from: '2025-01-01', to: '2026-02-04' })).toBe(200);
  expect(await ask({ from: '2025-01-01', to: '2026-02-05' })).toBe(400);
  expect(await ask({ from: '2026-02-02', to: '2026-02-01' })).toBe(400);
  expect(await ask({ from: '2026-02-30', to: '2026-03-01' })).toBe(400);
});

const spoils: [string, string, () => Promise<unknown>][] = [
  [
    'a lost event',
    `${SITE}#rating#c5-1`,
    () => w.doc.send(new DeleteCommand({ TableName: w.own, Key: { pk: `${SITE}#case#c5`, sk: 'rating#1' } })),
  ],
  [
    'a row nobody wrote a journal for',
    `${SITE}#handled#c9`,
    () =>
      w.doc.send(
        new PutCommand({
          TableName: w.own,
          Item: {
            pk: `${SITE}#case#c9`,
            sk: 'handled',
            v: 1,
            facts: { day: '2026-05-01' },
            list: `${SITE}#handled#2026-05-01`,
            id: 'c9',
          },
        }),
      ),
  ],
  [
    'a wrong count',
    `${SITE}#days#2026-05-01`,
    () =>
      w.doc.send(
        new UpdateCommand({
          TableName: w.own,
          Key: { pk: `${SITE}#days`, sk: '2026-05-01' },
          UpdateExpression: 'ADD #c :one',
          ExpressionAttributeNames: { '#c': packedName('Q3.m') },
          ExpressionAttributeValues: { ':one': 1 },
        }),
      ),
  ],
  [
    'a wrong count of a month',
    `${SITE}#months#2026-05`,
    () =>
      w.doc.send(
        new UpdateCommand({
          TableName: w.own,
          Key: { pk: `${SITE}#months`, sk: '2026-05' },
          UpdateExpression: 'ADD #c :one',
          ExpressionAttributeNames: { '#c': packedName('Q3.m') },
          ExpressionAttributeValues: { ':one': 1 },
        }),
      ),
  ],
  [
    'a month without counts',
    `${SITE}#months#2026-05`,
    () => w.doc.send(new DeleteCommand({ TableName: w.own, Key: { pk: `${SITE}#months`, sk: '2026-05' } })),
  ],
  [
    'a day without counts',
    `${SITE}#days#2026-05-01`,
    () => w.doc.send(new DeleteCommand({ TableName: w.own, Key: { pk: `${SITE}#days`, sk: '2026-05-01' } })),
  ],
];

test.each(spoils)('rebuild finds %s, to the last unit, and puts it right', async (_, what, spoil) => {
  await w.happen(five());
  const right = await figures(w);
  expect(await w.rebuild()).toMatchObject({ differences: 0, events: five().length, rows: 25, days: 2 });
  await spoil();
  const found = await w.rebuild();
  expect(found.differences).toBeGreaterThan(0);
  expect(found.examples.map((example: { what: string }) => example.what)).toContain(what);
  await w.rebuild(true);
  expect(await w.rebuild()).toMatchObject({ differences: 0 });
  expect(await figures(w)).toEqual(right);
});

test('rebuild misses no upheld complaint that never reached the contact it is about', async () => {
  const events = [...five(), ...journals(life(6, { kind: 'attitude', against: 1 })).flat()];
  await w.write(events);
  await w.count({ Records: events.filter(({ name }) => name !== 'complaint.upheld').map(record) });
  const found = await w.rebuild();
  expect(found.examples.map(({ what }: { what: string }) => what)).toContain(`${SITE}#handled#c1`);
});

test('what happens while a rebuild runs is no difference, nor what the streams bring a little later', async () => {
  await w.happen(five());
  const late = journals(life(6, { at: NINE + HOUR })).flat();
  await w.write(late);
  const { body } = await w.call('POST', '/figures/rebuild');
  let steps = 0;
  while (w.queue.length > 0) {
    await w.step(w.queue.shift() as StepMessage);
    if (++steps === 2) await w.count({ Records: late.map(record) });
    if (steps === 4) await w.happen(journals(life(7, { at: w.now + steps })).flat());
  }
  const ended = await w.call('GET', '/figures/rebuild/{rebuild}', { params: { rebuild: body.id } });
  expect(ended.body).toMatchObject({ status: 'done', differences: 0, events: five().length + late.length });
});

test('a step told twice, or left half-way, is done once', async () => {
  await w.happen(five());
  const { body } = await w.call('POST', '/figures/rebuild', { key: 'same' });
  expect((await w.call('POST', '/figures/rebuild', { key: 'same' })).body).toEqual(body);
  expect((await w.call('POST', '/figures/rebuild', { key: 'same', body: { repair: true } })).status).toBe(409);
  expect(w.queue).toHaveLength(2);
  const [first, again] = w.queue.splice(0) as [StepMessage, StepMessage];
  await w.step(first);
  await w.step(again);
  // Every chain's first step, each once.
  expect(new Set(w.queue.map(({ chain }) => chain)).size).toBe(w.queue.splice(0).length);
  // The word of the next step was lost with whoever had it; the message comes again.
  await w.step(first, 2);
  while (w.queue.length > 0) await w.step(w.queue.shift() as StepMessage);
  const ended = await w.call('GET', '/figures/rebuild/{rebuild}', { params: { rebuild: body.id } });
  expect(ended.body).toMatchObject({ status: 'done', events: five().length, rows: 25, days: 2, differences: 0 });
  expect((await w.call('POST', '/figures/rebuild', { key: 'same' })).body).toEqual(body);
});

test('cases name no complaint where the contact became none', async () => {
  await w.happen(journals(life(1, { fate: 'repair' })).flat());
  expect((await cases('Q2', { day: '2026-05-01' })).items).toMatchObject([
    { id: 'c1', state: 'met', contact: contactId(1) },
  ]);
  expect((await cases('Q2', { day: '2026-05-01' })).items[0]).not.toHaveProperty('complaint');
});

test('one person starts so many rebuilds a day; one that is asked for again under its key counts once', async () => {
  const start = async (key?: string, staff?: string) =>
    (
      await w.call('POST', '/figures/rebuild', {
        ...(key === undefined ? {} : { key }),
        ...(staff === undefined ? {} : { staff }),
      })
    ).status;
  for (let i = 0; i < 3; i++) expect(await start('same')).toBe(202);
  for (let i = 1; i < DEFAULT_POLICY.rebuildsPerDay; i++) expect(await start()).toBe(202);
  expect(await start()).toBe(429);
  expect(await start('same')).toBe(202);
  expect(await start(undefined, 'stf_other')).toBe(202);
});
