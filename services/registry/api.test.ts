import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { holders } from '../../shared/people/access.ts';
import { ADMIN, NOON, world } from './testing.ts';

test('whoever the deployment names sets the group up, and is told who they are', async () => {
  const w = world();
  expect((await w.call('somebody', 'GET /me')).status).toBe(403);
  expect((await w.call(ADMIN, 'GET /me')).body).toMatchObject({ staff: 'system:admin', name: null });
  await w.admin('PUT /group', { name: '回音物业' });
  expect(await w.admin('GET /group')).toMatchObject({ name: '回音物业', policyVersion: 0 });
});

test('somebody is told where they hold positions and what time it is there, and says in which language they are spoken to', async () => {
  const w = world();
  await w.lakeside();
  await w.hire('ann', { site: 'lakeside', role: 'agent' });
  const me = async () => (await w.call('ann', 'GET /me')).body;
  expect(await me()).toMatchObject({
    language: 'zh-CN',
    sites: [{ site: 'lakeside', name: '湖滨花园', timeZone: 'Asia/Shanghai' }],
  });
  const changed = await w.call('ann', 'PUT /me', { language: 'en' }, 'once');
  expect(changed).toMatchObject({ status: 200, body: { language: 'en', name: '员工 ann' } });
  expect(await w.call('ann', 'PUT /me', { language: 'en' }, 'once')).toEqual(changed);
  w.now += 60_000;
  expect(await me()).toMatchObject({ language: 'en' });
  expect((await w.call('ann', 'PUT /me', { language: 'fr' })).status).toBe(400);
  expect((await w.call(ADMIN, 'PUT /me', { language: 'en' })).status).toBe(404);
});

test('a site is listed to those who have a position there, and to nobody else', async () => {
  const w = world();
  await w.lakeside();
  for (const id of ['hill', 'mill', 'river']) {
    await w.admin('POST /sites', { id, name: id, timeZone: 'America/New_York', departments: [] });
  }
  await w.hire('ann', { site: 'lakeside', role: 'agent' }, { site: 'river', role: 'agent' });
  const ids = (items: { site: string }[]) => items.map(({ site }) => site);
  expect(ids((await w.call('ann', 'GET /sites')).body.items)).toEqual(['lakeside', 'river']);
  expect((await w.call('ann', 'GET /sites/lakeside')).body.name).toBe('湖滨花园');
  expect((await w.call('ann', 'GET /sites/hill')).status).toBe(403);
  const first = await w.admin('GET /sites?limit=3');
  expect(ids(first.items)).toEqual(['hill', 'lakeside', 'mill']);
  expect(ids((await w.admin(`GET /sites?limit=3&after=${first.next}`)).items)).toEqual(['river']);
  const own = (await w.call('ann', 'GET /sites?limit=1')).body;
  expect((await w.call('ann', `GET /sites?limit=1&after=${own.next}`)).body).toMatchObject({
    items: [{ site: 'river' }],
  });
});

test('a site keeps its departments and its time zone, since cases name them', async () => {
  const w = world();
  await w.lakeside();
  const refused = await w.call(ADMIN, 'PUT /sites/lakeside', { name: '湖滨', departments: [] });
  expect(refused).toMatchObject({ status: 422, body: { code: 'site.department-kept' } });
  const departments = [
    { id: 'engineering', name: '工程维修部' },
    { id: 'cleaning', name: '清洁部' },
  ];
  expect(await w.admin('PUT /sites/lakeside', { name: '湖滨', departments })).toMatchObject({ departments });
  expect(await w.deps.policies.site('lakeside')).toMatchObject({ name: '湖滨', timeZone: 'Asia/Shanghai' });
  expect((await w.call(ADMIN, 'POST /sites', { id: 'x', name: 'x', timeZone: 'Mars/Base', departments })).status).toBe(
    400,
  );
  expect((await w.call(ADMIN, 'POST /sites', { id: 'sites', name: 'x', timeZone: 'UTC', departments })).status).toBe(
    400,
  );
  const again = await w.call(ADMIN, 'POST /sites', { id: 'lakeside', name: 'x', timeZone: 'UTC', departments: [] });
  expect(again).toMatchObject({ status: 422, body: { code: 'site.already-there' } });
});

