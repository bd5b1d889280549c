import { describe, expect, test } from 'vitest';
import { counted, row, said, sheetXml, workbookOf } from '../../../shared/sheet/read/testing.ts';
import { atLakeside, faults, send, told, unitsOf, withFlats } from './testing.ts';

describe('what a unit is, and whether anybody lives in it, is read under its usual headings', () => {
  test.each(['State', 'Status', 'Occupancy', 'Unit Status', 'Occupancy Status', 'Occupancy_State', '入住情况', '房态'])(
    '%s says who is in',
    async (heading) => {
      const w = await atLakeside(
        `Building,Room,Area,${heading}\n1,101,80,Vacant\n1,102,80,occupied\n1,103,80,unsold\n`,
      );
      const states = (await unitsOf(w)).map(({ number, state }: Record<string, string>) => [number, state]);
      expect(states.sort()).toEqual([
        ['101', 'vacant'],
        ['102', 'occupied'],
        ['103', 'developer-held'],
      ]);
    },
  );

  test.each(['Kind', 'Type', 'Use', 'Usage', 'Unit Type', 'Property Type', 'Category', '使用性质'])(
    '%s says what it is',
    async (heading) => {
      const w = await atLakeside(
        `Block,Unit No.,${heading},Area (sqm)\n1,101,Shop,80\n1,102,Apartment,80\n1,103,Parking,0\n`,
      );
      const kinds = (await unitsOf(w)).map(({ number, kind }: Record<string, string>) => [number, kind]);
      expect(kinds.sort()).toEqual([
        ['101', 'shop'],
        ['102', 'flat'],
        ['103', 'space'],
      ]);
    },
  );

  test('of two such columns the one that is surely meant counts', async () => {
    const w = await atLakeside('Tower,Flat,Type,Use,Gross Area\n1,101,villa,Rented,80\n');
    expect(await unitsOf(w)).toMatchObject([{ kind: 'villa', area: 80 }]);
  });
});

test('a file of owners, staff or sites goes by its usual English headings', async () => {
  const w = await withFlats();
  const owners =
    'Bldg,Room Number,Owner Name,Mobile Phone,E-mail Address,Relationship,Is Payer,Effective From,Preferred Language,Opt-in\n' +
    '1,101,Li Lei,13900000001,li@example.test,tenant,yes,2026-03-01,English,yes\n';
  expect((await send(w, 'parties', owners, { dryRun: true })).body).toMatchObject({ accepted: 1, unused: [] });
  const staff =
    'Employee Name,E-mail Address,User Name,Lang,Position,Site ID,Dept.\nLi Lei,li@example.test,li-1,English,quality manager,lakeside,\n';
  expect((await send(w, 'staff', staff, { dryRun: true })).body).toMatchObject({ accepted: 1 });
  const sites = 'Site Code,Project Name,Time Zone,Depts\nhill,Hill,Asia/Shanghai,a:A\n';
  expect((await send(w, 'sites', sites, { dryRun: true })).body).toMatchObject({ accepted: 1, unused: [] });
});

describe('a column under a heading that nobody understands is asked about', () => {
  const unit = (heading: string, ...values: string[]) =>
    `楼栋,房号,面积,${heading}\n${values.map((one, i) => `1,${201 + i},80,${one}`).join('\n')}\n`;

  test.each([
    ['Situation', ['vacant', 'occupied']],
    ['Ownership', ['developer', 'occupied', '']],
    ['备注', ['空置', '', '']],
    ['', ['入住', '空置']],
    ['楼型', ['高层', '商铺']],
    ['楼型', ['高层', '商铺', '地摊']],
    ['Is it vacant?', ['yes', 'no']],
    ['是否空置', ['是', '否']],
    ['目前闲置', ['√', '']],
  ])('%s with %j', async (heading, values) => {
    const w = await atLakeside();
    const { body } = await send(w, 'units', unit(heading, ...values), { language: 'zh-CN' });
    expect(body.code).toBe('import.column-decides');
    expect(body.title).toContain(`“${heading || 'D'}”`);
    expect(body.title).toContain('状态');
    expect(await unitsOf(w)).toEqual([]);
  });

  test.each([
    ['楼型', ['高层', '多层']],
    ['Comment', ['vacant', 'leaks', 'two keys']],
    ['朝向', ['南', '北']],
  ])('not where it changes nothing, or says something else: %s with %j', async (heading, values) => {
    const { body } = await send(await atLakeside(), 'units', unit(heading, ...values));
    expect(body).toMatchObject({ accepted: values.length, unused: [{ column: heading }] });
  });

  test('nor where the file says it in another column; and who is owner and who tenant is asked about, too', async () => {
    const both = '楼栋,房号,面积,状态,备注,交付前空置\n1,201,80,入住,空置,\n';
    expect((await send(await atLakeside(), 'units', both)).body).toMatchObject({ accepted: 1 });
    const people = '楼栋,房号,姓名,Type\n1,101,测试甲,tenant\n';
    expect((await send(await withFlats(), 'parties', people)).body.code).toBe('import.column-decides');
  });
});

describe('a file with a column of buildings', () => {
  test('has one in every row, whatever the room is called', async () => {
    const w = await atLakeside();
    const file = '楼栋,房号,面积\n2,101,80\n,1-601,80\n,1幢602室,80\n';
    const dry = await send(w, 'units', file, { dryRun: true, language: 'zh-CN' });
    expect(told(dry)).toEqual([
      [3, '楼栋', undefined, '不能为空'],
      [4, '楼栋', undefined, '不能为空'],
    ]);
    expect((await send(w, 'units', file, { skipBad: true })).body).toMatchObject({ accepted: 1, badTotal: 2 });
    expect((await unitsOf(w)).map(({ place }: { place: string }) => place)).toEqual(['2幢101室']);
    const owner = await send(w, 'parties', '楼栋,房号,姓名\n,2-101,测试甲\n', { dryRun: true });
    expect(faults(owner)).toEqual([[2, 'building', 'import.required']]);
  });

  test('may have it merged over its rows; a file without one says it with the room', async () => {
    const w = await atLakeside();
    const rows = [
      row(...['楼栋', '房号', '面积'].map((one) => said(one))),
      row(said('2'), said('601'), counted(80)),
      row('<c/>', said('602'), counted(80)),
      row('<c/>', said('1-603'), counted(80)),
    ].join('');
    const book = workbookOf({ a: sheetXml(rows, '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>') });
    expect(faults(await send(w, 'units', Buffer.from(book), { dryRun: true }))).toEqual([
      [4, 'building', 'import.required'],
    ]);
    await send(w, 'units', '房号,面积\n1-601,80\n');
    expect((await unitsOf(w)).map(({ place }: { place: string }) => place)).toEqual(['1幢601室']);
  });
});
