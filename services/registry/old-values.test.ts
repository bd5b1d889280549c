import { beforeEach, expect, test } from 'vitest';
import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import type { PartyEvent } from './party.ts';
import { world } from './testing.ts';

/** A changed name, number or address: what it was is kept nowhere (PIPL art. 46, 47). */
const PHONE = { way: 'phone', value: '13900000001', purposes: ['service'], consent: true };
const MAIL = { way: 'email', value: 'old@example.test', purposes: ['fees'] };

let w: ReturnType<typeof world>;
let party: string;
beforeEach(async () => {
  w = world();
  await w.lakeside();
  party = await enter('测试甲', [PHONE, MAIL]);
});
const enter = async (name: string, contacts: object[]): Promise<string> =>
  (await w.admin('POST /sites/lakeside/parties', { name, contacts })).id;

const refsIn = (value: unknown): PersonalRef[] => {
  if (typeof value !== 'object' || value === null) return [];
  return 'ref' in value && 'hash' in value ? [value as PersonalRef] : Object.values(value).flatMap(refsIn);
};
/** Every text that a journal ever referred to and that is kept. */
const keptOf = async (id: string): Promise<string[]> => {
  const events = (await w.registry.parties.whole('lakeside', id)) as Recorded<PartyEvent>[];
  // An address that is told it is the party's no more has a copy until it was.
  const refs = refsIn(events.map(({ data }) => ({ ...data, left: undefined })));
  return [...(await w.deps.personal.both('lakeside', refs)).values()].map(({ value }) => value).sort();
};
const put = (body: object) => w.admin(`PUT /sites/lakeside/parties/${party}`, body);

test('a corrected name, number and address take the place of what was there; what stays keeps its item', async () => {
  const corrected = [{ ...PHONE, value: '13900000002' }, MAIL];
  const view = await put({ name: '测试乙', contacts: corrected });
  expect(view).toMatchObject({ name: '测试乙', contacts: [{ value: '139 0000 0002' }, { value: 'old@example.test' }] });
  expect(await keptOf(party)).toEqual(['+8613900000002', 'old@example.test', '测试乙'].sort());
  await put({ name: '测试乙', contacts: corrected });
  expect((await w.registry.parties.whole('lakeside', party)).length).toBe(2);
});

test('what the desk replaces, and a way that is taken away, is gone as well', async () => {
  const given = { way: 'email', value: 'new@example.test', replaces: 'old@example.test' };
  await w.admin(`POST /sites/lakeside/parties/${party}/contacts`, given);
  expect(await keptOf(party)).toEqual(['+8613900000001', 'new@example.test', '测试甲'].sort());
  await put({ name: '测试甲', contacts: [] });
  expect(await keptOf(party)).toEqual(['测试甲']);
});

test('what somebody has who was merged into it stays theirs', async () => {
  const other = await enter('测试甲', [{ way: 'phone', value: '13900000009' }]);
  await w.admin(`POST /sites/lakeside/parties/${other}/merge`, { into: party });
  await put({ name: '测试甲', contacts: [MAIL] });
  expect(await keptOf(party)).toEqual(['+8613900000009', 'old@example.test', '测试甲'].sort());
  const apart = await w.admin(`POST /sites/lakeside/parties/${other}/unmerge`, { reason: 'Two people.' });
  expect(apart.contacts).toMatchObject([{ value: '139 0000 0009' }]);
});

test('what stood on a letter that is evidence is kept for that, until a day, and no longer', async () => {
  const { state } = await w.registry.parties.head('lakeside', party);
  const ref = state?.contacts[1]?.value.ref as string;
  const ends = 1_800_000_000;
  await w.evidence('lakeside', ref, ends);
  await put({ name: '测试甲', contacts: [PHONE] });
  expect(await w.item('lakeside', ref)).toMatchObject({ value: 'old@example.test', evidence: ends, expires: ends });
});

test('a member of staff put as they are is unchanged: nothing is told, and each text keeps its item', async () => {
  const { id, ...hired } = await w.admin('POST /staff', {
    name: '李',
    email: 'li@example.test',
    subject: 'li',
    grants: [{ site: 'lakeside', role: 'agent' }],
  });
  const { name, email, subject, grants } = hired;
  const before = (await w.registry.staff.head('*', id)).state;
  await w.admin(`PUT /staff/${id}`, { name, email, subject, grants });
  expect(await w.registry.staff.whole('*', id)).toHaveLength(1);
  await w.admin(`PUT /staff/${id}`, { name: '李新', email, subject, grants });
  expect((await w.registry.staff.head('*', id)).state).toMatchObject({ email: before?.email });
});

test("a member of staff's old name and address are gone, by hand; an import still knows who is there", async () => {
  await w.hire('li', { site: 'lakeside', role: 'agent' });
  const { items } = await w.admin('GET /staff');
  const { id, grants } = items[0];
  await w.admin(`PUT /staff/${id}`, { name: '李新', email: 'li-new@example.test', subject: 'li', grants });
  const refs = refsIn((await w.registry.staff.whole('*', id)).map(({ data }) => data));
  const kept = [...(await w.deps.personal.both('*', refs)).values()].map(({ value }) => value).sort();
  expect(kept).toEqual(['li-new@example.test', '李新'].sort());
  const sheet = (name: string) =>
    w.admin('POST /imports', {
      kind: 'staff',
      dryRun: true,
      content: Buffer.from(`姓名,邮箱,账号,岗位,项目\n${name},li-new@example.test,li,agent,lakeside\n`).toString(
        'base64',
      ),
    });
  expect(await sheet('李新')).toMatchObject({ unchanged: 1, bad: [] });
  expect((await sheet('李旧')).bad).toMatchObject([{ field: 'name', rule: 'import.exists-otherwise' }]);
});
