import { expect, test } from 'vitest';
import { counted, row, said, sheetXml, workbookOf } from '../../../shared/sheet/read/testing.ts';
import { atLakeside, faults, send, told, unitsOf, type World, withFlats } from './testing.ts';

const HEADER = ['楼栋', '房号', '面积'];
const rowsXml = (...rows: (string | number)[][]) =>
  [HEADER, ...rows]
    .map((cells) => row(...cells.map((one) => (typeof one === 'number' ? counted(one) : said(one)))))
    .join('');
const book = (sheets: Record<string, string>) => Buffer.from(workbookOf(sheets));

test('an answer says which sheet was read, where its header stands, and which others hold data', async () => {
  const file = book({
    填表说明: sheetXml(row(said('请按样例填写')) + row(said('楼栋'), said('必填'))),
    一期: sheetXml(rowsXml(['1', '101', 80], ['1', '102', 80])),
    二期: sheetXml(rowsXml(['2', '101', 80])),
    封面: sheetXml(row(said('翠湖花园房屋台账'))),
  });
  const read = { sheet: '一期', headerLine: 1, rows: 2, accepted: 2 };
  for (const how of [{ dryRun: true }, {}]) {
    const { body } = await send(await atLakeside(), 'units', file, { ...how, language: 'zh-CN' });
    expect(body).toMatchObject({ ...read, unread: [{ sheet: '二期', message: expect.stringContaining('未读取') }] });
  }
  const csv = await send(await atLakeside(), 'units', '翠湖花园\n楼栋,房号,面积\n1,101,80\n', { dryRun: true });
  expect(csv.body).toMatchObject({ sheet: 'CSV', headerLine: 2, unread: [] });
  const bad = await send(await atLakeside(), 'units', book({ 一期: sheetXml(rowsXml(['1', '101', '大'])) }), {
    language: 'zh-CN',
  });
  expect(bad.body).toMatchObject({ status: 422, title: '“一期”有 1 行有误，未导入任何数据' });
});

test('an empty form beside the sheet that was filled in is passed over; a file with nothing below its header is refused', async () => {
  const form = sheetXml(row(...['楼栋', '单元', '房号', '类型', '面积'].map((one) => said(one))));
  const both = book({ 模板: form, 数据: sheetXml(rowsXml(['1', '101', 80])) });
  expect((await send(await atLakeside(), 'units', both)).body).toMatchObject({ sheet: '数据', accepted: 1 });
  for (const how of [{ dryRun: true }, {}, { skipBad: true }]) {
    const empty = await send(await atLakeside(), 'units', book({ 模板: form }), { ...how, language: 'zh-CN' });
    expect(empty).toMatchObject({ status: 400, body: { code: 'import.no-rows', details: { sheet: '模板', line: 1 } } });
    expect(empty.body.title).toBe('没有可导入的数据：“模板”第 1 行被当作表头，其下没有内容');
  }
  expect((await send(await atLakeside(), 'parties', '楼栋,房号,姓名\n,,\n')).body.code).toBe('import.no-rows');
});

test('a row that says two places is bad and names both, in whichever columns they stand', async () => {
  const file = (header: string, cells: string) => `${header},面积\n${cells},80\n`;
  for (const [header, cells, message] of [
    ['楼栋,房号', '9,8幢2单元101室', '楼栋前后矛盾：一处为“9”，一处为“8”'],
    ['楼栋,房号', '8幢2单元101室,7', '房号前后矛盾：一处为“7”，一处为“101”'],
    ['楼栋,单元,房号', '8,1,2单元101室', '单元前后矛盾：一处为“1”，一处为“2”'],
    ['单元,房屋', '1,8幢2单元101室', '单元前后矛盾：一处为“1”，一处为“2”'],
    ['期,房屋', '一期,二期8幢2单元101室', '期/区前后矛盾：一处为“一期”，一处为“二期”'],
  ] as const) {
    const dry = await send(await atLakeside(), 'units', file(header, cells), { dryRun: true, language: 'zh-CN' });
    expect(told(dry).map((one: unknown[]) => one[3])).toEqual([message]);
    const owner = `${header},姓名\n${cells},测试甲\n`;
    expect(faults(await send(await atLakeside(), 'parties', owner, { dryRun: true }))).toEqual([
      [2, 'number', 'import.place-contradicts'],
    ]);
  }
  const w = await atLakeside();
  const unit = { building: '9', number: '8幢2单元101室', area: 80 };
  const refused = await w.call('the-admin', 'POST /sites/lakeside/units', unit, undefined, 'zh-CN');
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'body.number', rule: '楼栋前后矛盾：一处为“9”，一处为“8”' }] },
  });
});