test('no two units of a site have the same building and number, also after one is renamed', async () => {
  const w = world();
  await w.lakeside();
  const a = await w.admin('POST /sites/lakeside/units', { building: '1号楼', number: '101', area: 89.57 });
  expect(a).toMatchObject({ area: 89.57, kind: 'flat', state: 'occupied', parties: [] });
  const same = await w.call(ADMIN, 'POST /sites/lakeside/units', { building: '1号楼', number: '101', area: 70 });
  expect(same).toMatchObject({ status: 422, body: { code: 'unit.already-there', details: { unit: a.id } } });
  await w.admin(`PUT /sites/lakeside/units/${a.id}`, { building: '1号楼', number: '101A', area: 89.57 });
  const b = await w.admin('POST /sites/lakeside/units', { building: '1号楼', number: '101', area: 70 });
  const back = await w.call(ADMIN, `PUT /sites/lakeside/units/${a.id}`, { building: '1号楼', number: '101', area: 1 });
  expect(back.body.code).toBe('unit.already-there');
  const { items } = await w.admin('GET /sites/lakeside/units');
  expect(items.map((unit: { id: string; number: string }) => [unit.id, unit.number])).toEqual([
    [b.id, '101'],
    [a.id, '101A'],
  ]);
  expect(
    (await w.call(ADMIN, 'POST /sites/lakeside/units', { building: '1', number: '1', area: 1.2345678 })).status,
  ).toBe(400);
  expect((await w.call(ADMIN, 'POST /sites/lakeside/units', { building: '1', number: '1', area: 0 })).body.code).toBe(
    'unit.area-needed',
  );
});

test('a unit has several parties and at most one who pays; a party knows its units', async () => {
  const w = world();
  await w.lakeside();
  const unit = await w.admin('POST /sites/lakeside/units', { building: '1', number: '101', area: 89.57 });
  const contacts = [{ way: 'phone', value: '139 0000 0001', consent: true }];
  const owner = await w.admin('POST /sites/lakeside/parties', { name: '测试甲', contacts });
  const tenant = await w.admin('POST /sites/lakeside/parties', { name: '测试乙' });
  const path = `/sites/lakeside/units/${unit.id}/parties`;
  await w.admin(`POST ${path}`, { party: owner.id, relation: 'owner', payer: true });
  const held = await w.admin(`POST ${path}`, { party: tenant.id, relation: 'tenant', payer: true });
  expect(held.parties).toEqual([
    { party: owner.id, relation: 'owner', payer: false },
    { party: tenant.id, relation: 'tenant', payer: true, since: '2026-05-01' },
  ]);
  expect(held.payers).toEqual([{ party: owner.id }, { party: tenant.id, from: '2026-05-01' }]);
  const shown = await w.admin(`GET /sites/lakeside/parties/${owner.id}`);
  expect(shown).toMatchObject({
    name: '测试甲',
    contacts: [
      {
        way: 'phone',
        value: '139 0000 0001',
        e164: '+8613900000001',
        purposes: ['service'],
        consentedAt: new Date(NOON).toISOString(),
      },
    ],
    units: [{ unit: unit.id, relation: 'owner', payer: false }],
  });
  await w.admin(`POST ${path}/${owner.id}/end`);
  expect((await w.admin(`GET /sites/lakeside/parties/${owner.id}`)).units).toEqual([]);
  expect((await w.call(ADMIN, `POST ${path}`, { party: 'pty_nobody', relation: 'owner' })).status).toBe(404);
});

test('a sale is the new owner paying since the day of the deed; a day nobody can mean is refused', async () => {
  const w = world();
  await w.lakeside();
  const unit = await w.admin('POST /sites/lakeside/units', { building: '1', number: '101', area: 89.57 });
  const path = `/sites/lakeside/units/${unit.id}/parties`;
  const [seller, buyer] = [
    await w.admin('POST /sites/lakeside/parties', { name: '测试甲' }),
    await w.admin('POST /sites/lakeside/parties', { name: '测试乙' }),
  ];
  await w.admin(`POST ${path}`, { party: seller.id, relation: 'owner', payer: true });
  const deed = { party: buyer.id, relation: 'owner', payer: true, since: '2026-04-11' };
  await w.admin(`POST ${path}`, deed);
  const sold = await w.admin(`POST ${path}/${seller.id}/end`, { until: '2026-04-11' });
  expect(sold).toMatchObject({
    parties: [deed],
    payers: [{ party: seller.id }, { party: buyer.id, from: '2026-04-11' }],
  });
  expect((await w.admin(`GET /sites/lakeside/parties/${buyer.id}`)).units).toMatchObject([{ since: '2026-04-11' }]);
  for (const since of ['1989-12-31', '2027-05-03']) {
    const far = await w.call(ADMIN, `POST ${path}`, { ...deed, since });
    expect(far).toMatchObject({ status: 422, body: { code: 'unit.day-too-far' } });
  }
  expect((await w.call(ADMIN, `POST ${path}`, { ...deed, since: '2026-02-30' })).status).toBe(400);
  // In Shanghai it is the next day already.
  w.now = Date.UTC(2026, 4, 2, 20);
  const left = await w.admin(`POST ${path}/${buyer.id}/end`);
  expect(left.payers.at(-1)).toEqual({ from: '2026-05-03' });
});

