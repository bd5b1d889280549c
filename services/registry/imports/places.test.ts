import { expect, test } from 'vitest';
import { world } from '../testing.ts';
import { faults, fixture, send, unitsOf, type World } from './testing.ts';

const atLakeside = async () => {
  const w = world();
  await w.lakeside();
  return w;
};
const places = async (w: World) => (await unitsOf(w)).map(({ place }: { place: string }) => place);
const unused = ({ body }: { body: { unused: { column: string; message: string }[] } }) => body.unused;

test('homes that differ in their entrance are homes of their own, and each owner pays for theirs', async () => {
  const w = await atLakeside();
  const units = await send(w, 'units', fixture('units-danyuan.csv'));
  expect(units.body).toMatchObject({ rows: 4, accepted: 4, badTotal: 0, unused: [] });
  expect(await places(w)).toEqual(['8幢1单元101室', '8幢1单元102室', '8幢2单元101室', '8幢2单元102室']);
  const parties = await send(w, 'parties', fixture('parties-danyuan.csv'));
  expect(parties.body).toMatchObject({ rows: 3, accepted: 3, badTotal: 0, unused: [] });
  const held = await Promise.all(
    (await unitsOf(w)).map(async ({ id, place, area }: { id: string; place: string; area: number }) => {
      const { parties: links } = await w.admin(`GET /sites/lakeside/units/${id}`);
      const names = await Promise.all(
        links.map(async ({ party, payer }: { party: string; payer: boolean }) => [
          (await w.admin(`GET /sites/lakeside/parties/${party}`)).name,
          payer,
        ]),
      );
      return [place, area, names];
    }),
  );
  expect(held).toEqual([
    ['8幢1单元101室', 88, [['一单元甲', true]]],
    ['8幢1单元102室', 88, []],
    ['8幢2单元101室', 90, [['二单元乙', false]]],
    ['8幢2单元102室', 90, [['二单元丙', true]]],
  ]);
});

test('however a sheet says where a home is, it is that home', async () => {
  const w = await atLakeside();
  const first = await send(w, 'units', '楼栋,单元,房号,建筑面积\n8,2,101,90\n9,,101,80\nA座,,1203,70\n');
  expect(first.body).toMatchObject({ accepted: 3 });
  for (const again of [
    '樓棟號,單元,房間號,建築面積\n8號樓,2單元,101室,90\n',
    '*楼宇,单元（必填）,室,收费面积,建筑面积,套内面积\n8#,二单元,101,90,95,70\n',
    '房屋编号,建面\n8-2-101,90\n9-101,80\nA座1203室,70\n',
    '房号,套内面积\n８幢２单元１０１室,90\n9栋101,80\n',
    '楼栋,房间,收费面积\n9号楼,101室,80\n8幢2单元,101,90\n',
    '楼栋,楼层,单元,房号,计费面积\n8,1,2,101,90\n',
  ]) {
    const { body } = await send(w, 'units', again, { dryRun: true });
    expect([again, body.accepted, body.badTotal]).toEqual([again, 0, 0]);
  }
  const twice = await send(w, 'units', '楼栋,房号,面积\n9栋,9-101,80\nA座,A-1203,70\n', { dryRun: true });
  expect(twice.body).toMatchObject({ accepted: 0, unchanged: 2, badTotal: 0 });
  const entrances = await send(w, 'units', '楼栋,房号,面积\n9,9-101,80\n8,2-101,90\n', { dryRun: true });
  expect(entrances.body).toMatchObject({ accepted: 0, unchanged: 1, badTotal: 1 });
  expect(faults(entrances)).toEqual([[2, 'number', 'import.entrance-said']]);
  const alone = await send(w, 'units', '房号,面积\n101室,80\n', { dryRun: true });
  expect(faults(alone)).toEqual([[2, 'building', 'import.required']]);
  const owner = await send(w, 'parties', '房号,姓名,手机\n8-2-101,测试甲,13811110001\n9幢101室,测试乙,13811110002\n');
  expect(owner.body).toMatchObject({ accepted: 2, badTotal: 0 });
});

