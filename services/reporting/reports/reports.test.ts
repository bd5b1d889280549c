import { beforeEach, expect, test } from 'vitest';
import { NINE, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';
import { serialize } from './report.ts';
import { complain, office } from './testing.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});

const MAY = '2026-05';
const params = { site: SITE, period: MAY };
/** A moment in Shanghai. */
const on = (local: string) => Date.parse(`${local}+08:00`);
const read = async (edition?: number) =>
  (
    await w.call('GET', '/sites/{site}/reports/{period}', {
      params,
      query: edition ? { edition: String(edition) } : {},
    })
  ).body;
const pdf = async (edition: number) =>
  (
    await w.call('GET', '/sites/{site}/reports/{period}/pdf', {
      params,
      query: { edition: String(edition), lang: 'zh-CN' },
    })
  ).body as Buffer;
const issue = (how: object = {}) =>
  w.call('POST', '/sites/{site}/reports', { params: { site: SITE }, body: { period: MAY }, ...how });

test('the report of a month is issued on the 5th of the next, from 08:00 of the site on, once', async () => {
  await complain(w, NINE, ['in time', 'late']);
  const { hour } = office(w, {});
  w.now = on('2026-06-04T23:00');
  expect(await hour()).toEqual([]);
  w.now = on('2026-06-05T07:59');
  expect(await hour()).toEqual([]);
  w.now = on('2026-06-05T08:00');
  expect(await hour()).toMatchObject(expect.arrayContaining([expect.objectContaining({ site: SITE, period: MAY })]));
  w.now = on('2026-06-05T09:00');
  expect((await hour()).filter(({ site }) => site === SITE)).toEqual([]);
  expect(await read()).toMatchObject({ edition: 1, by: 'system:calendar', figures: { Q3: { met: 1, missed: 1 } } });
});

test('days of downtime are caught up; two messages of one report issue it once', async () => {
  await complain(w, NINE, ['in time']);
  const { hour, queue, write } = office(w, {});
  w.now = on('2026-06-09T03:00');
  expect(await hour()).toEqual([]);
  w.now = on('2026-06-09T08:30');
  await hour();
  expect(queue).toMatchObject(expect.arrayContaining([expect.objectContaining({ site: SITE, period: MAY })]));
  const [first] = queue;
  if (first) await write(first, first);
  const list = await w.call('GET', '/sites/{site}/reports', { params: { site: SITE } });
  expect(list.body.items).toMatchObject([{ period: MAY, editions: [{ edition: 1 }] }]);
});

test('in January the year is reported, too, and a site at which nothing ever happened is not', async () => {
  await complain(w, NINE, ['in time']);
  const { hour } = office(w, {});
  w.now = on('2027-01-05T08:00');
  const periods = (await hour()).filter(({ site }) => site === SITE).map(({ period }) => period);
  expect(periods).toEqual(['2026-12', '2026']);
  const year = await w.call('GET', '/sites/{site}/reports/{period}', { params: { site: SITE, period: '2026' } });
  expect(year.body).toMatchObject({ span: { from: '2026-01-01', to: '2026-12-31' }, figures: { Q3: { met: 1 } } });
  expect(year.body.collection.months).toHaveLength(12);
  const other = await w.call('GET', '/sites/{site}/reports/{period}', { params: { site: `${SITE}2`, period: '2026' } });
  expect(other.status).toBe(404);
});

test('an issued report reads the same for ever; a further edition says what is counted by then', async () => {
  await complain(w, NINE, ['in time']);
  w.now = on('2026-06-06T10:00');
  await issue({ key: 'first' });
  const [first, printed] = [await read(1), await pdf(1)];
  await complain(w, NINE, ['late'], 7);
  const other = await issue({ key: 'second' });
  expect(other).toMatchObject({ status: 201, body: { edition: 2, by: 'stf_qm' } });
  expect((await issue({ key: 'second' })).body).toEqual(other.body);
  expect(await read(1)).toEqual(first);
  expect((await pdf(1)).equals(printed)).toBe(true);
  expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await read()).toMatchObject({ edition: 2, figures: { Q3: { met: 1, missed: 1 } } });
  expect((await read(9)).code).toBe('request.not-found');
});