test('a party is entered once, its consent keeps its time, and journals hold no text of theirs', async () => {
  const w = world();
  await w.lakeside();
  const contact = { way: 'phone', value: '13900000002', consent: true };
  const party = await w.admin('POST /sites/lakeside/parties', { name: '测试丙', contacts: [contact] });
  const twin = await w.call(ADMIN, 'POST /sites/lakeside/parties', { name: '测试丙', contacts: [contact] });
  expect(twin).toMatchObject({ status: 422, body: { code: 'party.already-there', details: { party: party.id } } });
  w.now += 1000;
  const mail = { way: 'email', value: 'C@Example.test' };
  const changed = await w.admin(`PUT /sites/lakeside/parties/${party.id}`, {
    name: '测试丁',
    contacts: [mail, contact],
  });
  expect(changed.contacts).toMatchObject([{ value: 'c@example.test' }, { consentedAt: new Date(NOON).toISOString() }]);
  // Under the old name and number somebody else may be entered now.
  await w.admin('POST /sites/lakeside/parties', { name: '测试丙', contacts: [contact] });
  const journals = JSON.stringify(await w.registry.parties.history('lakeside', party.id));
  expect(journals).not.toMatch(/测试|1390000|example/i);
});

test('departments see units, but not who lives there', async () => {
  const w = world();
  await w.lakeside();
  await w.hire('eng', { site: 'lakeside', role: 'department-head', department: 'engineering' });
  expect((await w.call('eng', 'GET /sites/lakeside/units')).status).toBe(200);
  expect((await w.call('eng', 'GET /sites/lakeside/parties')).status).toBe(403);
  expect((await w.call('eng', 'POST /sites/lakeside/units', {})).status).toBe(403);
});

test('the roster says who holds a position; somebody deactivated holds none and may do nothing at once', async () => {
  const w = world();
  await w.lakeside();
  const ann = await w.hire('ann', { site: 'lakeside', role: 'agent' }, { site: 'lakeside', role: 'supervisor' });
  const at = { doc: w.doc, registry: 'registry' };
  expect(await holders(at, 'lakeside', { role: 'agent' }, w.now)).toMatchObject([
    { staff: ann.id, language: 'zh-CN', email: 'ann@example.test' },
  ]);
  expect((await w.call('ann', 'GET /sites/lakeside/staff')).body.items).toMatchObject([
    { staff: ann.id, name: '员工 ann', role: 'agent' },
    { staff: ann.id, role: 'supervisor' },
  ]);
  await w.admin(`POST /staff/${ann.id}/deactivate`);
  expect((await w.call('ann', `POST /staff/${ann.id}/activate`)).status).toBe(403);
  expect(await holders(at, 'lakeside', { role: 'agent' }, w.now)).toEqual([]);
  expect((await w.admin('GET /staff')).items).toEqual([]);
  expect((await w.admin('GET /staff?state=inactive')).items).toMatchObject([{ id: ann.id, active: false }]);
  await w.admin(`POST /staff/${ann.id}/activate`);
  expect(await holders(at, 'lakeside', { role: 'supervisor' }, w.now)).toMatchObject([{ email: 'ann@example.test' }]);
});

test('a sign-in belongs to one person, whoever asks first', async () => {
  const w = world();
  const ann = await w.hire('ann');
  const ben = await w.hire('ben');
  const body = { name: '员工 ben', subject: 'ann', grants: [] };
  const taken = { status: 422, body: { code: 'staff.subject-taken', details: { staff: ann.id } } };
  expect(await w.call(ADMIN, 'POST /staff', body)).toMatchObject(taken);
  const asked = { subject: 'ann', reason: 'A new phone.' };
  expect(await w.call(ADMIN, `POST /staff/${ben.id}/sign-in`, asked)).toMatchObject(taken);
});

