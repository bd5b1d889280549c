import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { personalTable } from '../../../shared/aws/table.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import { registryTable } from '../store.ts';
import { world } from '../testing.ts';
import { faults, fixture, send, UNITS, unitsOf, withFlats } from './testing.ts';

test('real flats are imported to the last digit, once however often', async () => {
  const w = world();
  await w.lakeside();
  const asFound = await send(w, 'units', fixture('units-beijing.csv'), { dryRun: true });
  expect(asFound).toMatchObject({
    status: 400,
    body: { code: 'import.column-missing', details: { columns: 'number' } },
  });

  const numbered = fixture('units-beijing.csv')
    .toString()
    .trim()
    .split('\n')
    .map((line, i) => `${i === 0 ? 'number' : i},${line}`)
    .join('\n');
  const first = await send(w, 'units', numbered);
  expect(first.body).toMatchObject({ rows: 30, accepted: 30, unchanged: 0, badTotal: 0 });
  const again = await send(w, 'units', numbered);
  expect(again.body).toMatchObject({ rows: 30, accepted: 0, unchanged: 30, badTotal: 0 });
  const units = await unitsOf(w);
  expect(units).toHaveLength(30);
  expect(units.find(({ number }: { number: string }) => number === '1')).toMatchObject({
    building: '果园西小区',
    place: '果园西小区1室',
    area: 63.89,
    kind: 'flat',
  });
});

const DIRTY = `${UNITS}1号楼,101,住宅,89.57,已入住
1号楼,102,城堡,abc,
,103,住宅,70,
1号楼,101,商铺,50,
1号楼,104,住宅,0,
1号楼,105,车位,0,空置
`;

test('a dry run names every bad row with its reason, and does nothing', async () => {
  const w = world();
  await w.lakeside();
  const dry = await send(w, 'units', DIRTY, { dryRun: true });
  expect(dry.body).toMatchObject({ rows: 6, accepted: 1, unchanged: 0, badTotal: 5 });
  expect(faults(dry)).toEqual([
    [2, 'kind', 'import.contradicts'],
    [2, 'area', 'import.contradicts'],
    [3, 'kind', 'import.one-of'],
    [3, 'area', 'import.area'],
    [4, 'building', 'import.required'],
    [5, 'kind', 'import.contradicts'],
    [5, 'area', 'import.contradicts'],
    [6, 'area', 'import.area-needed'],
  ]);
  expect(dry.body.bad[5].message).toBe('contradicts line 2 in “类型”: “商铺” here, “住宅” there');
  expect(await unitsOf(w)).toEqual([]);
});

test('a dry run of thousands of bad rows names every one', async () => {
  const w = world();
  await w.lakeside();
  const dry = await send(w, 'units', UNITS + '1号楼,101,住宅,many,\n'.repeat(5000), { dryRun: true });
  expect(dry.body).toMatchObject({ rows: 5000, accepted: 0, badTotal: 5000 });
  expect(dry.body.bad.at(-1)).toMatchObject({ line: 5001 });
});

test('one bad row and nothing is imported, unless bad rows are to be skipped', async () => {
  const w = world();
  await w.lakeside();
  const refused = await send(w, 'units', DIRTY, {}, 'one');
  expect(refused).toMatchObject({ status: 422, body: { code: 'import.bad-rows', details: { bad: 5 } } });
  expect(refused.body.errors[2]).toMatchObject({ field: 'line 3, “类型”: 城堡' });
  expect(await unitsOf(w)).toEqual([]);
  expect(await send(w, 'units', DIRTY, {}, 'one')).toEqual(refused);

  const skipped = await send(w, 'units', DIRTY, { skipBad: true }, 'two');
  expect(skipped.body).toMatchObject({ rows: 6, accepted: 1, badTotal: 5 });
  expect(await unitsOf(w)).toHaveLength(1);
  expect(await send(w, 'units', DIRTY, { skipBad: true }, 'two')).toEqual(skipped);
  expect((await send(w, 'units', UNITS, { skipBad: true }, 'two')).status).toBe(409);
});