test('a level that differs makes another home; a floor that the number tells does not', async () => {
  const w = await atLakeside();
  const rows = ['一期,8,1,,101', '二期,8,1,,101', ',8,1,,101', ',8,2,,101', ',8,,3,01', ',8,,4,01', ',8,,,01'];
  const sheet = `期,楼栋,单元,楼层,房号,面积\n${rows.map((row) => `${row},80`).join('\n')}\n`;
  expect((await send(w, 'units', sheet)).body).toMatchObject({ accepted: rows.length, badTotal: 0 });
  expect(new Set(await places(w)).size).toBe(rows.length);
  const told = await send(w, 'units', '楼栋,楼层,房号,面积\n9,3/18,301,80\n9,,301,80\n9,中楼层(共18层),301,80\n', {
    dryRun: true,
  });
  expect(faults(told)).toEqual([
    [3, 'row', 'import.duplicate'],
    [4, 'row', 'import.duplicate'],
  ]);
});

test('a column that is not understood is named, in the language of whoever asks', async () => {
  const w = await atLakeside();
  const sheet = '序号,楼栋,房号,建筑面积,朝向,姓名\n1,8,101,90,南,测试甲\n2,8,102,90,北,测试乙\n';
  const dry = await send(w, 'units', sheet, { dryRun: true });
  const named = [
    { column: '序号', message: 'not understood, not imported' },
    { column: '朝向', message: 'not understood, not imported' },
    { column: '姓名', message: 'read by the import of parties, not by this one' },
  ];
  expect(unused(dry)).toEqual(named);
  expect(unused(await send(w, 'units', sheet))).toEqual(named);
});

test('a column that tells rows apart is never passed over, nor one that says who or since when', async () => {
  const w = await atLakeside();
  const apart = '楼栋,房号,建筑面积,分区块,序号\n8,101,90,甲,1\n8,102,90,甲,2\n8,101,90,乙,3\n';
  for (const how of [{ dryRun: true }, {}, { skipBad: true }]) {
    expect(await send(w, 'units', apart, how)).toMatchObject({
      status: 400,
      body: { code: 'import.column-tells-apart', details: { columns: '分区块', lines: '2, 4' } },
    });
  }
  const same = await send(w, 'units', '楼栋,房号,建筑面积,序号\n8,101,90,1\n8,101,90,2\n', { dryRun: true });
  expect(faults(same)).toEqual([[3, 'row', 'import.duplicate']]);
  for (const [kind, header, row] of [
    ['units', '楼栋,房号,面积,产权变更日期', '8,101,90,2026-01-01'],
    ['parties', '楼栋,房号,姓名,共有人', '8,101,测试甲,测试乙'],
    ['parties', '楼栋,房号,姓名,缴费截止日期', '8,101,测试甲,2026-01-01'],
  ] as const) {
    const { status, body } = await send(w, kind, `${header}\n${row}\n`);
    expect([status, body.code, body.details.columns]).toEqual([400, 'import.column-decides', header.split(',').at(-1)]);
  }
  expect(await unitsOf(w)).toEqual([]);
});

test('numbers in several columns or in one cell are several; one of them twice is one', async () => {
  const w = await atLakeside();
  await send(w, 'units', '楼栋,房号,面积\n8,101,90\n8,102,90\n8,103,90\n');
  const sheet = `楼栋,房号,姓名,手机,联系电话,邮箱
8,101,测试甲,13811110001,13811110002,无
8,102,测试乙,"13811110003、13811110004(妻)",13811110003,a@example.test;b@example.test
8,103,测试丙,/,,
`;
  expect((await send(w, 'parties', sheet)).body).toMatchObject({ accepted: 3, badTotal: 0, unused: [] });
  const { items } = await w.admin('GET /sites/lakeside/parties');
  const ways = async (id: string) =>
    (await w.admin(`GET /sites/lakeside/parties/${id}`)).contacts.map(({ value }: { value: string }) => value);
  const all = await Promise.all(
    items.map(async ({ id, name }: { id: string; name: string }) => [name, await ways(id)]),
  );
  expect(Object.fromEntries(all)).toEqual({
    测试甲: ['138 1111 0001', '138 1111 0002'],
    测试乙: ['138 1111 0003', '138 1111 0004', 'a@example.test', 'b@example.test'],
    测试丙: [],
  });
  expect((await send(w, 'parties', sheet)).body).toMatchObject({ accepted: 0, unchanged: 3, badTotal: 0 });
  const eleven = Array.from({ length: 11 }, (_, i) => 13822220000 + i).join('、');
  const many = await send(w, 'parties', `楼栋,房号,姓名,手机\n8,103,测试丁,${eleven}\n`, { dryRun: true });
  expect(faults(many)).toEqual([[2, 'phone', 'import.too-many']]);
});

