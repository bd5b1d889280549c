import { expect, test } from 'vitest';
import { faults, fixture, send, withFlats } from './imports/testing.ts';
import { world } from './testing.ts';

const SPELLINGS = ['13800000003', '+86 138 0000 0003', '8613800000003', '0086-13800000003', '（+86）138-0000-0003'];

const atLakeside = async () => {
  const w = world();
  await w.lakeside();
  const enter = (value: string, name = '测试丙') =>
    w.call('the-admin', 'POST /sites/lakeside/parties', { name, contacts: [{ way: 'phone', value }] });
  return { ...w, enter };
};

test('one number is one person’s, however it is written', async () => {
  const w = await atLakeside();
  const [first = '', ...others] = SPELLINGS;
  const { id } = (await w.enter(first)).body;
  for (const other of others) {
    expect(await w.enter(other)).toMatchObject({
      status: 422,
      body: { code: 'party.already-there', details: { party: id } },
    });
  }
  const changed = await w.call('the-admin', `POST /sites/lakeside/parties/${id}/contacts`, {
    way: 'phone',
    value: '010-6123 4567转801',
    replaces: SPELLINGS[2],
  });
  expect(changed.body.contacts).toEqual([
    { way: 'phone', value: '010 6123 4567转801', e164: '+861061234567', extension: '801', purposes: ['service'] },
  ]);
  expect((await w.enter('+86 10 61234567')).status).toBe(201);
});

test('a number is kept as E.164 and shown as people write it, and what is shown can be sent back', async () => {
  const w = await atLakeside();
  const { body } = await w.enter('0086 13800000003');
  expect(body.contacts).toMatchObject([{ value: '138 0000 0003', e164: '+8613800000003' }]);
  const state = (await w.registry.parties.head('lakeside', body.id)).state;
  const kept = state?.contacts.map(({ value }) => value) ?? [];
  expect([...(await w.deps.personal.both('lakeside', kept)).values()]).toEqual([
    { value: '+8613800000003', shown: '138 0000 0003' },
  ]);
  const contacts = [{ way: 'phone', value: body.contacts[0].value }];
  const again = await w.admin(`PUT /sites/lakeside/parties/${body.id}`, { name: '测试丙', contacts });
  expect(again.version).toBe(body.version);
});

test('a number is read where the site is', async () => {
  const w = await atLakeside();
  await w.admin('POST /sites', { id: 'westgate', name: 'Westgate', timeZone: 'America/New_York', departments: [] });
  const contacts = [{ way: 'phone', value: '(212) 555-0100' }];
  const entered = await w.admin('POST /sites/westgate/parties', { name: 'Somebody', contacts });
  expect(entered.contacts).toMatchObject([{ value: '(212) 555-0100', e164: '+12125550100' }]);
  const bare = (value: string) => ({ name: '测试丙', contacts: [{ way: 'phone', value }] });
  const there = await w.call('the-admin', 'POST /sites/westgate/parties', bare('13800000003'));
  expect(there).toMatchObject({ status: 400, body: { errors: [{ field: 'body.contacts.0.value' }] } });
  const shown = await w.admin('POST /sites/westgate/parties', bare('+86 13800000003'));
  expect(shown.contacts).toMatchObject([{ value: '+86 138 0000 0003', e164: '+8613800000003' }]);
});

test.each(['13800000001.0', '138000000010', '13800000001/13900000002', '88888888', '12345', '138****0001', '无'])(
  'what is no number is refused by its field: %s',
  async (value) => {
    const w = await atLakeside();
    expect(await w.enter(value)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'body.contacts.0.value' }] },
    });
  },
);

test('no contact way twice, in two spellings either', async () => {
  const w = await atLakeside();
  const contacts = SPELLINGS.slice(0, 2).map((value) => ({ way: 'phone', value }));
  const twice = await w.call('the-admin', 'POST /sites/lakeside/parties', { name: '测试丙', contacts });
  expect(twice).toMatchObject({ status: 400, body: { errors: [{ field: 'body.contacts.1.value' }] } });
});

test('who is known by one of several contact ways is known by each', async () => {
  const w = await atLakeside();
  const mail = { way: 'email', value: 'bing@example.test' };
  const contacts = [{ way: 'phone', value: SPELLINGS[0] }, mail];
  const { id } = await w.admin('POST /sites/lakeside/parties', { name: '测试丙', contacts });
  const known = { status: 422, body: { code: 'party.already-there', details: { party: id } } };
  expect(await w.enter(SPELLINGS[1] as string)).toMatchObject(known);
  const same = { name: '测试丙', contacts: [mail] };
  expect(await w.call('the-admin', 'POST /sites/lakeside/parties', same)).toMatchObject(known);
  await w.admin(`PUT /sites/lakeside/parties/${id}`, same);
  expect((await w.enter(SPELLINGS[1] as string)).status).toBe(201);
});

test('a sheet’s four spellings are one person, and a float is no number', async () => {
  const w = await withFlats();
  await w.admin('POST /sites/lakeside/units', { building: '1', number: '0101', area: 80 });
  const file = fixture('parties-phones.csv');
  expect(faults(await send(w, 'parties', file, { dryRun: true }))).toEqual([
    [2, 'phone', 'import.phone'],
    [4, 'row', 'import.duplicate'],
    [5, 'row', 'import.duplicate'],
    [6, 'row', 'import.duplicate'],
  ]);
  await send(w, 'parties', file, { skipBad: true });
  const { items } = await w.admin('GET /sites/lakeside/parties');
  expect(items).toMatchObject([{ name: '测试丙', contacts: [{ value: '138 0000 0003', e164: '+8613800000003' }] }]);
  for (const spelling of SPELLINGS) {
    const row = `楼栋,房号,姓名,电话\n1,0101,测试丙,${spelling}\n`;
    expect((await send(w, 'parties', row)).body, spelling).toMatchObject({ accepted: 0, unchanged: 1 });
  }
});

test('a sheet that knows one person by two numbers of two people is told so, row by row', async () => {
  const w = await withFlats();
  const sheet = '楼栋,房号,姓名,电话,邮箱\n';
  await send(w, 'parties', `${sheet}1号楼,101,测试丙,13800000003,\n1号楼,102,测试丙,,bing@example.test\n`);
  const both = await send(w, 'parties', `${sheet}1号楼,101,测试丙,13800000003,bing@example.test\n`, { dryRun: true });
  expect(faults(both)).toEqual([[2, 'phone', 'import.exists-as-several']]);
  const within = await send(
    w,
    'parties',
    `${sheet}1号楼,101,测试丁,13800000004,ding@example.test\n1号楼,102,测试丁,,ding@example.test\n`,
    { dryRun: true },
  );
  expect(within.body).toMatchObject({ accepted: 2, badTotal: 0 });
});