test('an import only adds: what is there with other content is reported, never overwritten', async () => {
  const w = world();
  await w.lakeside();
  await send(w, 'units', `${UNITS}1号楼,101,住宅,89.57,已入住`);
  const other = await send(w, 'units', `${UNITS}1号楼,101,住宅,90,已入住`, { dryRun: true });
  expect(faults(other)).toEqual([[2, 'area', 'import.exists-as']]);
});

/** Whether rows are written by it; an import is also counted as one. */
const writesRows = (command: unknown) =>
  command instanceof TransactWriteCommand && (command.input.TransactItems ?? []).length > 2;

test('an import that dies half-way is finished by asking again', async () => {
  const doc = memoryTables(registryTable, personalTable);
  let left = Number.POSITIVE_INFINITY;
  const dying = {
    send: async (command: unknown) => {
      if (writesRows(command) && left-- <= 0) throw new Error('the function died');
      return doc.send(command as never);
    },
  } as unknown as typeof doc;
  const w = world(dying);
  await w.lakeside();
  const rows = Array.from({ length: 60 }, (_, i) => `1号楼,${i},住宅,50.5,`).join('\n');
  left = 1; // transaction, of 25 units
  expect((await send(w, 'units', UNITS + rows, {}, 'again')).status).toBe(500);
  expect((await unitsOf(w)).length).toBe(25);
  left = Number.POSITIVE_INFINITY;
  const done = await send(w, 'units', UNITS + rows, {}, 'again');
  expect(done.body).toMatchObject({ rows: 60, accepted: 35, unchanged: 25, badTotal: 0 });
  expect(await unitsOf(w)).toHaveLength(60);
  expect(await send(w, 'units', UNITS + rows, {}, 'again')).toEqual(done);
});

test('a unit that somebody enters while an import runs is not entered twice', async () => {
  const doc = memoryTables(registryTable, personalTable);
  let meanwhile: (() => Promise<unknown>) | undefined;
  const busy = {
    send: async (command: unknown) => {
      if (writesRows(command)) {
        const now = meanwhile;
        meanwhile = undefined;
        await now?.();
      }
      return doc.send(command as never);
    },
  } as unknown as typeof doc;
  const w = world(busy);
  await w.lakeside();
  const file = `${UNITS}1号楼,101,住宅,50.5,\n1号楼,102,住宅,50.5,`;
  meanwhile = () => w.admin('POST /sites/lakeside/units', { building: '1号楼', number: '101', area: 50.5 });
  expect((await send(w, 'units', file)).body).toMatchObject({ rows: 2, badTotal: 0 });
  expect(await unitsOf(w)).toHaveLength(2);

  const other = `${UNITS}1号楼,103,住宅,50.5,`;
  meanwhile = () => w.admin('POST /sites/lakeside/units', { building: '1号楼', number: '103', area: 70 });
  expect((await send(w, 'units', other)).body.code).toBe('request.overtaken');
  expect(await unitsOf(w)).toHaveLength(3);
});

test('the same import sent twice at one moment is one import', async () => {
  const w = world();
  await w.lakeside();
  const rows = Array.from({ length: 20 }, (_, i) => `1号楼,${i},住宅,50.5,`).join('\n');
  const [a, b] = await Promise.all([1, 2].map(() => send(w, 'units', UNITS + rows, {}, 'double')));
  expect(a).toEqual(b);
  expect(a?.body).toMatchObject({ accepted: 20 });
  expect(await unitsOf(w)).toHaveLength(20);
});

