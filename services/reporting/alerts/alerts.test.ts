import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { aggregateKey, HEAD, listPartition } from '../../../shared/journal/layout.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { addDays, HOUR } from '../../../shared/time/clock.ts';
import { pageOfAlerts } from './reading.ts';
import { alertCounts } from './store.ts';
import { NINE, TODAY, watchedSite } from './testing.ts';

const MAJOR = `/sites/${SITE}/alerts/alr_${TODAY}-major-kind-noise`;

test('three distinct households that complain of the same in a day are a major event (重大事件), raised once', async () => {
  const w = await watchedSite();
  const [one, again, party] = [{ unit: 'unt_1' }, { unit: 'unt_1' }, { party: 'pty_2' }].map((who) => w.complaint(who));
  for (const event of [one, again, party, party, w.complaint(), w.complaint({ unit: 'unt_3', kind: 'parking' })]) {
    if (event) await w.hear(event);
  }
  // One household twice, another that named no unit, somebody unknown: two households.
  expect(await w.raised()).toEqual([]);
  const third = w.complaint({ unit: 'unt_3' });
  await w.hear(third);
  expect(await w.raised()).toContain('major-kind-noise');
  const { version, state } = await w.alerts.head(SITE, `alr_${TODAY}-major-kind-noise`);
  expect(state).toMatchObject({ households: 3, count: 5, value: 'noise', owed: [{ duty: 'acknowledge' }] });
  await w.hear(third);
  await w.hear(w.complaint({ unit: 'unt_4' }));
  expect((await w.alerts.head(SITE, `alr_${TODAY}-major-kind-noise`)).version).toBe(version);
});

test('a day is the site’s own, and what is only not something else is not the same matter', async () => {
  const w = await watchedSite();
  const midnight = NINE + 15 * HOUR;
  for (const [unit, at] of Object.entries({ unt_1: midnight - 1, unt_2: midnight - 1, unt_3: midnight })) {
    await w.hear(w.complaint({ unit, at }));
    await w.hear(w.complaint({ unit, at: NINE, kind: 'other' }));
  }
  expect(await w.raised()).toEqual([]);
});

test('in whatever order, however often: the same complaints raise the same, and count the same', async () => {
  const order = fc.array(fc.nat(6), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(order, async (redelivered) => {
      const w = await watchedSite();
      await w.begins();
      const units = ['unt_1', 'unt_2', 'unt_2', 'unt_3', 'unt_4', 'unt_5', 'unt_6'];
      for (const unit of new Set(units)) await w.lies(unit, '2幢');
      const events = units.map((unit) => w.complaint({ unit }));
      const some = [...redelivered, ...units.keys()].map((i) => events[i]);
      await Promise.all(some.map((event) => event && w.hear(event)));
      expect((await w.raised()).map((id) => id.replace(/building.*/, 'building')).sort()).toEqual([
        'major-kind-noise',
        'rise-building',
        'rise-kind-noise',
      ]);
      expect(await w.watch.complaints(SITE, 'kind', 'noise', TODAY)).toHaveLength(7);
      expect(await w.watch.complaints(SITE, 'building', '2幢', TODAY)).toHaveLength(7);
    }),
    { numRuns: 15 },
  );
});

test('who died after the complaint was watched raises it when the event comes again', async () => {
  const w = await watchedSite();
  for (const unit of ['unt_1', 'unt_2']) await w.hear(w.complaint({ unit }));
  const third = w.complaint({ unit: 'unt_3' });
  await w.watch.take(SITE, 'kind', 'noise', { id: third.aggregate, day: TODAY, ties: ['unt_3'] });
  expect(await w.raised()).toEqual([]);
  await w.hear(third);
  expect(await w.raised()).toEqual(['major-kind-noise']);
});

