import { beforeEach, expect, test } from 'vitest';
import { payerKey } from '../../../../shared/directory/payer.ts';
import { SITE } from '../../../../shared/testing/site.ts';
import { at } from '../testing.ts';
import { dunningDesk } from './testing.ts';

let w: Awaited<ReturnType<typeof dunningDesk>>;
beforeEach(async () => {
  w = await dunningDesk();
});

test('the call list of a morning says whom to call: unit, name, number, what is open and since when', async () => {
  await w.comes('2026-11-11');
  expect((await w.get('tasks')).body).toEqual({ items: [] });
  await w.comes('2026-11-17');
  const { items } = (await w.get('tasks?task=phone')).body;
  expect(items).toHaveLength(3);
  expect(items[0]).toEqual({
    account: w.ids[2],
    unit: 'unt_3',
    building: 'A',
    number: '103',
    place: 'A座103室',
    party: 'pty_3',
    name: '张3',
    phones: ['13800000003'],
    openFen: 25_399,
    since: '2026-11-10',
    tasks: [
      {
        task: 'phone',
        rung: 'reminder',
        dueDay: '2026-11-10',
        on: '2026-11-17',
        due: '2026-11-17T16:00:00.000Z',
        late: false,
        calls: [],
      },
    ],
  });
  expect((await w.get('tasks?task=visit')).body).toEqual({ items: [] });
});

test('who was reached or has paid is off the list; who was called in vain stays with the call, and late', async () => {
  await w.comes('2026-11-17');
  w.site.now = at('2026-11-17', '10:00');
  await w.does('li', 0, 'calls', { outcome: 'reached' });
  await w.does('li', 1, 'payments', { fen: 25_399, method: 'cash' });
  await w.does('li', 2, 'calls', { outcome: 'no-answer', message: true });
  w.site.now = at('2026-11-18', '08:00');
  expect((await w.get('tasks')).body.items).toMatchObject([
    {
      unit: 'unt_3',
      tasks: [{ late: true, calls: [{ calledAt: '2026-11-17T02:00:00.000Z', message: true }] }],
    },
  ]);
});

test('a hold that came since is shown beside the task', async () => {
  await w.comes('2026-11-17');
  await w.promises(0, '2026-11-20');
  expect((await w.get('tasks')).body.items[2]).toMatchObject({ hold: { kind: 'promise', until: '2026-11-20' } });
});

test('the list is paged, and is for the desk and those above alone', async () => {
  await w.comes('2026-11-17');
  const first = (await w.get('tasks?limit=2')).body;
  expect(first.items.map(({ unit }: { unit: string }) => unit)).toEqual(['unt_3', 'unt_2']);
  expect((await w.get(`tasks?limit=2&after=${first.next}`)).body).toMatchObject({ items: [{ unit: 'unt_1' }] });
  expect((await w.get('tasks', 'ding')).status).toBe(200);
  expect((await w.get('tasks', 'yan')).status).toBe(403);
});

test('of a party that was merged the debt stays in its account, once, and whoever stayed is called', async () => {
  await w.site.publish({ ...payerKey(SITE, 'pty_3'), mergedInto: 'pty_2' });
  await w.comes('2026-11-17');
  const { items } = (await w.get('tasks?task=phone')).body;
  expect(items.map(({ account, name, openFen }: Record<string, unknown>) => [account, name, openFen])).toEqual([
    [w.ids[2], '张2', 25_399],
    [w.ids[1], '张2', 25_399],
    [w.ids[0], '张1', 25_399],
  ]);
  expect(items[0].phones).toEqual(['13800000002']);
});
