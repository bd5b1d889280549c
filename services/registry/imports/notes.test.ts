import { expect, test } from 'vitest';
import { atLakeside, faults, send, withFlats } from './testing.ts';

test.each([
  '审核：张三  填表日期：2026-11-30,,',
  '制表人：李四,,',
  '制表人：,李四,',
  '备注：面积以产权证为准,,',
  '第 1 页,,',
  ',第1页 共3页,',
  'Page 1 of 3,,',
])('%s below a sheet is no home, and counted as passed over', async (note) => {
  const { body } = await send(await atLakeside(), 'units', `楼栋,房号,面积\n8,101,80\n${note}\n`);
  expect(body).toMatchObject({ rows: 1, accepted: 1, totals: 1, badTotal: 0 });
});

test('a home beside a note stays one', async () => {
  const file = '备注,楼栋,房号,面积\n备注：朝南,8,101,80\n';
  expect((await send(await atLakeside(), 'units', file)).body).toMatchObject({ accepted: 1, totals: 0 });
  const bad = await send(await atLakeside(), 'units', `${file}备注：朝北,8,102,\n`, { dryRun: true });
  expect(faults(bad)).toEqual([[3, 'area', 'import.required']]);
});

test.each(['-', '/', '—', '——', '无'])('%s for an area is none', async (none) => {
  const dry = await send(await atLakeside(), 'units', `楼栋,房号,面积\n8,101,${none}\n`, { dryRun: true });
  expect(faults(dry)).toEqual([[2, 'area', 'import.required']]);
});

test.each([
  '13700000008、13700000009(微信同号)',
  '13700000008（妻/微信同号）/13700000009（微信同号）',
  '13700000008(微信2),13700000009(夫、微信同号)',
])('what is noted behind each of several numbers is no part of it: %s', async (cell) => {
  const w = await withFlats();
  await send(w, 'parties', `楼栋,房号,姓名,电话\n1,101,测试甲,"${cell}"\n`);
  const { items } = await w.admin('GET /sites/lakeside/parties');
  const { contacts } = await w.admin(`GET /sites/lakeside/parties/${items[0].id}`);
  expect(contacts.map(({ value }: { value: string }) => value).sort()).toEqual(['137 0000 0008', '137 0000 0009']);
});
