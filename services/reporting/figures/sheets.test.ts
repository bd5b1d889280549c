import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/universal';
import { beforeEach, expect, test } from 'vitest';
import { CATALOGUE } from '../../../shared/text/catalogue.ts';
import { five, journals, life, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';
import { isShare, MEASURE_IDS } from './measures/measure.ts';

let w: World;
beforeEach(async () => {
  w = await world();
  await w.happen(five());
});

const SPAN = { from: '2026-05-01', to: '2026-05-31' };
const ask = (path: string, query: object, language = 'en') =>
  w.call('GET', path, { params: { site: SITE, measure: 'Q3' }, query: { ...SPAN, ...query }, language });
const csv = (body: Buffer): Record<string, string>[] => parse(body, { bom: true, columns: true });

test('figures are a line for each period and measure, and the totals, as CSV', async () => {
  const answer = await ask('/sites/{site}/figures', { format: 'csv', by: 'day' });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="figures.csv"',
    'content-language': 'en',
  });
  const lines = csv(answer.body);
  const { periods, total } = (await ask('/sites/{site}/figures', { by: 'day' })).body;
  for (const { Period, Measure, ...line } of lines) {
    const named = periods.find(({ period }: { period: string }) => period === Period);
    const figure = (named?.figures ?? total)[Measure as string];
    const count = isShare(Measure as string) ? line.Counted : line.Met;
    expect([line.Due, count, line['Rate (%)']]).toEqual([`${figure.due}`, `${figure.met}`, figure.percent ?? '']);
  }
  expect(lines.filter(({ Period }) => Period === 'Total').map(({ Measure }) => Measure)).toEqual(MEASURE_IDS);
});

test('the same as XLSX, in Chinese where that is the language', async () => {
  const { body, headers } = await ask('/sites/{site}/figures', { format: 'xlsx', by: 'day' }, 'zh-CN');
  expect(headers['content-disposition']).toContain('figures.xlsx');
  const [header, ...rows] = await readSheet(new Uint8Array(body).buffer);
  expect(header?.slice(0, 5)).toEqual(['期间', '指标', '名称', '应完成数', '达标数']);
  expect(rows).toContainEqual(expect.arrayContaining(['2026-05-01', 'Q3', '投诉回访率', 5, 2, 3, 40, 100, '否']));
});

test('nobody meets or misses a share: its cases count in it, or are the rest, in figures, league and cases', async () => {
  const lines = csv((await ask('/sites/{site}/figures', { format: 'csv' }, 'zh-CN')).body);
  const line = (measure: string) => lines.find(({ 指标 }) => 指标 === measure);
  expect(line('overdue')).toMatchObject({ 达标数: '', 未达标数: '', 计入数: '3', 其余数: '2', 上期达标数: '' });
  expect(line('Q3')).toMatchObject({ 达标数: '2', 未达标数: '3', 计入数: '', 其余数: '' });
  const [first] = csv((await ask('/figures/league', { measure: 'reached', format: 'csv' }, 'zh-CN')).body);
  expect(first).toMatchObject({ 达标数: '', 计入数: '5', 其余数: '0' });
  const cases = async (measure: string) => {
    const params = { site: SITE, measure };
    const query = { ...SPAN, format: 'csv' };
    const { body } = await w.call('GET', '/sites/{site}/figures/{measure}/cases', { params, query, language: 'zh-CN' });
    return new Set(csv(body).map(({ 状态 }) => 状态));
  };
  expect([await cases('overdue'), await cases('Q3')]).toEqual([new Set(['计入', '其余']), new Set(['达标', '未达标'])]);
});

test('the league, and a page of cases with where the next one is', async () => {
  await w.happen(
    journals(life(1))
      .flat()
      .map((event) => ({ ...event, site: `${SITE}2` })),
  );
  const league = csv((await ask('/figures/league', { measure: 'Q3', format: 'csv' })).body);
  expect(league.map(({ Rank, Site, 'Rate (%)': rate }) => [Rank, Site, rate])).toEqual([
    ['1', `${SITE}2`, '100.00'],
    ['2', SITE, '40.00'],
  ]);
  const page = await ask('/sites/{site}/figures/{measure}/cases', { format: 'csv', limit: '2', state: 'missed' });
  expect(csv(page.body)).toMatchObject([
    { Case: 'c3-1', State: 'missed', Why: 'not reached in time' },
    { Case: 'c4-1' },
  ]);
  const [, query = ''] = /^<\?(.*)>; rel="next"$/.exec(page.headers.link ?? '') ?? [];
  const next = await ask('/sites/{site}/figures/{measure}/cases', Object.fromEntries(new URLSearchParams(query)));
  expect(csv(next.body).map(({ Case }) => Case)).toEqual(['c5-1']);
  expect(next.headers).not.toHaveProperty('link');
});

test('rebuilds as a sheet: what each looked at and found, in the words of whoever asks', async () => {
  const { id, events, rows, days } = await w.rebuild();
  const list = async (language: string) =>
    csv((await w.call('GET', '/figures/rebuild', { query: { format: 'csv' }, language })).body);
  expect(await list('en')).toMatchObject([
    { Rebuild: id, Scope: 'everything', Status: 'done', Repairs: 'no', 'Started by': 'stf_qm', Differences: '0' },
  ]);
  const [line] = await list('zh-CN');
  expect(line).toMatchObject({ 范围: '全部', 状态: '已完成', 核对事件数: `${events}`, 核对事项数: `${rows}` });
  expect(line?.核对天数).toBe(`${days}`);
});

test('every measure has a name, and no file is made of what is refused', async () => {
  for (const id of MEASURE_IDS) expect(CATALOGUE).toHaveProperty([`measure.${id}`]);
  expect((await ask('/sites/{site}/figures', { format: 'pdf' })).status).toBe(400);
  const refused = await ask('/sites/{site}/figures', { format: 'csv', from: '2026-06-01' });
  expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
});
