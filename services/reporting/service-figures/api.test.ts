import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { unitIdKey } from '../../../shared/directory/units.ts';
import type { Grant } from '../../../shared/people/access.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { NINE, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';
import { byHand } from './testing.ts';

let w: World;
beforeAll(async () => {
  w = await world();
  w.now = NINE + 5 * DAY;
  for (const [unit, building] of [
    ['unt_1', 'A'],
    ['unt_2', 'B'],
  ] as const) {
    const Item = { ...unitIdKey(SITE, unit), unit, building, number: '1' };
    await w.doc.send(new PutCommand({ TableName: w.registry, Item }));
  }
  await w.happen(byHand());
});

const MAY = { from: '2026-05-01', to: '2026-05-31' };
const get = async (path: string, query: object = {}, how: { grants?: Grant[]; staff?: string; params?: object } = {}) =>
  w.call('GET', `/sites/{site}/${path}`, {
    ...how,
    params: { site: SITE, ...how.params },
    query: { ...MAY, ...query },
  });
const cases = async (of: 'service' | 'assessment/agents' | 'assessment/departments', figure: string, query: object) => {
  const { body } = await get(`${of}/{figure}/cases`, query, { params: { figure } });
  return body.items;
};

test('the report says what the figures say', async () => {
  const { body } = await get('service', { repeatFrom: 2 });
  const { total } = (await get('figures')).body;
  const bare = ({ target, onTarget, ranked, change, previous, ...figure }: Record<string, unknown>) => figure;
  expect(bare(body.callbacks.Q3)).toEqual(bare(total.Q3));
  expect(body.complaints.total.closing).toEqual(bare(total.closing));
  expect(body.promised).toEqual(bare(total.promised));
  expect(body.asOf).toEqual((await get('figures', { by: 'day' })).body.asOf);
  expect(body.complaints.repeats.top).toMatchObject([{ unit: 'unt_1', building: 'A', number: '1', count: 3 }]);
});

test('every line opens into its cases, as many as it says', async () => {
  const { complaints, callbacks } = (await get('service')).body;
  const lines = { kind: complaints.byKind, department: complaints.byDepartment, building: complaints.byBuilding };
  for (const [dimension, some] of Object.entries(lines)) {
    for (const { key, received, open } of some) {
      const line = { [dimension]: key ?? '' };
      expect(await cases('service', 'closing', line), `${dimension} ${key}`).toHaveLength(received);
      expect(await cases('service', 'closed', { ...line, state: 'running' })).toHaveLength(open);
    }
  }
  for (const [days, n] of Object.entries(complaints.daysOpen.open)) {
    expect(await cases('service', 'closed', { days, state: 'running' }), `open ${days}`).toHaveLength(n as number);
  }
  for (const dimension of ['attempts', 'timing']) {
    for (const [value, n] of Object.entries(callbacks[dimension])) {
      expect(await cases('service', 'Q3', { [dimension]: value }), `${dimension} ${value}`).toHaveLength(n as number);
    }
  }
  expect(await cases('service', 'reopened', { state: 'met' })).toMatchObject([{ complaint: 'cmp_c3', resolution: 1 }]);
  expect(await cases('service', 'promised', { state: 'met' })).toMatchObject([{ contact: 'con_c1' }]);
});

test('what a figure is not broken down by is refused, by name', async () => {
  const { status, body } = await get('service/{figure}/cases', { kind: 'noise' }, { params: { figure: 'Q3' } });
  expect([status, body.errors ?? body.fields]).toMatchObject([400, [{ field: 'query.kind' }]]);
});