test('an alert opens into its complaints, those that came since included, and is acknowledged by whom it concerns', async () => {
  const w = await watchedSite();
  for (const unit of ['unt_1', 'unt_2', 'unt_3', 'unt_4']) await w.hear(w.complaint({ unit }));
  const cases = await w.call('ann', `GET ${MAJOR}/cases?limit=3`);
  expect(cases.body.items.map(({ complaint }: { complaint: string }) => complaint)).toEqual([
    'cmp_0001',
    'cmp_0002',
    'cmp_0003',
  ]);
  const rest = await w.call('ann', `GET ${MAJOR}/cases?limit=3&after=${cases.body.next}`);
  expect(rest.body).toMatchObject({ items: [{ complaint: 'cmp_0004', state: 'running', day: TODAY }] });
  const words = { words: 'The pump room is closed off.' };
  expect((await w.call('ann', `POST ${MAJOR}/acknowledge`, words)).status).toBe(403);
  expect((await w.call('sue', `POST ${MAJOR}/acknowledge`, words)).body.code).toBe('alert.not-yours');
  expect((await w.call('max', `POST ${MAJOR}/acknowledge`, {})).status).toBe(400);
  expect((await w.call('max', `POST ${MAJOR}/acknowledge`, words)).body).toMatchObject({
    status: 'acknowledged',
    acknowledgedBy: 'max',
    late: false,
    owed: [],
  });
  expect((await w.call('dir', `POST ${MAJOR}/acknowledge`, words)).body.code).toBe('alert.not-now');
  const sheet = await w.call('dir', `GET ${MAJOR}`);
  expect(sheet.body.history.at(-1)).toMatchObject({ event: 'alert.acknowledged', data: words });
});

test('nobody acknowledges it in time: that is missed, told to the position above, and counted in its month', async () => {
  const w = await watchedSite();
  await w.begins();
  for (let i = 0; i < 5; i++) await w.hear(w.complaint());
  const id = `alr_${TODAY}-rise-kind-noise`;
  await wakeUp(w.alerts, { site: SITE, id, now: NINE + 4 * HOUR + 1000 });
  const missed = (await w.alerts.history(SITE, id)).at(-1);
  expect(missed).toMatchObject({ name: 'alert.missed', data: { duty: 'acknowledge', to: { role: 'centre-manager' } } });
  w.now += 5 * HOUR;
  await w.call('sue', `POST /sites/${SITE}/alerts/${id}/acknowledge`, { words: 'Seen.' });
  expect(await alertCounts({ doc: w.doc, own: 'alerts' }, SITE, '2026-06')).toEqual({
    major: { raised: 0, acknowledged: 0, late: 0 },
    rise: { raised: 1, acknowledged: 1, late: 1 },
    'at-risk': { raised: 0, acknowledged: 0, late: 0 },
  });
});

test('alerts are listed from the newest day on, by state, in a span, page by page', async () => {
  const w = await watchedSite();
  for (const ago of [2, 1, 0]) {
    for (const kind of ['noise', 'parking'] as const) {
      for (const unit of ['unt_1', 'unt_2', 'unt_3']) {
        await w.hear(w.complaint({ unit, kind, at: NINE - w.days(ago) }));
      }
    }
  }
  const ids = async (query: string) => {
    const found: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await w.call('sue', `GET ${query}&limit=2${after}`);
      found.push(...body.items.map(({ day, value }: { day: string; value: string }) => `${day.slice(-2)} ${value}`));
      if (body.next === undefined) return found;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
  };
  const all = ['01 parking', '01 noise', '31 parking', '31 noise', '30 parking', '30 noise'];
  expect(await ids(`/sites/${SITE}/alerts?state=raised`)).toEqual(all);
  expect(await ids(`/alerts?sites=${SITE}`)).toEqual(all);
  expect(await ids(`/sites/${SITE}/alerts?from=2026-05-31&to=2026-05-31`)).toEqual(['31 parking', '31 noise']);
  expect(await ids(`/sites/${SITE}/alerts?state=acknowledged`)).toEqual([]);
  expect((await w.call('sue', 'GET /alerts?sites=elsewhere')).status).toBe(403);
});

