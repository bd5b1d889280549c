import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse/sync';
import { beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../shared/time/clock.ts';
import { accountInHand, at, bill } from '../../billing/accounts/testing.ts';
import { digestOf } from '../collections/collected.ts';
import { collectionFiguresOf } from '../collections/report.ts';
import { pays, told } from '../collections/testing-ledgers.ts';
import { journals, type Life, NINE, SITE } from '../testing/site.ts';
import { record, type World, world } from '../testing/world.ts';

let w: World;
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
  const refused = await close({ key: 'early' });
  expect([refused.status, refused.body.code]).toEqual([422, 'month.running']);
  expect(refused.body.title).toContain('Q2');
  // What ran may be decided, and not counted yet: the same command is decided anew.
  await happens([life(2, false)]);
  expect((await close({ key: 'early' })).status).toBe(201);
});

test('a closed month reprints as it was signed; what is counted otherwise later is listed, by day and measure', async () => {
  await happens([life(1, false), life(2, true)]);
  isOver();
  const signed = await close({ key: 'once' });
  expect(signed).toMatchObject({ status: 201, body: { month: MONTH, closedBy: 'stf_qm' } });
  expect((await close({ key: 'once' })).body).toEqual(signed.body);
  const again = (await close()).body;
  expect(again.code).toBe('month.closed-before');
  expect(again.title).not.toContain('stf_');
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

const figures = async (query: object, path = '/sites/{site}/figures') =>
  (await w.call('GET', path, { params: { site: SITE, month: MONTH }, query, language: 'en' })).body;

test('live figures say which of their months are closed, and which were counted anew since', async () => {
  await happens([life(1, false), life(2, true)]);
  const year = { from: '2026-01-01', to: '2026-12-31', by: 'month' };
  expect((await figures(year)).closing).toEqual({ months: 12, closed: 0, corrected: 0, items: [] });
  isOver();
  const { closedAt, hash } = (await close()).body;
  const { closing, periods } = await figures(year);
  const item = { site: SITE, month: MONTH, closedAt, hash, corrected: false };
  expect(closing).toEqual({ months: 12, closed: 1, corrected: 0, items: [item] });
  expect(periods).toMatchObject([{ period: MONTH, closing: { months: 1, closed: 1, corrected: 0 } }]);

  // Looked at again by the same events, nothing of it moved.
  await happens([life(1, false)]);
  expect((await figures(year)).closing.corrected).toBe(0);
  await happens([life(3, true)]);
  expect((await figures(year)).closing).toEqual({
    months: 12,
    closed: 1,
    corrected: 1,
    items: [{ ...item, corrected: true }],
  });
  expect((await read()).corrections).not.toEqual([]);
});

test.each(['day', 'week', 'month', 'quarter', 'year'])('however it is rolled up: by %s', async (by) => {
  await happens([life(1, false)]);
  isOver();
  await close();
  // From the middle of April to the middle of May: parts of two months.
  const { closing, periods } = await figures({ from: '2026-04-15', to: '2026-05-10', by });
  expect(closing).toMatchObject({ months: 2, closed: 1, corrected: 0 });
  const months = { day: 1, week: 2, month: 1, quarter: 2, year: 2 }[by];
  expect(periods).toMatchObject([{ closing: { months, closed: 1 } }, ...periods.slice(1)]);
});

test('several sites together: how many of their months are closed, and whose', async () => {
  await happens([life(1, false)]);
  isOver();
  await close();
  const { closing } = await figures({ from: '2026-05-01', to: '2026-06-30', sites: `${SITE},${SITE}2` }, '/figures');
  expect(closing).toMatchObject({ months: 4, closed: 1, items: [{ site: SITE, month: MONTH }] });
});

test('a month in which nothing was counted is closed too, and counts from then on as corrected', async () => {
  isOver();
  await close();
  const may = { from: '2026-05-01', to: '2026-05-31' };
  expect((await figures(may)).closing).toMatchObject({ closed: 1, corrected: 0 });
  await happens([life(1, false)]);
  expect((await figures(may)).closing).toMatchObject({ closed: 1, corrected: 1 });
  expect(await w.rebuild()).toMatchObject({ differences: 0 });
});

test('a repaired month stays closed, and is said to be corrected', async () => {
  await happens([life(1, false)]);
  isOver();
  await close();
  const month = await w.reporting.cell(SITE, 'month', '2026-05-01');
  await w.reporting.setCell('month', { ...month!, counts: {} });
  await w.rebuild(true);
  expect((await figures({ from: '2026-05-01', to: '2026-05-31' })).closing).toMatchObject({ closed: 1, corrected: 1 });
});

test('counts read before the signature put nothing right after it: the month stays closed', async () => {
  await happens([life(1, false)]);
  isOver();
  const before = await w.reporting.cell(SITE, 'month', '2026-05-01');
  await close();
  await expect(w.reporting.setCell('month', before!)).rejects.toThrow(ConditionalCheckFailedException);
  expect((await figures({ from: '2026-05-01', to: '2026-05-31' })).closing).toMatchObject({ closed: 1, corrected: 0 });
});

test('a month before the site’s first is not signed, and one before 2000 is none', async () => {
  isOver();
  const sign = (month: string) => w.call('POST', '/sites/{site}/months/{month}', { params: { site: SITE, month } });
  for (const month of ['0000-01', '1999-12']) {
    expect(await sign(month)).toMatchObject({ status: 400, body: { errors: [{ field: 'path.month' }] } });
  }
  const { policies } = w.stores;
  const since = Date.parse('2026-05-20T09:00+08:00');
  w.stores.policies = { ...policies, site: async (id) => ({ ...(await policies.site(id)), since }) };
  expect((await sign('2026-04')).body).toMatchObject({ code: 'month.before-site' });
  expect((await sign('2026-05')).status).toBe(201);
});

test('collection rates of a closed month say so, and whether the money has come to something else', async () => {
  const hand = accountInHand();
  hand.charged(at('2026-05-02'), bill(30_000, { period: '2026-05', dueDay: '2026-09-10' }));
  pays(hand, '2026-05-20', 10_000);
  const early = told(hand);
  await w.happen(early);
  isOver();
  await close();
  const ask = (path = '/sites/{site}/collection') => figures({ month: MONTH }, path);
  expect((await ask()).closing).toMatchObject({ months: 1, closed: 1, corrected: 0 });
  // Paid later, it is collected to date, and the month stands as it was.
  pays(hand, '2026-06-20', 5_000);
  await w.happen(told(hand).slice(early.length));
  expect((await ask()).closing).toMatchObject({ corrected: 0 });
  expect((await read()).collection.corrections).toEqual([]);
  const late = accountInHand();
  late.charged(at('2026-05-03'), bill(1_000, { period: '2026-05', dueDay: '2026-09-10' }));
  await w.happen(told(late, 'acc_9-1'));
  expect((await ask()).closing).toMatchObject({ corrected: 1, items: [{ month: MONTH, corrected: true }] });
  expect((await ask('/collection')).closing).toMatchObject({ months: 2, closed: 1, corrected: 1 });
  // And the month says what: of the site and of the fee item, signed against now, and nothing else.
  const { corrections, total } = (await read()).collection;
  const sums = [
    { of: 'current', field: 'ofFen', signed: 30_000, now: 31_000 },
    { of: 'principal', field: 'chargedFen', signed: 30_000, now: 31_000 },
    { of: 'principal', field: 'closingFen', signed: 20_000, now: 21_000 },
  ];
  expect(corrections).toEqual([...sums, ...sums.map((sum) => ({ item: 'management', ...sum }))]);
  expect(total).toMatchObject({ current: { ofFen: 30_000 } });
});

test('closed months, and the buildings of one as they were signed, are sheets too', async () => {
  const hand = accountInHand();
  hand.charged(at('2026-05-02'), bill(30_000, { period: '2026-05', dueDay: '2026-09-10' }));
  pays(hand, '2026-05-20', 10_000);
  await w.happen(told(hand));
  isOver();
  const { hash } = (await close()).body;
  const csv = async (path: string): Promise<Record<string, string>[]> =>
    parse(await figures({ format: 'csv' }, path), { bom: true, columns: true });
  expect(await csv('/sites/{site}/months')).toMatchObject([{ Month: MONTH, 'Signed by': 'stf_qm', 'SHA-256': hash }]);
  expect(await csv('/sites/{site}/months/{month}/buildings')).toMatchObject([
    {
      'Fee item, building or site': '#1幢',
      'Current period, rate (%)': '33.33',
      'Principal, charged (yuan)': '300.00',
      'Principal, closing (yuan)': '200.00',
    },
  ]);
});

test('the digest of what was signed stays what it was, whatever is told of it', () => {
  const cell = (by: 'entered' | 'period', of: string, money: object) => ({ key: { by, month: MONTH, of }, money });
  const entered = [
    cell('entered', '2026', { charged: 3000, collected: 1000, adjusted: -5, discount: 7, freed: 11, owed: 2000 }),
    cell('entered', '2026', { lateCharged: 13, lateOwed: 13, prepaid: 17, credit: 17 }),
    cell('entered', '2025', { collected: 100, charged: 300, owed: 200 }),
  ];
  const period = [cell('period', 'in', { charged: 3000, collected: 1000 })];
  expect(digestOf(collectionFiguresOf(entered, period, MONTH))).toBe('275980967530034d');
  expect(digestOf(collectionFiguresOf([], [], MONTH))).toBe('66a08fe80ea799ae');
});

test('a month of which somebody changed what was frozen is not printed', async () => {
  await happens([life(1, true)]);
  isOver();
  await close();
  const Key = { pk: `${SITE}#frozen#${MONTH}`, sk: 'a0' };
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
