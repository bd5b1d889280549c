import { expect, test } from 'vitest';
import { ADMIN, world } from '../testing.ts';
import { atLakeside, faults, fixture, send, UNITS, unitsOf } from './testing.ts';

const imported = async (name: string) => {
  const w = world();
  await w.lakeside();
  const { body } = await send(w, 'units', fixture(name));
  const units: { number: string; area: number }[] = await unitsOf(w);
  return { body, units: units.map(({ number, area }) => [number, area]).sort() };
};

test('a flat whose number only looks like another’s is that flat, by import and by hand', async () => {
  const w = world();
  await w.lakeside();
  const dry = await send(w, 'units', fixture('units-zero-width.csv'), { dryRun: true });
  expect(faults(dry)).toEqual([[3, 'row', 'import.duplicate']]);
  await send(w, 'units', fixture('units-zero-width.csv'), { skipBad: true });
  for (const number of ['0101', '01\u200b01', '\u202a0101\u202c', '０１０１\u3000']) {
    const unit = { building: '1\ufeff', number, area: 88.93 };
    expect((await w.call(ADMIN, 'POST /sites/lakeside/units', unit)).status, JSON.stringify(number)).not.toBe(201);
  }
  expect(await unitsOf(w)).toHaveLength(1);
});

test('areas that formulas came to are what the sheet shows', async () => {
  const { body, units } = await imported('units-float-sum.xlsx');
  expect(body).toMatchObject({ rows: 7, accepted: 7, badTotal: 0 });
  expect(units.map(([, area]) => area)).toEqual([88.93, 0.3, 88.93, 88.93, 88.93, 88.93, 3.3]);
});

test('an empty last row far below is nothing; the header is found below a title', async () => {
  expect((await imported('units-ghost-last-row.xlsx')).units).toEqual([['101', 88.9]]);
  expect((await imported('units-title-row.xlsx')).units).toEqual([['0401', 88.9]]);
});

test('what cannot be read says where the header was taken from, in the words of the sheet', async () => {
  const w = world();
  await w.lakeside();
  const told = async (file: string) => (await send(w, 'units', file, { dryRun: true })).body;
  const chinese = await told('翠湖花园\n楼栋,类型\n1,住宅\n');
  expect(chinese).toMatchObject({ code: 'import.column-missing', details: { sheet: 'CSV', line: 2 } });
  expect(chinese.details.columns).toMatch(/\p{Script=Han}/u);
  expect((await told('building,kind\n1,flat\n')).details).toMatchObject({
    columns: expect.stringMatching(/^[\x20-\x7e]+$/),
  });
});

test('a name that is seen in another order than it stands is a bad row; a number that an address book marked is read', async () => {
  const w = await atLakeside(`${UNITS}1,101,住宅,50,\n`);
  const owner = (name: string, phone: string) =>
    send(w, 'parties', `楼栋,房号,姓名,电话\n1,101,${name},${phone}\n`, { dryRun: true });
  for (const sign of '\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') {
    expect(faults(await owner(`张${sign}三`, '')), JSON.stringify(sign)).toEqual([[2, 'name', 'field.no-turning']]);
    expect((await owner('张三', `${sign}13800000001\u202c`)).body, JSON.stringify(sign)).toMatchObject({ badTotal: 0 });
    const unit = await send(w, 'units', `楼栋,房号,面积\n1,1${sign}02,50\n`, { dryRun: true });
    expect(faults(unit), JSON.stringify(sign)).toEqual([[2, 'number', 'field.no-turning']]);
  }
  const said = await send(w, 'parties', '楼栋,房号,姓名\n1,101,张\u202e三\n', { dryRun: true, language: 'zh-CN' });
  expect(said.body.bad[0].message).toContain('不得含改变文字方向的不可见字符');
});