/** Rows with merged cells: `at` says from which row of the sheet to which. */
const merged = (rows: string[], ...at: string[]) =>
  book({
    a: sheetXml(rows.join(''), `<mergeCells>${at.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`),
  });

test('a merged level of a place holds for all of its rows; a merged sum counts for none of them', async () => {
  const head = row(...['楼栋', '单元', '房号', '面积'].map((one) => said(one)));
  const file = merged(
    [
      head,
      row(said('8'), said('1'), said('101'), counted(180)),
      row('<c/>', '<c/>', said('102'), '<c/>'),
      row('<c/>', said('2'), said('101'), counted(90)),
    ],
    'A2:A4',
    'B2:B3',
    'D2:D3',
  );
  const w = await atLakeside();
  const { body } = await send(w, 'units', file, { skipBad: true, language: 'zh-CN' });
  expect(told({ status: 200, body })).toEqual([
    [2, '面积', '180', '单元格合并了第 2 至 3 行，无法确定每行各应填什么；请取消合并，逐行填写'],
    [3, '面积', undefined, '单元格合并了第 2 至 3 行，无法确定每行各应填什么；请取消合并，逐行填写'],
  ]);
  expect((await unitsOf(w)).map(({ place, area }: { place: string; area: number }) => [place, area])).toEqual([
    ['8幢2单元101室', 90],
  ]);
});

test('one home of two owners may be one cell', async () => {
  const w = await withFlats();
  const file = merged(
    [
      row(...['楼栋', '房号', '姓名'].map((one) => said(one))),
      row(said('1'), said('101'), said('测试甲')),
      row('<c/>', '<c/>', said('测试乙')),
    ],
    'A2:A3',
    'B2:B3',
  );
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 2, badTotal: 0 });
  expect((await unitsOf(w))[0]).toMatchObject({ number: '101' });
});

test.each([
  '自何时',
  '自',
  '起',
  '起始时间',
  '入住时间',
  '入伙日期',
  '开始时间',
  '缴费起始日期',
  '从何时起',
  '交房时间',
  'from',
])('since when is understood under %s', async (heading) => {
  const w = await withFlats();
  const file = `楼栋,房号,姓名,缴费人,${heading}\n1,101,测试甲,是,2026-03-01\n`;
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 1, unused: [] });
  const [{ id }] = await unitsOf(w);
  expect((await w.admin(`GET /sites/lakeside/units/${id}`)).payers).toMatchObject([{ from: '2026-03-01' }]);
});

test.each(['签约日', '合同起', '租期', '自哪天', '止', ''])(
  'days under a heading that nobody understands are not passed over: %s',
  async (heading) => {
    const file = `楼栋,房号,姓名,缴费人,${heading}\n1,101,测试甲,是,2026-03-01\n`;
    expect((await send(await withFlats(), 'parties', file)).body.code).toBe('import.column-decides');
  },
);

