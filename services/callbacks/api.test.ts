import { expect, test } from 'vitest';
import { accessKey } from '../../shared/people/access.ts';
import type { Position } from '../../shared/people/positions.ts';
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

test('opinions about whoever alone holds all positions below are answered and signed by the group’s manager, no others', async () => {
  const site = await siteInMemory(callbacksTable, { li: { role: 'agent' } }, TEN);
  const deps = { ...site.deps, callbacks: callbacksIn(site.tables) };
  const call = apiCaller(routes, deps);
  const grants = [{ site: '*', role: 'group-manager' }];
  await site.publish({ ...accessKey('he'), staff: 'he', active: true, language: 'en', grants });
  const HEAD: Position = { role: 'department-head', department: 'engineering' };
  const BELOW: Position[] = [HEAD, { role: 'supervisor' }, { role: 'centre-manager' }, { role: 'site-director' }];
  /** What comes of it where they answer an opinion, and sign it. */
  const does = async (aggregate: string, alone: Position[]) => {
    const data = {
      ...{
        ordinal: 1,
        result: { ref: 'text_1', hash: 'h' },
        department: 'engineering',
        accused: 'xu',
        alone,
        notBy: ['xu'],
      },
      ...{ anonymous: false, concealed: true, callable: true, policy: 0 },
    };
    const resolved = { id: `${aggregate}.5`, site: SITE, aggregate, version: 5, at: TEN, by: 'he', data } as const;
    await onComplaintResolved.handle({ ...resolved, name: 'complaint.resolved' }, deps);
    const { items } = (await call('li', `GET /sites/${SITE}/callbacks`)).body;
    const path = `/sites/${SITE}/callbacks/${items.find((one: { complaint: string }) => one.complaint === aggregate).id}`;
    await call('li', `POST ${path}/attempts`, { outcome: 'reached', rating: 4, opinions: ['so'] });
    const answered = await call('he', `POST ${path}/opinions/answer`, { item: 0, answer: 'so' });
    return [answered.status, (await call('he', `POST ${path}/opinions/sign`, { item: 0 })).status];
  };
  expect(await does('cmp_1', BELOW)).toEqual([200, 200]);
  expect(await does('cmp_2', BELOW.slice(0, 3))).toEqual([422, 422]);
});
