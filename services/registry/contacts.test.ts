import { beforeEach, expect, test } from 'vitest';
import { payerOf } from '../../shared/directory/payer.ts';
import { execute } from '../../shared/journal/execute.ts';
import { forgetText } from '../../shared/people/personal.ts';
import { world } from './testing.ts';

const PHONE = { way: 'phone', value: '13900000001', purposes: ['service'], consent: true };
const OLD = { way: 'email', value: 'old@example.test', purposes: ['fees'] };

let w: ReturnType<typeof world>;
let party: string;
beforeEach(async () => {
  w = world();
  await w.lakeside();
  await w.hire('li', { site: 'lakeside', role: 'agent' });
  await w.hire('eng', { site: 'lakeside', role: 'department-head', department: 'engineering' });
  party = (await w.admin('POST /sites/lakeside/parties', { name: '测试甲', contacts: [PHONE, OLD] })).id;
});
const gives = (body: object, who = 'li', key?: string) =>
  w.call(who, `POST /sites/lakeside/parties/${party}/contacts`, body, key);
const nameOf = async (id: string) => (await w.registry.parties.head('lakeside', id)).state?.name as { ref: string };
const waysOf = ({ contacts }: { contacts: { value: string; purposes: string[] }[] }) =>
  contacts.map(({ value, purposes }) => `${value} ${purposes}`);

test('an agent puts a new address in the place of one that fails; everything else stays as it was', async () => {
  const body = { way: 'email', value: 'New@Example.test', replaces: 'old@example.test' };
  const first = await gives(body, 'li', 'once');
  expect(first).toMatchObject({ status: 200, body: { name: '测试甲' } });
  expect(waysOf(first.body)).toEqual(['139 0000 0001 service', 'new@example.test fees']);
  expect(first.body.contacts[0].consentedAt).toBeDefined();
  expect(await gives(body, 'li', 'once')).toEqual(first);
  const card = await payerOf({ doc: w.doc, registry: 'registry' }, 'lakeside', party);
  expect(card).toMatchObject({ emails: [{}], phones: [{}] });
  const journal = await w.registry.parties.history('lakeside', party);
  expect(journal.map(({ name }) => name)).toEqual(['party.registered', 'party.changed']);
  expect(journal[1]?.by).toMatch(/^stf_/);
  expect(JSON.stringify(journal)).not.toMatch(/测试|1390000|example/i);
});

test('one more is added, and one that is there already is only given for more', async () => {
  expect(waysOf((await gives({ way: 'phone', value: '139 0000 0002', purposes: ['fees'] })).body)).toEqual([
    '139 0000 0001 service',
    'old@example.test fees',
    '139 0000 0002 fees',
  ]);
  const again = (await gives({ way: 'phone', value: '13900000001', purposes: ['service', 'fees'] })).body;
  expect(waysOf(again)[0]).toBe('139 0000 0001 service,fees');
  expect(again.contacts[0].consentedAt).toBeDefined();
});

test('what cannot be is refused, by field: nothing to replace, too many, another who is known so', async () => {
  const fault = async (body: object) => (await gives(body)).body.errors?.[0];
  // It would be seen as another address than it is.
  expect(await fault({ way: 'email', value: 'a\u202eb@example.test' })).toMatchObject({ field: 'body.value' });
  expect(await fault({ way: 'email', value: 'a@example.test', replaces: 'b@example.test' })).toMatchObject({
    field: 'body.replaces',
  });
  for (let n = 2; n < 10; n++) await gives({ way: 'phone', value: `1390000010${n}` });
  expect(await fault({ way: 'phone', value: '13900000199' })).toMatchObject({ field: 'body' });
  await w.admin('POST /sites/lakeside/parties', {
    name: '测试甲',
    contacts: [{ way: 'email', value: 'a@example.test' }],
  });
  const taken = await gives({ way: 'email', value: 'a@example.test', replaces: 'old@example.test' });
  expect(taken).toMatchObject({ status: 422, body: { code: 'party.already-there' } });
});

test('an agent corrects nothing else, and a department nothing at all', async () => {
  expect((await w.call('li', `PUT /sites/lakeside/parties/${party}`, { name: '测试乙', contacts: [] })).status).toBe(
    403,
  );
  expect((await gives({ way: 'phone', value: '13900000002' }, 'eng')).status).toBe(403);
});

test('of a party that is gone it says why, as every other command does', async () => {
  const body = { way: 'phone', value: '13900000002' };
  await execute(w.registry.parties, {
    site: 'lakeside',
    id: party,
    now: w.now,
    by: 'system:rights',
    decide: () => ({ events: [{ name: 'party.erased' as const, data: {} }] }),
  });
  await forgetText({ doc: w.doc, personal: 'personal' })('lakeside', (await nameOf(party)).ref);
  expect((await gives(body)).body.code).toBe('party.erased');
  const other = (await w.admin('POST /sites/lakeside/parties', { name: '测试乙', contacts: [] })).id;
  await w.admin(`POST /sites/lakeside/parties/${other}/withdraw`, { reason: 'twice' });
  const answer = await w.call('li', `POST /sites/lakeside/parties/${other}/contacts`, body);
  expect(answer.body.code).toBe('party.withdrawn');
});
