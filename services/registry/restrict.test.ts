import { beforeEach, expect, test } from 'vitest';
import { world } from './testing.ts';

let w: ReturnType<typeof world>;
let party: string;
const P = () => `/sites/lakeside/parties/${party}`;
beforeEach(async () => {
  w = world();
  await w.lakeside();
  await w.hire('li', { site: 'lakeside', role: 'agent' });
  await w.hire('wang', { site: 'lakeside', role: 'centre-manager' });
  const contacts = [{ way: 'phone', value: '13900000001' }];
  party = (await w.admin('POST /sites/lakeside/parties', { name: '测试甲', contacts })).id;
});
const seenBy = async (who: string) => {
  const { body } = await w.call(who, `GET ${P()}`);
  return [body.name, ...body.contacts.map(({ value }: { value: string | null }) => value)];
};
const SHOWN = ['测试甲', '139 0000 0001'];

test('what a person asked to be restricted the desk does not see; whoever answers for it does, and what letters need is there', async () => {
  expect(await seenBy('li')).toEqual(SHOWN);
  const restricted = await w.call('wang', `POST ${P()}/restrict`, { reason: 'Not for marketing.' });
  expect(restricted).toMatchObject({ status: 200, body: { restricted: { reason: 'Not for marketing.' } } });
  expect(await seenBy('li')).toEqual([null, null]);
  expect(await seenBy('wang')).toEqual(SHOWN);
  const { state } = await w.registry.parties.head('lakeside', party);
  const refs = state ? [state.name] : [];
  expect((await w.deps.personal.read('lakeside', refs)).size).toBe(0);
  expect((await w.deps.personal.read('lakeside', refs, 'contract')).size).toBe(1);
  expect((await w.call('wang', `POST ${P()}/unrestrict`, { reason: 'They said so.' })).status).toBe(200);
  expect(await seenBy('li')).toEqual(SHOWN);
});

test('what is corrected meanwhile is restricted as well, and what stays keeps its item', async () => {
  await w.call('wang', `POST ${P()}/restrict`, { reason: 'Not for marketing.' });
  const contacts = [
    { way: 'phone', value: '13900000001' },
    { way: 'email', value: 'a@example.test' },
  ];
  await w.admin(`PUT ${P()}`, { name: '测试甲', contacts });
  expect(await seenBy('li')).toEqual([null, null, null]);
  expect(await seenBy('wang')).toEqual([...SHOWN, 'a@example.test']);
});

test('it is for those who answer for it, once', async () => {
  expect((await w.call('li', `POST ${P()}/restrict`, { reason: 'So.' })).status).toBe(403);
  expect(await w.call('wang', `POST ${P()}/unrestrict`, { reason: 'So.' })).toMatchObject({ status: 422 });
  await w.call('wang', `POST ${P()}/restrict`, { reason: 'So.' });
  expect((await w.call('wang', `POST ${P()}/restrict`, { reason: 'So.' })).body.code).toBe('party.restricted');
});