test('alerts are sought by rule, by what they are about and by its value', async () => {
  const w = await watchedSite();
  await w.begins();
  w.lies('unt_1', '2幢');
  for (let i = 0; i < 5; i++) await w.hear(w.complaint({ unit: 'unt_1' }));
  for (const unit of ['unt_2', 'unt_3', 'unt_4']) await w.hear(w.complaint({ unit, kind: 'parking' }));
  const sought = async (query: string) => {
    const { body } = await w.call('sue', `GET /sites/${SITE}/alerts?${new URLSearchParams(query)}`);
    expect((await w.call('sue', `GET /alerts?${new URLSearchParams(query)}`)).body.items).toEqual(body.items);
    return body.items.map(({ rule, of, value }: Record<string, string>) => `${rule} ${of} ${value}`);
  };
  const all = ['rise kind noise', 'rise building 2幢', 'major kind parking'];
  expect(await sought('')).toEqual(all);
  expect(await sought('rule=rise')).toEqual(all.slice(0, 2));
  expect(await sought('of=kind')).toEqual([all[0], all[2]]);
  expect(await sought('of=building&value=2幢')).toEqual([all[1]]);
  expect(await sought('value=2幢')).toEqual([all[1]]);
  expect(await sought('value=parking')).toEqual([all[2]]);
  expect(await sought('rule=at-risk')).toEqual([]);
  expect((await w.call('sue', `GET /sites/${SITE}/alerts?rule=flood`)).status).toBe(400);
});

test('what is rare among very many is found, page by page and once, whichever site it is of', async () => {
  const w = await watchedSite();
  const put = (site: string, id: string) => {
    const [rule, day] = [id.includes('major') ? 'major' : 'at-risk', id.slice(4, 14)];
    const state = { rule, day, of: 'kind', value: 'x', status: 'raised', raisedAt: 0, departments: [], owed: [] };
    const list = listPartition(site, 'alert', false);
    return w.doc.send(
      new PutCommand({
        TableName: 'alerts',
        Item: { pk: aggregateKey(site, 'alert', id), sk: HEAD, v: 1, id, list, state },
      }),
    );
  };
  const ago = (days: number) => addDays(TODAY, -days);
  for (let i = 0; i < 3_200; i++) await put(SITE, `alr_${ago(i)}-at-risk-measure-q3`);
  for (const days of [1, 1_700, 3_300]) await put(SITE, `alr_${ago(days)}-major-kind-noise`);
  for (const days of [1, 2_000, 3_300]) await put('beside', `alr_${ago(days)}-major-kind-noise`);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await pageOfAlerts(w.alerts, [SITE, 'beside'], { rule: 'major', state: 'raised', limit: 2, after });
    found.push(...page.items.map(({ id, site }) => `${id.slice(4, 14)} ${site}`));
    after = page.next;
  } while (after !== undefined);
  const wanted = [
    [1, 'beside'],
    [1, SITE],
    [1_700, SITE],
    [2_000, 'beside'],
    [3_300, 'beside'],
    [3_300, SITE],
  ] as const;
  expect(found).toEqual(wanted.map(([days, site]) => `${ago(days)} ${site}`));
});

test('alerts as a sheet, in the reader’s words', async () => {
  const w = await watchedSite();
  for (const unit of ['unt_1', 'unt_2', 'unt_3']) await w.hear(w.complaint({ unit }));
  const { body } = await w.call('sue', `GET /sites/${SITE}/alerts?format=csv`);
  expect(parse(body, { bom: true, columns: true })).toMatchObject([
    {
      Alert: `alr_${TODAY}-major-kind-noise`,
      Rule: 'major event',
      About: 'kind of complaints',
      Which: 'noise',
      State: 'not acknowledged yet',
      'Households known': '3',
      'To be acknowledged by': 'centre manager',
      Late: 'no',
    },
  ]);
  const xlsx = await w.call('sue', 'GET /alerts?format=xlsx');
  expect(Buffer.from(xlsx.body, 'base64').subarray(0, 2).toString()).toBe('PK');
});