test('a home without its entrance, or phase, beside those that have one is asked about, naming what it could be', async () => {
  const w = await atLakeside(
    '期,楼栋,单元,房号,面积\n,8,1,101,80\n,8,2,101,81\n,8,2,102,81\n一期,5,,101,80\n,6,,101,80\n',
  );
  const dry = { dryRun: true, language: 'zh-CN' } as const;
  const own = '；确为另一处房屋的，导入房屋时请加“确认”（sure）';
  const could = `没有写明单元，可能是以下房屋：8幢1单元101室、8幢2单元101室；请补充“单元”${own}`;
  const units = await send(w, 'units', '楼栋,房号,类型,面积\n8,101,,80\n8,103,,80\n8,B1-1,车位,0\n5,101,,80\n', dry);
  expect(told(units)).toEqual([
    [2, '房号', '101', could],
    [3, '房号', '103', `该楼栋的房屋分单元（如 8幢1单元101室），请补充“单元”${own}`],
    [5, '房号', '101', `没有写明期/区，可能是以下房屋：一期5幢101室；请补充“期/区”${own}`],
  ]);
  const parties = await send(w, 'parties', '楼栋,房号,姓名\n8,101,测试甲\n8,104,测试乙\n', dry);
  expect(told(parties)).toEqual([
    [2, '房号', '101', could],
    [3, '房号', '104', '没有此房屋：8幢104室'],
  ]);
  const said = await send(w, 'units', '期,楼栋,单元,房号,面积\n,6,1,101,80\n二期,6,,101,80\n', dry);
  expect(faults(said)).toEqual([
    [2, 'number', 'import.entrance-said'],
    [3, 'number', 'import.phase-said'],
  ]);
});

test('a bad row shows its heading and cell, and what is there instead, in the words of whoever reads', async () => {
  const w = await withFlats();
  const file = '楼栋,房号,房屋用途,建筑面积(m²),状态\n1,101,别墅,81,空置\n1,103,城堡,x,\n';
  const rows = (language: 'zh-CN' | 'en') => send(w, 'units', file, { dryRun: true, language });
  expect(told(await rows('zh-CN'))).toEqual([
    [2, '房屋用途', '别墅', '已登记为“住宅”'],
    [2, '建筑面积(m2)', '81', '已登记为“80”'],
    [2, '状态', '空置', '已登记为“已入住”'],
    [3, '房屋用途', '城堡', '须为以下之一：住宅、别墅、商铺、办公、车位、储藏室'],
    [3, '建筑面积(m2)', 'x', '须为 0 至 1000000 之间、最多六位小数的数字'],
  ]);
  expect(told(await rows('en'))[0]).toEqual([2, '房屋用途', '别墅', 'is there already as “flat”']);
  expect(told(await rows('en'))[3][3]).toBe('must be one of: flat, villa, shop, office, parking space, storage room');
  const refused = await send(w, 'units', file, { language: 'zh-CN' }, 'once');
  expect(refused.body.errors[0]).toEqual({ field: '第 2 行“房屋用途”：别墅', rule: '已登记为“住宅”' });
  for (const { field, rule } of refused.body.errors)
    expect(field.replace('m2', '').replace('x', '') + rule).not.toMatch(/[a-z]{2}/i);
  expect(await send(w, 'units', file, { language: 'zh-CN' }, 'once')).toEqual(refused);
  const english = await send(w, 'units', 'building,number,area,kind\n1,101,81,\n', { language: 'en' });
  expect(english.body.errors[0]).toEqual({ field: 'line 2, “area”: 81', rule: 'is there already as “80”' });
  const missing = await send(w, 'units', '甲,乙\n1,2\n', { language: 'zh-CN' });
  expect(missing.body.title).toBe('缺少列：房号, 收费面积（表头取自“CSV”第 1 行）');
  const nameless = await send(w, 'units', '1,2\n1,2\n', { language: 'zh-CN' });
  expect(nameless.body.details.columns).toBe('房号, 收费面积');
});

test('what of a person is told otherwise is said, field by field; nothing of it is kept', async () => {
  const w = await withFlats();
  const header = '楼栋,房号,姓名,手机,身份,缴费人,起始日期,语言,同意\n';
  await send(w, 'parties', `${header}1,101,测试甲,13900000001,业主,是,2026-01-01,,\n`);
  const rows = ['1,101,测试甲,13900000001,租户,否,2026-02-01,英文,', '1,102,测试甲,13900000001、13900000002,,,,,'];
  const file = header + rows.join('\n');
  const dry = await send(w, 'parties', file, { dryRun: true, language: 'zh-CN' });
  expect(told(dry).map((one: unknown[]) => one.slice(0, 2).concat(one[3]))).toEqual([
    [2, '手机', '该业户已登记，但没有此联系方式，请先由前台补登或更正'],
    [2, '身份', '已登记为“业主”'],
    [2, '缴费人', '已登记为“是”'],
    [2, '起始日期', '已登记为“2026-01-01”'],
    [2, '语言', '已登记为“中文”'],
    [3, '手机', '该业户已登记，但没有此联系方式，请先由前台补登或更正'],
    [3, '语言', '已登记为“中文”'],
  ]);
  const { body } = await send(w, 'parties', file, {}, 'kept');
  const { events } = { events: await w.registry.imports.history('lakeside', body.details.import) };
  expect(JSON.stringify(events)).not.toMatch(/13900000001|测试甲/);
});

