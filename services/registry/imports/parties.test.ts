import { expect, test } from 'vitest';
import { xlsxOf } from '../../../shared/sheet/xlsx.ts';
import { faults, fixture, send, unitsOf, type World, withFlats } from './testing.ts';

const partiesOf = async (w: World) => (await w.admin('GET /sites/lakeside/parties')).items;

test('owners come from a workbook: one person with two flats is one party', async () => {
  const w = await withFlats();
  const done = await send(w, 'parties', fixture('parties.xlsx'));
  expect(done.body).toMatchObject({ rows: 3, accepted: 3, unchanged: 0, badTotal: 0 });
  const parties = await partiesOf(w);
  expect(parties.map(({ name }: { name: string }) => name).sort()).toEqual(['测试乙', '测试甲'].sort());
  const owner = parties.find(({ name }: { name: string }) => name === '测试甲');
  const { units, contacts } = await w.admin(`GET /sites/lakeside/parties/${owner.id}`);
  expect(units).toHaveLength(2);
  expect(contacts).toMatchObject([{ value: '139 0000 0001' }, { value: 'jia@example.test' }]);
  expect((await send(w, 'parties', fixture('parties.xlsx'))).body).toMatchObject({ accepted: 0, unchanged: 3 });
});

const PARTIES = '楼栋,房号,姓名,电话,身份,缴费人\n';

test('what is wrong with owners is said: no such unit, two who pay, a person told in two ways', async () => {
  const w = await withFlats();
  const dry = await send(
    w,
    'parties',
    `${PARTIES}1号楼,101,测试甲,13900000001,业主,是
1号楼,101,测试乙,13900000002,租户,是
9号楼,101,测试丙,13900000003,业主,
1号楼,102,测试丁,12,业主,
1号楼,101,测试甲,13900000001,租户,
`,
    { dryRun: true },
  );
  expect(faults(dry)).toEqual([
    [2, 'relation', 'import.contradicts'],
    [2, 'payer', 'import.contradicts'],
    [4, 'number', 'import.unknown-unit'],
    [5, 'phone', 'import.phone'],
    [6, 'relation', 'import.contradicts'],
    [6, 'payer', 'import.contradicts'],
  ]);
  const two = `${PARTIES}1号楼,101,测试甲,13900000001,业主,是\n1号楼,101,测试乙,13900000002,租户,是\n`;
  expect(faults(await send(w, 'parties', two, { dryRun: true }))).toEqual([[3, 'payer', 'import.second-payer']]);
  await send(w, 'parties', `${PARTIES}1号楼,101,测试甲,13900000001,业主,是\n`);
  const other = await send(w, 'parties', `${PARTIES}1号楼,101,测试乙,,业主,是\n1号楼,101,测试甲,13900000001,租户,\n`, {
    dryRun: true,
  });
  expect(faults(other)).toEqual([
    [2, 'payer', 'import.other-payer'],
    [3, 'relation', 'import.exists-as'],
    [3, 'payer', 'import.exists-as'],
  ]);
});

test('since when somebody pays may stand on the sheet, in any way sheets write a day', async () => {
  const w = await withFlats();
  const file = (since: string) =>
    `楼栋,房号,姓名,电话,身份,缴费人,起始日期\n1号楼,101,测试甲,13900000001,业主,是,${since}\n`;
  expect(faults(await send(w, 'parties', file('昨天'), { dryRun: true }))).toEqual([[2, 'since', 'import.day']]);
  const far = await send(w, 'parties', file('1989-12-31'), { dryRun: true });
  expect(faults(far)).toEqual([[2, 'since', 'import.day-too-far']]);
  expect((await send(w, 'parties', file('2026年4月1日'))).body).toMatchObject({ accepted: 1 });
  for (const same of ['2026-04-01', '2026/4/1', '2026.4.1', '']) {
    expect((await send(w, 'parties', file(same))).body, same).toMatchObject({ accepted: 0, unchanged: 1 });
  }
  expect(faults(await send(w, 'parties', file('2026-04-02'), { dryRun: true }))).toEqual([
    [2, 'since', 'import.exists-as'],
  ]);
  const [{ id }] = await unitsOf(w);
  const { payers } = await w.admin(`GET /sites/lakeside/units/${id}`);
  expect(payers).toMatchObject([{ from: '2026-04-01' }]);
});

test('a sheet may say in which language somebody is written to; without a word it is the language of the site', async () => {
  const w = await withFlats();
  const sheet = (name: string, language: string) => `楼栋,房号,姓名,电话,语言\n1号楼,101,${name},,${language}\n`;
  await send(w, 'parties', sheet('测试甲', ''));
  await send(w, 'parties', sheet('测试乙', 'English'));
  const written = async () =>
    new Map((await partiesOf(w)).map((one: Record<string, string>) => [one.name, one.language]));
  expect(await written()).toEqual(
    new Map([
      ['测试乙', 'en'],
      ['测试甲', 'zh-CN'],
    ]),
  );
  const other = await send(w, 'parties', sheet('测试甲', 'en'), { dryRun: true });
  expect(faults(other)).toEqual([[2, 'language', 'import.exists-as']]);
  const one = (await partiesOf(w)).find(({ name }: { name: string }) => name === '测试甲');
  await w.admin(`PUT /sites/lakeside/parties/${one.id}`, { name: '测试甲', language: 'en' });
  for (const same of ['en', '']) {
    expect((await send(w, 'parties', sheet('测试甲', same))).body, same).toMatchObject({ accepted: 0, unchanged: 1 });
  }
});

test('namesakes without a number are told apart by their unit, and imported once', async () => {
  const w = await withFlats();
  const file = `${PARTIES}1号楼,101,测试甲,,业主,\n1号楼,102,测试甲,,业主,\n`;
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 2 });
  expect((await send(w, 'parties', file)).body).toMatchObject({ accepted: 0, unchanged: 2 });
  expect(await partiesOf(w)).toHaveLength(2);
});

test('several ways to reach somebody may stand on lines of one cell', async () => {
  const w = await withFlats();
  const header = ['楼栋', '房号', '姓名', '电话', '邮箱', '身份', '缴费人'];
  const row = (phones: string, emails: string) => ['1号楼', '101', '测试甲', phones, emails, '业主', '是'];
  const phones = '13900000001\n13900000002(妻)\r\n';
  const book = xlsxOf({ header, rows: [row(phones, 'jia@example.test\nyi@example.test')] });
  const csv = `${header.join()}\n${row(`"${phones}"`, '"jia@example.test\nyi@example.test"').join()}\n`;
  expect((await send(w, 'parties', Buffer.from(book))).body).toMatchObject({ accepted: 1, bad: [] });
  const [owner] = await partiesOf(w);
  const values = owner.contacts.map(({ value }: { value: string }) => value);
  expect(values).toEqual(['139 0000 0001', '139 0000 0002', 'jia@example.test', 'yi@example.test']);
  expect((await send(w, 'parties', csv)).body).toMatchObject({ unchanged: 1, bad: [] });
});
