import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { http } from '../../shared/lambda/http.ts';
import type { Grant } from '../../shared/people/access.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import type { Noticed } from './notifications.ts';
import { holder, NINE, names, policies, rung, startWorld, type World, world } from './testing.ts';

let w: World;
let grants: Grant[];
beforeAll(startWorld);
beforeEach(async () => {
  w = await world();
  grants = [{ site: 'sit_lake', role: 'supervisor' }];
  for (const n of [1, 2, 3]) await w.hear(rung('missed', n, 'supervisor'));
});

const call = async (
  routeKey: string,
  parts: { query?: Record<string, string>; notice?: string; staff?: string } = {},
) => {
  const access = {
    person: async () => ({ staff: parts.staff ?? 'stf_sue', active: true, language: 'en' as const, grants }),
  };
  const answer = await http(routes, {
    inbox: w.inbox,
    waits: w.waits,
    policies,
    names,
    access,
    clock: () => NINE + 9 * HOUR,
  })({
    routeKey,
    headers: { 'idempotency-key': 'k1' },
    pathParameters: { notice: parts.notice },
    queryStringParameters: parts.query ?? {},
    requestContext: { authorizer: { jwt: { claims: { sub: 'sub' } } } },
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

test('my inbox says, newest first and in my language, what is owed, of which case, and when it was due', async () => {
  const { status, body } = await call('GET /inbox', { query: { limit: '2' } });
  expect(status).toBe(200);
  expect(body.items.map(({ at }: { at: string }) => at)).toEqual([
    '2026-05-01T04:00:00.000Z',
    '2026-05-01T03:00:00.000Z',
  ]);
  expect(body.items[0]).toMatchObject({
    title: '[湖滨] Overdue: call the owner back (HF0501-001 8幢101室)',
    owed: 'call the owner back',
    due: '2026-05-01T01:00:00.000Z',
    mail: 'due',
  });
  const rest = await call('GET /inbox', { query: { limit: '2', after: body.next } });
  expect(rest.body.items).toHaveLength(1);
  expect(rest.body.next).toBeUndefined();
});

test('what I have read stays read since the first time, and leaves the unread', async () => {
  const [notice] = (await w.list('stf_sue')).map(({ id }) => id);
  const read = () => call('POST /inbox/{notice}/read', { notice: notice as string });
  expect(await read()).toMatchObject({ status: 200, body: { id: notice, readAt: '2026-05-01T10:00:00.000Z' } });
  expect(await read()).toEqual(await read());
  const { body } = await call('GET /inbox', { query: { unread: 'true' } });
  expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(notice);
  expect(body.items).toHaveLength(2);
});

test('nobody reads another person’s notice, nor one of a site they have left', async () => {
  const [notice = ''] = (await w.list('stf_sue')).map(({ id }) => id);
  expect((await call('POST /inbox/{notice}/read', { notice, staff: 'stf_max' })).status).toBe(404);
  grants = [{ site: 'sit_hill', role: 'supervisor' }];
  expect((await call('POST /inbox/{notice}/read', { notice })).status).toBe(404);
  expect((await call('GET /inbox')).body.items).toEqual([]);
  grants = [];
  expect((await call('GET /inbox')).status).toBe(403);
});

test('a cursor or an id that is none is refused, by field', async () => {
  const { status, body } = await call('GET /inbox', { query: { after: '' } });
  expect([status, body.errors[0].field]).toEqual([400, 'query.after']);
  expect((await call('POST /inbox/{notice}/read', { notice: 'cmp_1' })).status).toBe(400);
});

const asks = (name: string, aggregate: string, version: number, data: object, by = 'stf_ann', site = 'sit_lake') =>
  ({
    ...rung('x', version, ''),
    id: `${aggregate}.${version}`,
    name,
    site,
    aggregate,
    version,
    by,
    data,
  }) as unknown as Noticed;
const owes = (duty: string, role: string) => [
  { duty, position: { role }, since: NINE, due: NINE + HOUR, rungs: [], taken: 0 },
];
const waiting = async (staff: string, query: Record<string, string> = {}) => {
  const found: { about: string; of?: string; by: string; owed: string }[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const { body } = await call('GET /inbox/waiting', { staff, query: { ...query, ...(after ? { after } : {}) } });
    found.push(...body.items);
    [after, more] = [body.next, body.next !== undefined];
  }
  return found;
};

test('what waits for a second person stands in one list, of whoever may decide and didn’t ask, until it is decided', async () => {
  grants = [{ site: 'sit_lake', role: 'centre-manager' }];
  const hold = { hold: 'hld_1', opens: owes('hold', 'supervisor') };
  await w.hear(asks('account.hold-asked', 'acc_1', 2, hold));
  await w.hear(
    asks('account.refund-asked', 'acc_1', 3, { refund: 'pay_1', opens: owes('refund', 'centre-manager') }, 'stf_sue'),
  );
  await w.hear(
    asks('account.refund-asked', 'acc_1', 4, { refund: 'pay_2', opens: owes('refund', 'centre-manager') }, 'stf_max'),
  );
  await w.hear(asks('erasure.asked', 'ers_1', 1, { opens: owes('erase', 'centre-manager') }));
  expect((await waiting('stf_max')).map(({ about, of, by }) => [about, of, by])).toEqual([
    ['acc_1', 'hld_1', 'stf_ann'],
    ['acc_1', 'pay_1', 'Sue'],
    ['ers_1', undefined, 'stf_ann'],
  ]);
  expect(await waiting('stf_max', { limit: '1' })).toHaveLength(3);
  expect((await waiting('stf_sue')).map(({ of }) => of)).toEqual(['hld_1', 'pay_2', undefined]);
  expect(await waiting('stf_max', { site: 'sit_other' })).toEqual([]);
  grants = [{ site: 'sit_lake', role: 'supervisor' }];
  expect((await waiting('stf_xu')).map(({ of }) => of)).toEqual(['hld_1']);
  // Decided; and whichever of the two is heard first.
  await w.hear(asks('account.hold-refused', 'acc_1', 5, { hold: 'hld_1' }, 'stf_max'));
  await w.hear(asks('account.hold-asked', 'acc_1', 2, hold));
  expect(await waiting('stf_xu')).toEqual([]);
});

test('what waits at any site stands in the list of whoever has a position for the whole group, once', async () => {
  w.roster['sit_hill supervisor'] = [holder('hil')];
  await w.hear(asks('complaint.doubted', 'cmp_1', 2, { opens: owes('second-look', 'supervisor') }));
  await w.hear(
    asks('complaint.doubted', 'cmp_2', 2, { opens: owes('second-look', 'supervisor') }, 'stf_ben', 'sit_hill'),
  );
  grants = [{ site: '*', role: 'quality-manager' }];
  expect((await waiting('stf_qua')).map(({ about }) => about)).toEqual(['cmp_1', 'cmp_2']);
  expect((await waiting('stf_qua', { site: 'sit_hill' })).map(({ about }) => about)).toEqual(['cmp_2']);
  grants = [
    { site: 'sit_hill', role: 'centre-manager' },
    { site: '*', role: 'site-director' },
  ];
  for (const limit of ['1', '20']) {
    expect((await waiting('stf_all', { limit })).map(({ about }) => about).sort(), limit).toEqual(['cmp_1', 'cmp_2']);
  }
});

test('whom a complaint is about neither hears nor reads that it waits for a second look: another of the position does', async () => {
  const doubted = { opens: owes('second-look', 'supervisor'), accused: 'stf_sue' };
  await w.hear(asks('complaint.doubted', 'cmp_1', 2, doubted));
  grants = [{ site: 'sit_lake', role: 'supervisor' }];
  expect(await waiting('stf_sue')).toEqual([]);
  expect((await w.list('stf_sue')).filter(({ about }) => about === 'cmp_1')).toEqual([]);
  expect(await waiting('stf_sam')).toMatchObject([{ about: 'cmp_1' }]);
  const heard = await w.list('stf_max');
  expect(heard.filter(({ about }) => about === 'cmp_1')).toMatchObject([{ kind: 'second' }]);
});

test('a second look waits for the group’s manager only where it was lifted to them', async () => {
  w.roster['* group-manager'] = [holder('gm')];
  await w.hear(asks('complaint.doubted', 'cmp_1', 2, { opens: owes('second-look', 'supervisor') }));
  await w.hear(asks('complaint.doubted', 'cmp_2', 2, { opens: owes('second-look', 'group-manager') }));
  grants = [{ site: '*', role: 'group-manager' }];
  expect((await waiting('stf_gm')).map(({ about }) => about)).toEqual(['cmp_2']);
});

test('who asked for money is named, in the list and in the entry', async () => {
  await w.hear(
    asks('account.refund-asked', 'acc_1', 3, { refund: 'pay_1', opens: owes('refund', 'centre-manager') }, 'stf_sue'),
  );
  const { body } = await call('GET /inbox', { staff: 'stf_max' });
  expect(body.items).toMatchObject([{ about: 'acc_1', by: 'Sue' }]);
});

test('what ended is passed over a page at a time, however short the page that is asked for', async () => {
  grants = [{ site: 'sit_lake', role: 'centre-manager' }];
  const [place, last] = ['ers_', 30].map(String);
  for (let n = 1; n <= 30; n++) {
    await w.hear(
      asks('erasure.asked', `${place}${String(n).padStart(2, '0')}`, 1, { opens: owes('erase', 'centre-manager') }),
    );
    if (n < 30) await w.hear(asks('erasure.refused', `${place}${String(n).padStart(2, '0')}`, 2, {}, 'stf_max'));
  }
  const read = vi.spyOn(w.waits, 'page');
  expect((await waiting('stf_max', { limit: '1' })).map(({ about }) => about)).toEqual([`${place}${last}`]);
  expect(read.mock.calls.length).toBeLessThan(4);
});

test('a sign-in waits for the administrators of those positions, an erasure for the group’s too, each once', async () => {
  const at = (...sites: string[]) => sites.map((site) => ({ site, role: 'administrator' as const }));
  const data = { subject: 'x', grants: [{ site: 'sit_lake', role: 'agent' }], reason: { ref: 't', hash: 'h' } };
  w.roster['* administrator'] = [holder('adm')];
  await w.hear(asks('staff.sign-in-asked', 'stf_ben', 2, data, 'stf_dir', '*'));
  await w.hear(asks('erasure.asked', 'ers_1', 1, { opens: owes('erase', 'centre-manager') }));
  for (const sites of [['*'], ['sit_lake'], ['sit_lake', '*']]) {
    grants = at(...sites);
    expect((await waiting('stf_adm')).map(({ about }) => about).sort(), sites.join()).toEqual(['ers_1', 'stf_ben']);
  }
  expect((await waiting('stf_ben')).map(({ about }) => about)).toEqual(['ers_1']);
  grants = at('sit_other');
  expect(await waiting('stf_adm')).toEqual([]);
  grants = at('*');
  await w.hear(asks('staff.sign-in-refused', 'stf_ben', 3, { ...data, askedBy: 'stf_dir' }, 'stf_adm', '*'));
  expect((await waiting('stf_adm')).map(({ about }) => about)).toEqual(['ers_1']);
});
