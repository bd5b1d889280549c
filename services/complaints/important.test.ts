import { beforeEach, expect, test } from 'vitest';
import { execute } from '../../shared/journal/execute.ts';
import { http } from '../../shared/lambda/http.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { SITE, siteInMemory } from '../../shared/testing/site.ts';
import { DAY, endOfDay, SECOND } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { complaintsIn, complaintsTable } from './store.ts';
import { registration } from './testing.ts';

const NINE = Date.parse('2026-05-01T09:00+08:00');
const MOST = 2;
let w: Awaited<ReturnType<typeof siteInMemory>>;
let marks: (n: number, by?: string, key?: string) => Promise<{ status: number; retryAfter?: string; code?: string }>;

beforeEach(async () => {
  w = await siteInMemory(complaintsTable, { li: { role: 'agent' }, zhao: { role: 'supervisor' } }, NINE);
  await w.setPolicy({ importantPerDay: MOST }, 0);
  const complaints = complaintsIn(w.tables);
  const context = await contextAt(w.deps.policies, SITE, NINE);
  for (let n = 1; n <= 9; n++) {
    await execute(complaints, {
      site: SITE,
      id: `cmp_${n}`,
      now: NINE,
      by: 'li',
      idempotencyKey: { scope: `begin-${n}`, body: '' },
      decide: () => ({ events: [registration(NINE, context)] }),
    });
  }
  const api = http(routes, { ...w.deps, complaints });
  marks = async (n, by = 'li', key = `${by}-${n}-${w.now}`) => {
    const { statusCode, headers, body } = await api({
      routeKey: 'POST /sites/{site}/complaints/{complaint}/important',
      headers: { 'idempotency-key': key, 'accept-language': 'zh-CN' },
      pathParameters: { site: SITE, complaint: `cmp_${n}` },
      body: JSON.stringify({ reason: '电梯困人' }),
      requestContext: { authorizer: { jwt: { claims: { sub: by } } } },
    });
    const { code } = JSON.parse(body);
    return {
      status: statusCode,
      ...(code ? { code } : {}),
      ...(headers['retry-after'] ? { retryAfter: headers['retry-after'] } : {}),
    };
  };
});

test('one person marks so many complaints important a day; then it says when they may again, and others still may', async () => {
  for (let n = 1; n <= MOST; n++) expect((await marks(n)).status).toBe(200);
  const retryAfter = String((endOfDay(NINE, 'Asia/Shanghai') - NINE) / SECOND);
  expect(await marks(3)).toEqual({ status: 429, code: 'limit.important', retryAfter });
  expect((await marks(3, 'zhao')).status).toBe(200);
  w.now += DAY;
  expect((await marks(4)).status).toBe(200);
});

test('a mark that is sent again, or of what is marked already, counts once', async () => {
  for (let i = 0; i < 4; i++) expect((await marks(1, 'li', 'same')).status).toBe(200);
  for (let i = 0; i < 4; i++) expect((await marks(1, 'li', `other-${i}`)).status).toBe(200);
  expect((await marks(2)).status).toBe(200);
  expect((await marks(1, 'li', 'same')).status).toBe(200);
  expect((await marks(3)).status).toBe(429);
});

test('marks sent at the same moment are no more than the limit', async () => {
  const all = await Promise.all([1, 2, 3, 4, 5].map((n) => marks(n)));
  expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(MOST);
});
