import { expect, test } from 'vitest';
import { ADMIN, world } from '../testing.ts';
import { faults, fixture, send, unitsOf } from './testing.ts';

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