test('what was missed and what moved is said in words, in either language', async () => {
  await complain(w, NINE, ['in time', 'in time', 'late']);
  await complain(w, NINE - 20 * 86_400_000, ['in time'], 50);
  w.now = on('2026-06-06T10:00');
  await issue();
  const said = async (language: string) =>
    (await w.call('GET', '/sites/{site}/reports/{period}', { params, language })).body.summary.join('\n');
  expect(await said('zh-CN')).toContain(
    '投诉回访率未达标：66.67%（3 件中 2 件达标），目标 100%，较上期下降 33.33 个百分点；1 件未达标',
  );
  expect(await said('en')).toContain(
    'Complaint callback rate missed its target: 66.67% (2 of 3), target 100%, down 33.33 points',
  );
  expect(await said('en')).toContain('What fell most is the Complaint callback rate');
});

test('nothing is issued of a month that is not over, nor of what is no month', async () => {
  w.now = on('2026-05-31T23:59');
  expect((await issue()).body).toMatchObject({ code: 'report.not-over' });
  expect((await issue({ body: { period: '2026-13' } })).body.errors?.[0]?.field ?? '').toContain('period');
});

test('the group report adds its sites up and is for those who hold a position of the group', async () => {
  await complain(w, NINE, ['in time', 'late']);
  w.now = on('2026-06-06T10:00');
  const grants = [{ site: SITE, role: 'quality-manager' as const }];
  const one = { params: { period: MAY } };
  expect((await w.call('POST', '/reports', { body: { period: MAY }, grants })).status).toBe(403);
  expect((await w.call('POST', '/reports', { body: { period: MAY } })).status).toBe(201);
  expect((await w.call('GET', '/reports/{period}', { ...one, grants })).status).toBe(403);
  const { body } = await w.call('GET', '/reports/{period}', one);
  expect(body).toMatchObject({ site: '*', figures: { Q3: { met: 1, missed: 1 } } });
  expect(body.signed).toEqual({ months: 0, of: 2 });
  expect(body.service.complaints.total.received).toBe(2);
  expect(body.sites).toMatchObject({ count: 2, missing: 1, lines: [{ site: SITE }, { site: `${SITE}2` }] });
});

test('the months that were signed by then stand on the report, of one site or of the group', async () => {
  await complain(w, NINE, ['in time']);
  w.now = on('2026-07-06T10:00');
  await w.call('POST', '/sites/{site}/months/{month}', { params: { site: SITE, month: MAY } });
  await issue();
  expect(await read()).toMatchObject({ closed: [{ month: MAY }], signed: { months: 1, of: 1 } });
  await w.call('POST', '/reports', { body: { period: MAY } });
  const { body } = await w.call('GET', '/reports/{period}', { params: { period: MAY } });
  expect(body.signed).toEqual({ months: 1, of: 2 });
});

test('what somebody had made before its day is another edition: the calendar issues its own', async () => {
  await complain(w, NINE, ['in time']);
  const { hour } = office(w, {});
  w.now = on('2026-06-01T00:01');
  await issue();
  w.now = on('2026-06-05T08:00');
  await hour();
  expect(await read()).toMatchObject({ edition: 2, by: 'system:calendar' });
  w.now = on('2026-06-05T09:00');
  expect((await hour()).filter(({ site }) => site === SITE)).toEqual([]);
});

test('what is kept is cut between characters, never within one', () => {
  const { parts } = serialize({ name: '𠮷野家𠮷' }, 11);
  expect(parts.every((part) => part.isWellFormed())).toBe(true);
  expect(parts.join('')).toBe('{"name":"𠮷野家𠮷"}');
});