test('assessments add up to the figures, and each of their numbers opens into its cases', async () => {
  const { total } = (await get('figures')).body;
  for (const who of ['agents', 'departments'] as const) {
    const { items, judgeFromCases } = (await get(`assessment/${who}`)).body;
    expect(judgeFromCases).toBe(20);
    const sums: Record<string, number> = {};
    for (const { key, figures } of items) {
      for (const [figure, { due, excluded, judged, percent }] of Object.entries<Record<string, never>>(figures)) {
        sums[figure] = (sums[figure] ?? 0) + due!;
        expect([judged, percent]).toEqual([false, null]);
        const line = { [who === 'agents' ? 'agent' : 'department']: key ?? '' };
        expect(await cases(`assessment/${who}`, figure, line), `${figure} of ${key}`).toHaveLength(due! + excluded!);
      }
    }
    for (const [figure, due] of Object.entries(sums)) {
      if (figure in total) expect(due, figure).toBe(total[figure].due);
    }
  }
});

const at = (role: Grant['role'], department?: string): Grant[] => [
  { site: SITE, role, ...(department === undefined ? {} : { department }) },
];

test('an agent sees what is said of them alone, a head what is said of their department', async () => {
  const agent = { grants: at('agent'), staff: 'stf_ann' };
  const own = await get('assessment/agents', {}, agent);
  expect(own.body.items.map(({ key }: { key: string }) => key)).toEqual(['stf_ann']);
  const asked = (key: string) =>
    get('assessment/agents/{figure}/cases', { agent: key }, { ...agent, params: { figure: 'Q3' } });
  expect([(await asked('stf_ann')).status, (await asked('stf_ben')).status, (await asked('')).status]).toEqual([
    200, 403, 403,
  ]);
  const head = await get('assessment/departments', {}, { grants: at('department-head', 'security') });
  expect(head.body.items.map(({ key }: { key: string }) => key)).toEqual(['security']);
  for (const [path, role] of [
    ['assessment/agents', 'department-head'],
    ['assessment/departments', 'agent'],
  ] as const) {
    expect((await get(path, {}, { grants: at(role, 'security') })).status).toBe(403);
  }
});

test('several sites together; more sites times days than can be read are refused before any is', async () => {
  const all = await w.call('GET', '/service', { query: MAY });
  expect(all.body).toMatchObject({ sites: [SITE, `${SITE}2`], complaints: { total: { received: 5 } } });
  const long = await w.call('GET', '/service', {
    query: { from: '2026-01-01', to: '2026-12-31', sites: [1, 2, 3, 4, 5].map((n) => `${SITE}${n}`).join(',') },
  });
  expect([long.status, JSON.stringify(long.body)]).toEqual([400, expect.stringContaining('sites times days')]);
  const { body } = await w.call('GET', '/service/{figure}/cases', {
    params: { figure: 'closing' },
    query: { ...MAY, building: 'A' },
  });
  expect(body.items).toHaveLength(3);
});

test('the units that complained often are a list of pages, and of each page a file', async () => {
  const first = await get('service/repeats', { repeatFrom: 2, limit: 1 });
  expect(first.body).toMatchObject({ items: [{ unit: 'unt_1', count: 3 }] });
  expect(first.body.items[0].complaints.map(({ again }: { again: boolean }) => again)).toEqual([false, false, true]);
  const csv = async (path: string, language: string) =>
    (
      await w.call('GET', `/sites/{site}/${path}`, {
        params: { site: SITE },
        query: { ...MAY, format: 'csv' },
        language,
      })
    ).body
      .toString()
      .split('\r\n');
  const report = await csv('service', 'zh-CN');
  expect(report).toContain('投诉·按类别,,噪音,3,3,0,0,1,3,2,0,,,1,0,100.00');
  expect(report).toContain('投诉·按楼栋,sit_lake,A,3,3,0,0,1,3,2,0,,,1,0,100.00');
  expect((await csv('assessment/agents', 'en'))[1]).toMatch(
    /^stf_ann,Q1,Courtesy rate,4,3,1,,,0,0,0,no,,too few cases/,
  );
  const xlsx = await get('service', { format: 'xlsx' });
  expect(xlsx.body.subarray(0, 2).toString()).toBe('PK');
});

test('rebuild finds the rows as the journals have them, promises too', async () => {
  expect(await w.rebuild()).toMatchObject({ differences: 0 });
});
