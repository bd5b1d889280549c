import { beforeAll, beforeEach, expect, test } from 'vitest';
import { http } from '../../shared/lambda/http.ts';
import type { Grant } from '../../shared/people/access.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { NINE, names, policies, rung, startWorld, type World, world } from './testing.ts';

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
  const answer = await http(routes, { inbox: w.inbox, policies, names, access, clock: () => NINE + 9 * HOUR })({
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
    title: '[湖滨] Overdue: call the owner back (cbk_1)',
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
