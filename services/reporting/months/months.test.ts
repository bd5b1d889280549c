import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../shared/clock.ts';
import { journals, type Life, NINE, SITE } from '../testing.ts';
import { record, startWorld, type World, world } from '../testing-world.ts';

let w: World;
beforeAll(startWorld);
beforeEach(async () => {
  w = await world();
});

const MONTH = '2026-05';
/** A complaint, called back in time, or late. */
const life = (n: number, late: boolean): Life => ({
  n,
  at: NINE,
  rings: 1,
  fate: 'complaint',
  accepted: 0,
  kind: 'noise',
  closed: 1,
  results: [{ resolved: 1, tries: 0, call: { after: late ? 60 : 20, rating: 5, ratedBy: 'owner' } }],
});
const happens = async (lives: Life[]) => {
  const events = lives.flatMap((one) => journals(one).flat());
  await w.write(events);
  expect(await w.count({ Records: events.map(record) })).toEqual({ batchItemFailures: [] });
};
const close = (how: object = {}) =>
  w.call('POST', '/sites/{site}/months/{month}', { params: { site: SITE, month: MONTH }, ...how });
const read = async (what = '') =>
  (await w.call('GET', `/sites/{site}/months/{month}${what}`, { params: { site: SITE, month: MONTH } })).body;
const isOver = () => {
  w.now = NINE + 60 * DAY;
};

test('a month is closed once it is over, and not while anything of it runs', async () => {
  await happens([life(1, false)]);
  expect((await close()).body).toMatchObject({ code: 'month.not-over' });
  isOver();
  const [received] = journals({ ...life(2, false), results: [] });
  await w.write(received ?? []);
  await w.count({ Records: (received ?? []).map(record) });
  const refused = await close();
  expect([refused.status, refused.body.code]).toEqual([422, 'month.running']);
  expect(refused.body.title).toContain('Q2');
});

test('a closed month reprints as it was signed; what is counted otherwise later is listed, by day and measure', async () => {
  await happens([life(1, false), life(2, true)]);
  isOver();
  const signed = await close({ key: 'once' });
  expect(signed).toMatchObject({ status: 201, body: { month: MONTH, closedBy: 'stf_qm' } });
  expect((await close({ key: 'once' })).body).toEqual(signed.body);
  expect((await close()).body.code).toBe('month.closed-before');
  const printed = await read();
  expect(printed.figures.Q3).toMatchObject({ met: 1, missed: 1, percent: '50.00', onTarget: false });
  expect(printed).toMatchObject({ hash: signed.body.hash, corrections: [] });
  expect(printed.collection.total).toMatchObject({ differenceFen: 0 });

  await happens([life(3, true)]);
  const later = await read();
  expect(later.figures).toEqual(printed.figures);
  expect(later.corrections).toContainEqual({
    day: '2026-05-01',
    measure: 'Q3',
    signed: { met: 1, missed: 1, running: 0, excluded: 0 },
    now: { met: 1, missed: 2, running: 0, excluded: 0 },
  });
  const { body } = await w.call('GET', '/sites/{site}/months', { params: { site: SITE } });
  expect(body.items).toEqual([signed.body]);
  expect((await read('/buildings')).items).toEqual([]);
});

test('a month of which somebody changed what was frozen is not printed', async () => {
  await happens([life(1, true)]);
  isOver();
  await close();
  const Key = { pk: `${SITE}#frozen#${MONTH}`, sk: '000' };
  const better = JSON.stringify((await read()).figures).replace('"missed":1', '"missed":0');
  await w.doc.send(
    new UpdateCommand({
      TableName: w.closed,
      Key,
      UpdateExpression: 'SET #text = :text',
      ExpressionAttributeNames: { '#text': 'text' },
      ExpressionAttributeValues: { ':text': better },
    }),
  );
  expect((await w.call('GET', '/sites/{site}/months/{month}', { params: { site: SITE, month: MONTH } })).status).toBe(
    500,
  );
});

test('who neither directs the site nor supervises its quality cannot sign', async () => {
  isOver();
  expect((await close({ grants: [{ site: SITE, role: 'supervisor' }] })).status).toBe(403);
});