test('sites and then their staff are imported; several rows of one sign-in are one person with several positions', async () => {
  const w = world();
  const sites =
    '编号,项目名称,时区,部门\nlakeside,湖滨花园,Asia/Shanghai,engineering:工程部；保洁部\nhill,山居,Mars/Base,\n';
  const bad = await send(w, 'sites', sites, { dryRun: true });
  expect(faults(bad)).toEqual([[3, 'timeZone', 'import.zone']]);
  expect((await send(w, 'sites', sites, { skipBad: true })).body).toMatchObject({ accepted: 1 });
  expect((await w.admin('GET /sites/lakeside')).departments).toEqual([
    { id: 'engineering', name: '工程部' },
    { id: '保洁部', name: '保洁部' },
  ]);
  expect((await send(w, 'sites', sites, { skipBad: true })).body).toMatchObject({ accepted: 0, unchanged: 1 });

  const staff = `姓名,邮箱,账号,岗位,项目,部门
员工甲,a@example.test,a,客服管理员,lakeside,
员工甲,a@example.test,a,责任部门主任,lakeside,engineering
员工乙,b@example.test,b,责任部门主任,lakeside,
员工丙,c@example.test,c,客服主管,nowhere,
员工丁,d@example.test,a,客服主管,lakeside,
员工戊,e@example.test,e,agent,lakeside,magic
`;
  const dry = await send(w, 'staff', staff, { dryRun: true });
  expect(faults(dry)).toEqual([
    [4, 'department', 'import.department-needed'],
    [5, 'site', 'import.unknown-site'],
    [6, 'name', 'import.differs'],
    [7, 'department', 'import.unknown-department'],
  ]);
  expect((await send(w, 'staff', staff, { skipBad: true })).body).toMatchObject({ accepted: 2 });
  const [person, ...others] = (await w.admin('GET /staff')).items;
  expect(others).toEqual([]);
  expect(person).toMatchObject({
    name: '员工甲',
    subject: 'a',
    grants: [{ role: 'agent' }, { role: 'department-head' }],
  });
  const again = await send(w, 'staff', staff, { dryRun: true });
  expect(again.body).toMatchObject({ accepted: 0, unchanged: 2, badTotal: 4 });
});

test('who may not keep the books may not import into them', async () => {
  const w = await withFlats();
  await w.hire('ann', { site: 'lakeside', role: 'agent' });
  await w.hire('dir', { site: 'lakeside', role: 'site-director' });
  const file = `${UNITS}1号楼,103,,70,\n`;
  const body = { kind: 'units', content: Buffer.from(file).toString('base64'), dryRun: true };
  expect((await w.call('ann', 'POST /sites/lakeside/imports', body)).status).toBe(403);
  expect((await w.call('dir', 'POST /sites/lakeside/imports', body)).status).toBe(200);
  expect((await w.call('dir', 'POST /sites/hill/imports', body)).status).toBe(403);
  expect((await w.call('dir', 'POST /imports', { ...body, kind: 'staff' })).status).toBe(403);
  expect((await w.call('dir', 'POST /sites/lakeside/imports', { ...body, content: '!' })).status).toBe(400);
});

test('one person tries so many files an hour, also under one key', async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { importsPerHour: 2 } });
  w.now += 61_000;
  const tries = async (n: number) =>
    (await send(w, 'units', `${UNITS}1号楼,${n},住宅,50.5,`, { dryRun: true }, 'same')).status;
  for (const [n, status] of [
    [101, 200],
    [102, 200],
    [103, 429],
  ] as const)
    expect(await tries(n)).toBe(status);
});

test('one person imports so many files an hour; one that is sent again under its key counts once', async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { importsPerHour: 2 } });
  w.now += 61_000;
  const rooms = (n: number) => `${UNITS}1号楼,${n},住宅,50.5,`;
  for (let i = 0; i < 4; i++) expect((await send(w, 'units', rooms(101), {}, 'same')).status).toBe(200);
  expect((await send(w, 'units', rooms(102), { dryRun: true })).status).toBe(200);
  const refused = await send(w, 'units', rooms(103));
  expect([refused.status, refused.body.code]).toEqual([429, 'limit.imports']);
  expect((await send(w, 'units', rooms(101), {}, 'same')).status).toBe(200);
  expect(await unitsOf(w)).toHaveLength(1);
  w.now += 3_600_000;
  expect((await send(w, 'units', rooms(103))).status).toBe(200);
});
