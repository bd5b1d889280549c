import { describe, expect, test } from 'vitest';
import { atLakeside, faults, send, told, UNITS, unitsOf, withFlats } from './testing.ts';

const HEADER = '楼栋,单元,房号,建筑面积\n';

describe('a row of totals is no home', () => {
  test.each([
    '合计,,5户,403.26',
    '合 计：,,,403.26',
    '8,小计,,403.26',
    '8,1,小计,403.26',
    '8幢小计,,,403.26',
    '总计（5户）,,,403.26',
    '共计5户,,,403.26',
    'Total:,,5,403.26',
    'Grand total,,5,403.26',
  ])('%s is passed over, and counted as that', async (row) => {
    const w = await atLakeside();
    const file = `${HEADER}8,1,101,99.9\n${row}\n`;
    const passed = { rows: 1, totals: 1, accepted: 1, badTotal: 0 };
    expect((await send(w, 'units', file, { dryRun: true })).body).toMatchObject(passed);
    expect((await send(w, 'units', file)).body).toMatchObject(passed);
    expect((await unitsOf(w)).map(({ place }: { place: string }) => place)).toEqual(['8幢1单元101室']);
  });

  test('its label may stand below a column that nobody reads, or the name; a home beside it stays one', async () => {
    const w = await withFlats();
    const numbered = '序号,楼栋,房号,建筑面积\n1,8,101,99.9\n合计,,1户,99.9\n';
    expect((await send(w, 'units', numbered)).body).toMatchObject({ accepted: 1, totals: 1, badTotal: 0 });
    const people = '姓名,楼栋,房号\n测试甲,1,101\nTotal,1,102\n合计,,\n';
    expect((await send(w, 'parties', people)).body).toMatchObject({ accepted: 2, totals: 1, badTotal: 0 });
    const named = `${HEADER}统计楼,1,101,99.9\nTotal House,1,101,99.9\n`;
    expect((await send(w, 'units', named)).body).toMatchObject({ accepted: 2, totals: 0 });
  });

  test('a sheet of totals alone has nothing to import', async () => {
    const w = await atLakeside();
    expect((await send(w, 'units', `${HEADER}合计,,5户,403.26\n`)).body.code).toBe('import.no-rows');
  });
});

describe('rows that contradict each other', () => {
  const file = `${HEADER}8,1,101,99.9\n8,1,101,88.93\n8,1,102,70\n8#,一单元,102室,70.0\n`;

  test('both are bad, whichever stands first; rows that say the same are a duplicate', async () => {
    const w = await atLakeside();
    const contradictory = [
      [2, 'area', 'import.contradicts'],
      [3, 'area', 'import.contradicts'],
      [5, 'row', 'import.duplicate'],
    ];
    expect(faults(await send(w, 'units', file, { dryRun: true }))).toEqual(contradictory);
    const { body } = await send(w, 'units', file, { skipBad: true });
    expect(body).toMatchObject({ accepted: 1, badTotal: 3 });
    expect((await unitsOf(w)).map(({ place }: { place: string }) => place)).toEqual(['8幢1单元102室']);
  });

  test('each says against which line, in which column, and both values, in the language of whoever asks', async () => {
    const w = await atLakeside();
    const [first, second] = told(await send(w, 'units', file, { dryRun: true, language: 'zh-CN' }));
    expect(first).toEqual([2, '建筑面积', '99.9', '与第 3 行的“建筑面积”矛盾：此行为“99.9”，第 3 行为“88.93”']);
    expect(second).toEqual([3, '建筑面积', '88.93', '与第 2 行的“建筑面积”矛盾：此行为“88.93”，第 2 行为“99.9”']);
    const english = told(await send(w, 'units', file, { dryRun: true, language: 'en' }));
    expect(english[1][3]).toBe('contradicts line 2 in “建筑面积”: “88.93” here, “99.9” there');
  });

  test('in every column in which they differ, and one that says nothing contradicts too', async () => {
    const w = await withFlats();
    const both = `${UNITS}8,101,住宅,80,入住\n8,101,商铺,90,入住\n8,101,住宅,80,\n`;
    expect(faults(await send(w, 'units', both, { dryRun: true }))).toEqual([
      [2, 'kind', 'import.contradicts'],
      [2, 'area', 'import.contradicts'],
      [3, 'kind', 'import.contradicts'],
      [3, 'area', 'import.contradicts'],
      [4, 'kind', 'import.contradicts'],
      [4, 'area', 'import.contradicts'],
    ]);
    const people = '楼栋,房号,姓名,手机,缴费人\n1,101,测试甲,13811110001,是\n1,101,测试甲,13811110001,否\n';
    const { body } = await send(w, 'parties', people, { skipBad: true });
    expect([body.accepted, faults({ status: 200, body } as never)]).toEqual([
      0,
      [
        [2, 'payer', 'import.contradicts'],
        [3, 'payer', 'import.contradicts'],
      ],
    ]);
  });
});

test('a row says all that is wrong with it at once, a place that is missing or contradicts itself as well', async () => {
  const w = await withFlats();
  const file = `${UNITS},101,住宅,abc,\n8幢,9幢101,住宅,abc,坏\n,102,,0,\n,,,abc,\n`;
  expect(faults(await send(w, 'units', file, { dryRun: true }))).toEqual([
    [2, 'building', 'import.required'],
    [2, 'area', 'import.area'],
    [3, 'number', 'import.place-contradicts'],
    [3, 'area', 'import.area'],
    [3, 'state', 'import.one-of'],
    [4, 'building', 'import.required'],
    [4, 'area', 'import.area-needed'],
    [5, 'building', 'import.required'],
    [5, 'number', 'import.required'],
    [5, 'area', 'import.area'],
  ]);
  const people = '楼栋,房号,姓名,手机\n,101,测试甲,12\n';
  expect(faults(await send(w, 'parties', people, { dryRun: true }))).toEqual([
    [2, 'building', 'import.required'],
    [2, 'phone', 'import.phone'],
  ]);
});

test('an area with its unit is that area; what is quoted stands as in the cell', async () => {
  const w = await atLakeside();
  const areas = ['60㎡', '60 平方米', '60m²', '60 M2', '60平米'];
  const rows = areas.map((one, i) => `8,1,10${i},${one}`).join('\n');
  expect((await send(w, 'units', HEADER + rows)).body).toMatchObject({ accepted: areas.length, badTotal: 0 });
  expect(new Set((await unitsOf(w)).map(({ area }: { area: number }) => area))).toEqual(new Set([60]));
  const bad = `${HEADER}8,2,101,约60㎡\n8,2,102,６０亩\n8,2,２０２６－０１－０２,60\n`;
  const said = told(await send(w, 'units', bad, { dryRun: true, language: 'zh-CN' }));
  expect(said.map(([, , value]: string[]) => value)).toEqual(['约60㎡', '６０亩', '２０２６－０１－０２']);
  expect(said[2][3]).toContain('（２０２６－０１－０２）');
});