test('a director appoints at the own site and below the own position, and changes nobody who works elsewhere too', async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites', { id: 'hill', name: 'hill', timeZone: 'UTC', departments: [] });
  const dir = await w.hire('dir', { site: 'lakeside', role: 'site-director' });
  const both = await w.hire('both', { site: 'lakeside', role: 'agent' }, { site: 'hill', role: 'agent' });
  const appoint = (...grants: object[]) =>
    w.call('dir', 'POST /staff', { name: '新人', subject: `s${Math.random()}`, grants });
  expect((await appoint({ site: 'lakeside', role: 'agent' })).status).toBe(201);
  for (const grant of [
    { site: 'hill', role: 'agent' },
    { site: '*', role: 'agent' },
    { site: 'lakeside', role: 'site-director' },
    { site: 'lakeside', role: 'administrator' },
  ]) {
    expect((await appoint({ site: 'lakeside', role: 'agent' }, grant)).status, JSON.stringify(grant)).toBe(403);
  }
  expect((await appoint()).status).toBe(403);
  expect((await w.call('dir', `POST /staff/${both.id}/deactivate`)).status).toBe(403);
  expect((await w.call('dir', `GET /staff/${both.id}`)).status).toBe(404);
  expect((await w.call('dir', `POST /staff/${dir.id}/deactivate`)).status).toBe(403);
  expect((await w.call('dir', 'GET /staff')).status).toBe(403);
  expect((await w.call('dir', 'PUT /sites/lakeside', { name: 'x', departments: [] })).status).toBe(403);
  const unknown = await w.call(ADMIN, 'POST /staff', {
    name: 'x',
    subject: 'x',
    grants: [{ site: 'lakeside', role: 'department-head', department: 'magic' }],
  });
  expect(unknown).toMatchObject({ status: 400, body: { errors: [{ field: 'body.grants.0.department' }] } });
});

test('nobody changes their own grants or deactivates themselves', async () => {
  const w = world();
  const boss = await w.hire('boss', { site: '*', role: 'administrator' });
  const self = await w.call('boss', `POST /staff/${boss.id}/deactivate`);
  expect(self).toMatchObject({ status: 422, body: { code: 'staff.not-yourself' } });
  const more = { name: '员工 boss', email: 'boss@example.test', subject: 'boss' };
  const grants = [
    { site: '*', role: 'administrator' },
    { site: '*', role: 'group-manager' },
  ];
  expect((await w.call('boss', `PUT /staff/${boss.id}`, { ...more, grants })).body.code).toBe('staff.not-yourself');
  const renamed = { ...more, name: '另一名', grants: grants.slice(0, 1) };
  expect((await w.call('boss', `PUT /staff/${boss.id}`, renamed)).body.name).toBe('另一名');
});

test('the same key gives the same answer and makes one thing', async () => {
  const w = world();
  await w.lakeside();
  const body = { building: '1', number: '101', area: 50 };
  const post = () => w.call(ADMIN, 'POST /sites/lakeside/units', body, 'once');
  const first = await post();
  await w.admin(`PUT /sites/lakeside/units/${first.body.id}`, { ...body, area: 60 });
  expect(await post()).toEqual(first);
  const other = await w.call(ADMIN, 'POST /sites/lakeside/units', { ...body, area: 51 }, 'once');
  expect(other).toMatchObject({ status: 409, body: { code: 'request.key-reused' } });
});

test('as many grants as allowed are published and withdrawn in one transaction', async () => {
  const w = world();
  const sites = Array.from({ length: 31 }, (_, i) => `s${i}`);
  for (const id of sites) await w.admin('POST /sites', { id, name: id, timeZone: 'UTC', departments: [] });
  const grants = sites.map((site) => ({ site, role: 'agent' }));
  const busy = await w.hire('busy', ...grants.slice(0, 30));
  const swapped = sites.slice(1).map((site) => ({ site, role: 'supervisor' }));
  await w.admin(`PUT /staff/${busy.id}`, { name: 'busy', subject: 'busy', grants: swapped });
  const roster = async (site: string) =>
    (
      await w.doc.send(
        new QueryCommand({
          TableName: 'registry',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `roster#${site}` },
        }),
      )
    ).Items?.map(({ role }) => role);
  expect(await Promise.all(sites.map(roster))).toEqual([[], ...sites.slice(1).map(() => ['supervisor'])]);
  const tooMany = { name: 'x', subject: 'x', grants };
  expect((await w.call(ADMIN, 'POST /staff', tooMany)).status).toBe(400);
});
