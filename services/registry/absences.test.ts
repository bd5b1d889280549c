import { beforeEach, expect, test } from 'vitest';
import { holderOf, holders } from '../../shared/people/access.ts';
import { DAY, HOUR } from '../../shared/time/clock.ts';
import { world } from './testing.ts';

const SUPERVISOR = { site: 'lakeside', role: 'supervisor' } as const;

/** A site with a director, a supervisor who will be away, and an agent. */
const group = async () => {
  const w = world();
  await w.lakeside();
  const ids: Record<string, string> = {};
  for (const [name, grant] of Object.entries({
    dir: { site: 'lakeside', role: 'site-director' },
    ann: SUPERVISOR,
    bob: { site: 'lakeside', role: 'agent' },
    boss: { site: '*', role: 'administrator' },
  }))
    ids[name] = (await w.hire(name, grant)).id;
  w.now += 25 * HOUR;
  const reads = { doc: w.doc, registry: 'registry' };
  return Object.assign(w, {
    ids,
    /** From 3 May to 5 May, 2026, in Shanghai. */
    away: (who: string, whose = 'ann', body = {}) =>
      w.call(who, `POST /staff/${ids[whose]}/absence`, {
        ...{ deputy: ids.bob, from: '2026-05-03', to: '2026-05-05' },
        ...body,
      }),
    supervisors: async () => (await holders(reads, 'lakeside', SUPERVISOR, w.now)).map(({ staff }) => staff),
    isOne: async (name: string) =>
      (await holderOf(reads, 'lakeside', SUPERVISOR, ids[name] as string, w.now)) !== undefined,
    roles: async (who: string) => (await w.call(who, 'GET /me')).body.grants.map(({ role }: { role: string }) => role),
  });
};
let w: Awaited<ReturnType<typeof group>>;
beforeEach(async () => {
  w = await group();
});

test('a deputy holds the positions from the first day’s beginning at the site to the last one’s end, and is told', async () => {
  const { status, body } = await w.away('dir');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: w.ids.bob,
    grants: [{ role: 'agent' }],
    standsIn: [{ ...SUPERVISOR, for: w.ids.ann, from: '2026-05-02T16:00:00.000Z', until: '2026-05-05T16:00:00.000Z' }],
  });
  const at = async (instant: string) => {
    w.now = Date.parse(instant);
    return [await w.roles('bob'), (await w.supervisors()).includes(w.ids.bob as string), await w.isOne('bob')];
  };
  expect(await at('2026-05-02T23:59:59+08:00')).toEqual([['agent'], false, false]);
  expect(await at('2026-05-03T00:00:00+08:00')).toEqual([['agent', 'supervisor'], true, true]);
  expect(await at('2026-05-05T23:59:59+08:00')).toEqual([['agent', 'supervisor'], true, true]);
  expect(await at('2026-05-06T00:00:00+08:00')).toEqual([['agent'], false, false]);
  expect(await w.supervisors()).toEqual([w.ids.ann]);
  const [event] = (await w.registry.staff.history('*', w.ids.bob as string)).slice(-1);
  expect(event).toMatchObject({ name: 'staff.stands-in', data: { for: w.ids.ann, told: ['position-given'] } });
});

test('said again it is as it was said last; back early, nobody stands in; a change of their own leaves it', async () => {
  await w.away('dir');
  expect((await w.away('dir', 'ann', { to: '2026-05-04' })).body.standsIn).toMatchObject([
    { until: '2026-05-04T16:00:00.000Z' },
  ]);
  const { version } = (await w.away('dir', 'ann', { to: '2026-05-04' })).body;
  expect((await w.away('dir', 'ann', { to: '2026-05-04' })).body.version).toBe(version);
  w.now = Date.parse('2026-05-03T09:00+08:00');
  const body = { name: '员工 bob', subject: 'bob', grants: [{ site: 'lakeside', role: 'agent' }] };
  expect((await w.call('dir', `PUT /staff/${w.ids.bob}`, body)).body.standsIn).toHaveLength(1);
  expect(await w.isOne('bob')).toBe(true);
  expect((await w.call('dir', `POST /staff/${w.ids.ann}/back`, { deputy: w.ids.bob })).body.standsIn).toEqual([]);
  w.now += 2 * 60_000;
  expect(await w.isOne('bob')).toBe(false);
  expect(await w.roles('bob')).toEqual(['agent']);
});

