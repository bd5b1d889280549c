import { expect, test } from 'vitest';
import { say } from '../../../shared/text/catalogue.ts';
import { atLakeside, faults, send, told, unitsOf, withFlats } from './testing.ts';

test('whoever is sure enters what could be another home as one of its own, also where its building is entered by then', async () => {
  const w = await atLakeside('期,楼栋,房号,面积\n,1,101,80\n,1,102,80\n');
  const second = '期,楼栋,房号,面积\n二期,1,101,90\n二期,1,102,90\n二期,1,103,x\n';
  const asked = await send(w, 'units', second, { dryRun: true, language: 'en' });
  expect(faults(asked).slice(0, 2)).toEqual([
    [2, 'number', 'import.phase-said'],
    [3, 'number', 'import.phase-said'],
  ]);
  expect(told(asked)[0][3]).toContain('import the units with sure');
  const dry = await send(w, 'units', second, { dryRun: true, sure: true });
  expect([dry.body.accepted, faults(dry)]).toEqual([2, [[4, 'area', 'import.area']]]);
  expect((await send(w, 'units', second, { sure: true, skipBad: true })).body).toMatchObject({ accepted: 2 });
  const places = (await unitsOf(w)).map(({ place }: { place: string }) => place);
  expect(places.sort()).toEqual(['1幢101室', '1幢102室', '二期1幢101室', '二期1幢102室']);
  const staff = await send(w, 'staff', 'x', { sure: true });
  expect(staff.status).toBe(400);
});

test.each([
  '出生日期',
  '业主出生日期',
  '装修日期',
  '竣工时间',
  '原始面积',
  '消防验收日期',
  '房产证办理时间',
  '楼栋交付日期',
  'Birth Date',
])('%s says neither who nor since when, and stops nothing', async (heading) => {
  const file = `楼栋,房号,姓名,${heading}\n1,101,测试甲,1980-03-01\n`;
  const { body } = await send(await withFlats(), 'parties', file);
  expect([body.accepted, body.unused.length]).toEqual([1, 1]);
});

test.each(['装修免费截止日期', '竣工后起费时间', '原始业主', '产权证姓名', '不动产权转移日期', '产权变更日期'])(
  '%s decides all the same',
  async (heading) => {
    const file = `楼栋,房号,姓名,${heading}\n1,101,测试甲,1980-03-01\n`;
    expect((await send(await withFlats(), 'parties', file)).body.code).toBe('import.column-decides');
  },
);

test.each(['本人', '业主本人'])('who is %s to the owner is the owner', async (said) => {
  const w = await withFlats();
  expect((await send(w, 'parties', `楼栋,房号,姓名,与业主关系\n1,101,测试甲,${said}\n`)).body.accepted).toBe(1);
  const [{ id }] = await unitsOf(w);
  expect((await w.admin(`GET /sites/lakeside/units/${id}`)).parties).toMatchObject([{ relation: 'owner' }]);
});

test('a merged cell is asked to be filled in line by line, whatever it is of', () => {
  expect(say('import.merged', 'zh-CN', { from: 2, to: 3 })).toContain('无法确定每行各应填什么');
  expect(say('party.merged-on', 'zh-CN', { party: 'pty_1' })).not.toContain('pty_');
  expect(say('party.merged-on', 'en', { party: 'pty_1' })).not.toContain('pty_');
});