test("a site's own way to write its places stands in its lists, which can be of one building", async () => {
  const w = await atLakeside();
  await send(w, 'units', '期,楼栋,单元,房号,面积\n1,8,2,101,90\n,8,2,101,90\n,18,2,101,90\n');
  const placeFormat = '{phase}{building}号楼{entrance}单元{floor}层{number}';
  const { name, departments } = await w.admin('GET /sites/lakeside');
  await w.admin('PUT /sites/lakeside', { name, departments, placeFormat });
  w.now += 61_000;
  expect(await places(w)).toEqual(['18号楼2单元101', '8号楼2单元101', '一期8号楼2单元101']);
  for (const building of ['8', '8幢', '8号楼']) {
    const { items } = await w.admin(`GET /sites/lakeside/units?building=${encodeURIComponent(building)}`);
    expect(items).toMatchObject([{ building: '8', entrance: '2', number: '101', place: '8号楼2单元101' }]);
  }
  const { items } = await w.admin(`GET /sites/lakeside/units?building=${encodeURIComponent('一期8幢')}`);
  expect(items).toMatchObject([{ phase: '一期', building: '8' }]);
  const twice = await w.call('the-admin', 'POST /sites/lakeside/units', {
    building: '8幢2单元',
    number: '101室',
    area: 9,
  });
  expect(twice).toMatchObject({ status: 422, body: { code: 'unit.already-there' } });
  const wrong = await w.call('the-admin', 'PUT /sites/lakeside', {
    name,
    departments,
    placeFormat: '{building}{number}',
  });
  expect(wrong.status).toBe(400);
});

test('kinds, yes and days are read as offices write them', async () => {
  const w = await atLakeside();
  const kinds = {
    别墅: 'villa',
    商业: 'shop',
    门面: 'shop',
    地下车位: 'space',
    储藏室: 'storage',
    公寓: 'flat',
    写字楼: 'office',
  };
  const rows = Object.keys(kinds).map((kind, i) => `8,${101 + i},${kind},90`);
  await send(w, 'units', `楼栋,房号,房屋类型,面积\n${rows.join('\n')}\n`);
  expect((await unitsOf(w)).map(({ kind }: { kind: string }) => kind)).toEqual(Object.values(kinds));
  const days = ['20260501', '2026年5月1日', '46143', '2026/5/1', '2026-05-01 00:00:00'];
  const owners = days.map((day, i) => `8,${101 + i},业主${i},${'✓✔对√是'[i]},${day}`);
  expect((await send(w, 'parties', `楼栋,房号,姓名,缴费人,起始日期\n${owners.join('\n')}\n`)).body).toMatchObject({
    accepted: days.length,
    badTotal: 0,
  });
  for (const unit of (await unitsOf(w)).slice(0, days.length)) {
    const { payers } = await w.admin(`GET /sites/lakeside/units/${unit.id}`);
    expect(payers).toMatchObject([{ from: '2026-05-01' }]);
  }
  const odd = await send(w, 'parties', '楼栋,房号,姓名,起始日期\n8,107,业主,99999\n8,106,业主,20261301\n', {
    dryRun: true,
  });
  expect(faults(odd)).toEqual([
    [2, 'since', 'import.day'],
    [3, 'since', 'import.day'],
  ]);
});