test.each(['=1+1', '+8613800000001', '@x', '-cmd', '＝1', "'=1+1"])('%s is no place and no name', async (text) => {
  const w = await withFlats();
  const units = await send(w, 'units', `楼栋,房号,面积\n1,"${text}",80\n"${text}",101,80\n`, { dryRun: true });
  expect(faults(units)).toEqual([
    [2, 'number', 'import.formula'],
    [3, 'building', 'import.formula'],
  ]);
  const owner = await send(w, 'parties', `楼栋,房号,姓名\n1,101,"${text}"\n`, { dryRun: true });
  expect(faults(owner)).toEqual([[2, 'name', 'import.formula']]);
  const unit = { building: '1', number: text.replace("'", ''), area: 80 };
  expect((await w.call('the-admin', 'POST /sites/lakeside/units', unit)).status).toBe(400);
});

test('basements are no formulas', async () => {
  const w = await atLakeside();
  const file = '楼栋,楼层,房号,类型,面积\n1,-1,-101,车位,12\n1,-1,B1-3,车位,12\n';
  expect((await send(w, 'units', file)).body).toMatchObject({ accepted: 2, badTotal: 0 });
});

const held = async (w: World) => {
  const { items } = await w.admin('GET /sites/lakeside/parties');
  const all = await Promise.all(
    items.map(async ({ id }: { id: string }) => {
      const { name, contacts, units } = await w.admin(`GET /sites/lakeside/parties/${id}`);
      return [name, contacts.length, units.length];
    }),
  );
  return all.sort();
};

test('one person on several lines is one party of several homes, whatever each line says of how to reach them', async () => {
  const w = await atLakeside('楼栋,房号,面积\n1,101,80\n1,102,80\n1,103,80\n1,104,80\n');
  const file = `楼栋,房号,姓名,电话,邮箱,语言,同意
1,101,测试甲,13900000001,,英文,
1,102,测试甲,13900000001、13900000002,,,是
1,103,测试甲,13900000002,jia@example.test,,
1,104,测试乙,13900000001,,,
`;
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 4, badTotal: 0 });
  expect(await held(w)).toEqual([
    ['测试乙', 1, 1],
    ['测试甲', 3, 3],
  ]);
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 0, unchanged: 4 });
  const otherwise = `楼栋,房号,姓名,电话,语言\n1,101,测试丙,13900000003,英文\n1,102,测试丙,13900000003,中文\n1,103,测试丙,13900000003,\n`;
  const dry = await send(w, 'parties', otherwise, { dryRun: true, language: 'zh-CN' });
  expect(told(dry)).toEqual([[3, '语言', '中文', '与第 2 行（英文）不一致']]);
  expect((await send(w, 'parties', otherwise, { skipBad: true })).body).toMatchObject({ accepted: 2, badTotal: 1 });
});

test('what is no table has no header; a heading that stands twice is named as it stands; nobody is called 空置', async () => {
  const w = await withFlats();
  for (const file of ['%PDF-1.4 ...', '<html><table></table></html>']) {
    expect((await send(w, 'units', file)).body.code).toBe('import.column-missing');
  }
  const twice = await send(w, 'units', '楼栋,房号,面积,面积\n1,103,80,80\n', { language: 'zh-CN' });
  expect(twice.body.details.columns).toBe('面积');
  const nobody = await send(w, 'parties', '楼栋,房号,姓名\n1,101,/\n1,101,空置\n1,101,无\n', { dryRun: true });
  expect(faults(nobody)).toEqual([2, 3, 4].map((line) => [line, 'name', 'import.required']));
});
