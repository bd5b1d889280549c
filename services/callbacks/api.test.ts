import { expect, test } from 'vitest';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../shared/testing/site.ts';
import { routes } from './api.ts';
import { onComplaintResolved } from './on-complaint-resolved.ts';
import { callbacksIn, callbacksTable } from './store.ts';

const TEN = Date.UTC(2026, 4, 1, 2); // 10:00 in Shanghai

test('the number that was called is a number, kept as E.164 and shown as people write it', async () => {
  const site = await siteInMemory(callbacksTable, { li: { role: 'agent' } }, TEN);
  const deps = { ...site.deps, callbacks: callbacksIn(site.tables) };
  const call = apiCaller(routes, deps);
  const data = {
    ordinal: 1,
    result: { ref: 'text_1', hash: 'h' },
    department: 'engineering',
    anonymous: false,
    concealed: false,
    callable: true,
    notBy: [],
    policy: 0,
  };
  const resolved = { id: 'cmp_1.5', site: SITE, aggregate: 'cmp_1', version: 5, at: TEN, by: 'chen', data } as const;
  await onComplaintResolved.handle({ ...resolved, name: 'complaint.resolved' }, deps);
  const [{ id }] = (await call('li', `GET /sites/${SITE}/callbacks`)).body.items;
  const attempt = (number: string) =>
    call('li', `POST /sites/${SITE}/callbacks/${id}/attempts`, { outcome: 'no-answer', number });
  for (const number of ['13800000003.0', '8888 8888', 'the usual one']) {
    expect(await attempt(number), number).toMatchObject({ status: 400, body: { errors: [{ field: 'body.number' }] } });
  }
  expect((await attempt('0086-13800000003')).status).toBe(200);
  const { history } = (await call('li', `GET /sites/${SITE}/callbacks/${id}`)).body;
  expect(history.at(-1)).toMatchObject({ event: 'callback.attempted', data: { number: '138 0000 0003' } });
  const kept = (await deps.callbacks.history(SITE, id)).at(-1)?.data as { number: { ref: string; hash: string } };
  const texts = await deps.personal.both(SITE, [kept.number]);
  expect(texts.get(kept.number.ref)).toEqual({ value: '+8613800000003', shown: '138 0000 0003' });
});