test('who holds the position anyway goes on holding it; whoever leaves stands in for nobody', async () => {
  const deputy = (await w.hire('eve', SUPERVISOR, { site: 'lakeside', role: 'agent' })).id;
  w.now += DAY;
  w.ids.eve = deputy;
  expect((await w.away('dir', 'ann', { deputy, to: '2026-05-03' })).status).toBe(200);
  w.now = Date.parse('2026-05-20T09:00+08:00');
  expect(await w.isOne('eve')).toBe(true);
  expect((await w.away('dir', 'ann', { from: '2026-05-20', to: '2026-05-21' })).status).toBe(200);
  expect(await w.isOne('bob')).toBe(true);
  await w.call('dir', `POST /staff/${w.ids.bob}/deactivate`);
  expect(await w.isOne('bob')).toBe(false);
  await w.call('dir', `POST /staff/${w.ids.bob}/activate`);
  expect(await w.isOne('bob')).toBe(false);
});

test('nobody makes themselves a deputy, nobody stands in for themselves, and days have bounds', async () => {
  const code = async (answer: ReturnType<typeof w.away>) => {
    const { status, body } = await answer;
    return [status, body.errors?.[0]?.field ?? body.code];
  };
  expect(await code(w.away('bob'))).toEqual([403, 'request.forbidden']);
  expect(await code(w.away('dir', 'ann', { deputy: w.ids.ann }))).toEqual([400, 'body.deputy']);
  expect(await code(w.away('dir', 'ann', { deputy: w.ids.dir }))).toEqual([400, 'body.deputy']);
  expect(await code(w.away('boss', 'ann', { deputy: w.ids.boss }))).toEqual([422, 'staff.not-yourself']);
  expect(await code(w.away('dir', 'ann', { from: '2026-05-05', to: '2026-05-03' }))).toEqual([400, 'body.to']);
  expect(await code(w.away('dir', 'ann', { to: '2026-12-31' }))).toEqual([400, 'body.to']);
  expect(await code(w.away('dir', 'ann', { from: '2026-04-01', to: '2026-04-03' }))).toEqual([400, 'body.to']);
  expect(await code(w.away('dir', 'ann', { deputy: 'stf_nobody' }))).toEqual([400, 'body.deputy']);
  expect(await code(w.away('dir', 'boss'))).toEqual([404, 'request.not-found']);
  expect(await code(w.away('dir', 'ann', { from: '2126-01-01', to: '2126-01-02' }))).toEqual([400, 'body.from']);
});

test('who manages their own position alone decides nothing about whoever stands in for somebody above', async () => {
  const manager = (await w.hire('gm', { site: '*', role: 'group-manager' })).id;
  const away = { deputy: w.ids.bob, from: '2026-05-03', to: '2026-05-05' };
  expect((await w.call('boss', `POST /staff/${manager}/absence`, away)).status).toBe(200);
  const bob = `/staff/${w.ids.bob}`;
  const asked = await Promise.all([
    w.call('dir', `GET ${bob}`),
    w.call('dir', `POST ${bob}/sign-in`, { subject: 'evil', reason: 'A new phone.' }),
    w.call('dir', `POST ${bob}/deactivate`),
    w.call('dir', `PUT ${bob}`, { name: '员工 bob', email: 'evil@example.test', subject: 'bob', grants: [] }),
    w.away('dir'),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([404, 403, 403, 403, 400]);
  // Once it is over they are the director's again.
  w.now = Date.parse('2026-05-06T09:00+08:00');
  expect((await w.call('dir', `GET ${bob}`)).status).toBe(200);
});

test('done again under its key it answers the same for good; a version is of whoever is away', async () => {
  const body = { deputy: w.ids.bob, from: '2026-05-03', to: '2026-05-03' };
  const say = () => w.call('dir', `POST /staff/${w.ids.ann}/absence`, body, 'once');
  const first = await say();
  w.now += 9 * DAY;
  await w.call('dir', `POST /staff/${w.ids.ann}/deactivate`);
  expect(await say()).toEqual(first);
});

test('made shorter, nobody is nobody’s second person anew; colleagues’ lists forget whose days are over', async () => {
  await w.away('dir');
  const since = async () => (await w.registry.staff.head('*', w.ids.bob as string)).state?.signInSince;
  const given = await since();
  w.now += HOUR;
  await w.away('dir', 'ann', { to: '2026-05-04' });
  expect(await since()).toBe(given);
  const listed = async () =>
    (await w.call('dir', 'GET /sites/lakeside/staff')).body.items.filter(
      ({ staff, role }: { staff: string; role: string }) => staff === w.ids.bob && role === 'supervisor',
    ).length;
  expect(await listed()).toBe(1);
  w.now += 9 * DAY;
  expect(await listed()).toBe(0);
});
