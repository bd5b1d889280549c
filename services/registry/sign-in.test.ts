import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { reachOf, staffKey } from '../../shared/people/access.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { ADMIN, world } from './testing.ts';

const DIRECTOR = { site: 'lakeside', role: 'site-director' };
const AGENT = { site: 'lakeside', role: 'agent' };
const EVERYWHERE = { site: '*', role: 'administrator' };
const REASON = 'A new phone.';

/** A site with a director and an agent, in a group with two administrators besides the one named at deployment. */
const group = async () => {
  const w = world();
  await w.lakeside();
  const ids: Record<string, string> = {};
  for (const [name, grant] of Object.entries({ dir: DIRECTOR, ann: AGENT, boss: EVERYWHERE, deputy: EVERYWHERE })) {
    ids[name] = (await w.hire(name, grant)).id;
  }
  // Administrators are nobody's second person on the day they are entered.
  w.now += 25 * HOUR;
  const path = (whose: string, what = '') => `/staff/${ids[whose]}${what}`;
  return Object.assign(w, {
    ids,
    path,
    asks: (who: string, whose: string, subject: string) =>
      w.call(who, `POST ${path(whose, '/sign-in')}`, { subject, reason: REASON }),
    decides: (who: string, whose: string, subject: string, agree = true) =>
      w.call(who, `POST ${path(whose, '/sign-in/decide')}`, { subject, agree }),
    /** Who a sign-in is, once everybody knows. */
    me: async (subject: string): Promise<string | undefined> => {
      w.now += 60_000;
      return (await w.call(subject, 'GET /me')).body.staff;
    },
  });
};
let w: Awaited<ReturnType<typeof group>>;
beforeEach(async () => {
  w = await group();
});

test('nobody changes whose sign-in a colleague is by themselves, whatever they are', async () => {
  for (const who of ['dir', 'boss', ADMIN]) {
    const body = { name: '员工 ann', subject: 'puppet', grants: [AGENT] };
    expect((await w.call(who, `PUT ${w.path('ann')}`, body)).body.code, who).toBe('staff.sign-in-by-two');
  }
  expect(await w.me('puppet')).toBeUndefined();
  expect(await w.me('ann')).toBe(w.ids.ann);
});

test('who may change them asks, an administrator agrees; the old sign-in opens nothing and is nobody else’s', async () => {
  expect((await w.asks('dir', 'ann', 'ann-new')).body.asked).toMatchObject({ subject: 'ann-new', by: w.ids.dir });
  expect(await w.me('ann')).toBe(w.ids.ann);
  expect((await w.decides('dir', 'ann', 'ann-new')).status).toBe(403);
  expect((await w.decides('boss', 'ann', 'another')).body.code).toBe('staff.sign-in-not-asked');
  const changed = await w.decides('boss', 'ann', 'ann-new');
  expect(changed.body).toMatchObject({ subject: 'ann-new', active: true });
  expect(changed.body.asked).toBeUndefined();
  expect(await w.me('ann')).toBeUndefined();
  expect(await w.me('ann-new')).toBe(w.ids.ann);
  expect(await w.registry.published(staffKey(w.ids.ann as string))).toMatchObject({ signInSince: expect.any(Number) });
  const again = await w.call('boss', 'POST /staff', { name: 'x', subject: 'ann', grants: [AGENT] });
  expect(again.body).toMatchObject({ code: 'staff.subject-taken', details: { staff: w.ids.ann } });
  expect((await w.asks('boss', 'dir', 'ann')).body.code).toBe('staff.subject-taken');
  // Back to the one before, of course by two again.
  await w.asks('deputy', 'ann', 'ann');
  expect((await w.decides('boss', 'ann', 'ann')).body.subject).toBe('ann');
  expect(await w.me('ann')).toBe(w.ids.ann);
});

describe('another administrator', () => {
  test('is none whom one administrator entered, or made one, a minute ago', async () => {
    await w.hire('puppet', EVERYWHERE);
    await w.call('boss', `PUT ${w.path('ann')}`, { name: '员工 ann', subject: 'ann', grants: [AGENT, EVERYWHERE] });
    await w.asks('boss', 'dir', 'dir-new');
    for (const who of ['puppet', 'ann']) {
      expect((await w.decides(who, 'dir', 'dir-new')).body.code, who).toBe('second-person.new-sign-in');
    }
    w.now += 25 * HOUR;
    expect((await w.decides('puppet', 'dir', 'dir-new')).body.subject).toBe('dir-new');
  });

  test('is neither who asked nor whose sign-in it is, and refuses where it isn’t right', async () => {
    await w.asks('boss', 'ann', 'puppet');
    expect((await w.decides('boss', 'ann', 'puppet')).body.code).toBe('staff.another-administrator');
    expect((await w.decides('deputy', 'ann', 'puppet', false)).body.subject).toBe('ann');
    expect((await w.decides('deputy', 'ann', 'puppet')).body.code).toBe('staff.sign-in-not-asked');
    await w.asks('boss', 'boss', 'boss-2');
    expect((await w.decides('boss', 'boss', 'boss-2')).body.code).toBe('staff.another-administrator');
    await w.asks('deputy', 'boss', 'boss-2');
    expect((await w.decides('boss', 'boss', 'boss-2')).body.code).toBe('staff.another-administrator');
    expect((await w.decides(ADMIN, 'boss', 'boss-2')).body.subject).toBe('boss-2');
  });

  test('has their own sign-in for a day, and what was asked for under another sign-in counts no more', async () => {
    await w.asks('dir', 'ann', 'ann-new');
    await w.asks('boss', 'deputy', 'deputy-2');
    await w.decides(ADMIN, 'deputy', 'deputy-2');
    expect((await w.decides('deputy-2', 'ann', 'ann-new')).body.code).toBe('second-person.new-sign-in');
    await w.asks('boss', 'dir', 'dir-2');
    await w.decides(ADMIN, 'dir', 'dir-2');
    expect((await w.decides('boss', 'ann', 'ann-new')).body.code).toBe('second-person.began-as-another');
    expect((await w.asks('dir-2', 'ann', 'ann-newer')).body.code).toBe('second-person.new-sign-in');
    w.now += 24 * HOUR;
    await w.asks('dir-2', 'ann', 'ann-newer');
    expect((await w.decides('deputy-2', 'ann', 'ann-newer')).body.subject).toBe('ann-newer');
  });
});

describe('the subject named at deployment', () => {
  const puppet = { name: 'x', subject: ADMIN, grants: [AGENT] };

  test('is no director’s to give to anybody, and nobody enters themselves by it', async () => {
    expect((await w.call('dir', 'POST /staff', puppet)).status).toBe(403);
    expect((await w.asks('dir', 'ann', ADMIN)).body.code).toBe('staff.subject-taken');
    expect((await w.asks('boss', 'ann', ADMIN)).body.code).toBe('staff.subject-taken');
    expect((await w.call(ADMIN, 'POST /staff', puppet)).body.code).toBe('staff.not-yourself');
    const file = `姓名,账号,角色,项目\nx,${ADMIN},客服管理员,lakeside\n`;
    const content = Buffer.from(file).toString('base64');
    const imported = await w.call(ADMIN, 'POST /imports', { kind: 'staff', content, dryRun: true });
    expect(imported.body.bad).toMatchObject([{ field: 'subject', rule: 'import.sign-in-taken' }]);
    expect(await w.me(ADMIN)).toBe('system:admin');
  });

  test('becomes somebody by another administrator, as whom nothing stands that was begun before', async () => {
    const { body } = await w.call('boss', 'POST /staff', { ...puppet, grants: [EVERYWHERE] });
    expect(await w.me(ADMIN)).toBe(body.id);
    const since = { signInSince: expect.any(Number) };
    expect(await w.registry.published(staffKey('system:admin'))).toMatchObject(since);
    expect(await w.registry.published(staffKey(body.id))).toMatchObject(since);
  });
});

test('whom a director enters or gives a position is new for a while, told to those above; not whom an administrator does', async () => {
  const MANAGER = { site: 'lakeside', role: 'centre-manager' };
  const facts = { name: 'x', subject: 'puppet' };
  const enters = async (who: string, subject: string) =>
    (await w.call(who, 'POST /staff', { ...facts, subject, grants: [AGENT] })).body.id as string;
  const since = async (staff: string) =>
    ((await w.registry.published(staffKey(staff))) as { signInSince?: number }).signInSince;
  const puts = (who: string, staff: string, more: object) => w.call(who, `PUT /staff/${staff}`, { ...facts, ...more });
  const staff = await enters('dir', 'puppet');
  const entered = w.now;
  expect(await since(staff)).toBe(entered);
  expect(await since(await enters('boss', 'other'))).toBeUndefined();
  w.now += 48 * HOUR;
  await puts('dir', staff, { name: 'y', grants: [AGENT] });
  expect(await since(staff)).toBe(entered);
  await puts('boss', staff, { grants: [AGENT, { site: 'lakeside', role: 'supervisor' }] });
  expect(await since(staff)).toBe(entered);
  await puts('dir', staff, { grants: [MANAGER] });
  expect(await since(staff)).toBe(w.now);
  const given = (await w.registry.staff.history('*', staff)).filter(({ data }) => 'givenAlone' in (data as object));
  expect(given.map(({ name }) => name)).toEqual(['staff.joined', 'staff.changed']);
});

/** What the events of a member of staff tell of them. */
const told = async (staff: string) =>
  (await w.registry.staff.history('*', staff)).flatMap(({ data }) => (data as { told?: string[] }).told ?? []);

test('whoever gets a position that decides for two is told, also by an administrator, or given it back by a director', async () => {
  const FINANCE = { site: 'lakeside', role: 'department-head', department: 'finance' };
  const ENGINEERING = { ...FINANCE, department: 'engineering' };
  await w.admin('PUT /sites/lakeside', {
    name: '湖滨花园',
    departments: [
      { id: 'engineering', name: '工程部' },
      { id: 'finance', name: '财务部' },
    ],
  });
  const positions = { dir2: DIRECTOR, cm: { site: 'lakeside', role: 'centre-manager' }, fin: FINANCE };
  for (const [subject, grant] of Object.entries(positions)) {
    const { id } = (await w.call('boss', 'POST /staff', { name: 'x', subject, grants: [grant] })).body;
    expect(await told(id), subject).toEqual(['joined']);
  }
  const { id } = (await w.call('boss', 'POST /staff', { name: 'x', subject: 'eng', grants: [ENGINEERING] })).body;
  expect(await told(id)).toEqual([]);
  await w.call('boss', `PUT /staff/${id}`, { name: 'x', subject: 'eng', grants: [ENGINEERING, FINANCE] });
  expect(await told(id)).toEqual(['position-given']);
  await w.call('dir', `POST ${w.path('ann', '/deactivate')}`);
  await w.call('dir', `POST ${w.path('ann', '/activate')}`);
  expect(await told(w.ids.ann as string)).toEqual(['activated']);
  // They are nobody's second person for a day either.
  expect(await w.registry.published(staffKey(w.ids.ann as string))).toMatchObject({ signInSince: w.now });
});

test('whose address is changed first, and the sign-in then, is reached where they were', async () => {
  const ann = w.ids.ann as string;
  const puts = (email?: string) =>
    w.call('dir', `PUT ${w.path('ann')}`, { name: '员工 ann', subject: 'ann', grants: [AGENT], email });
  const emails = async () => (await reachOf({ doc: w.doc, registry: 'registry' }, ann, w.now))?.emails.sort();
  expect(await emails()).toEqual(['ann@example.test']);
  await puts('thief@example.test');
  await puts();
  expect(await told(ann)).toEqual(['address-left', 'address-left']);
  await w.asks('dir', 'ann', 'thief');
  expect(await emails()).toEqual(['ann@example.test', 'thief@example.test']);
  // Without any position, and not active, they are reached all the same.
  await w.call('boss', `PUT ${w.path('ann')}`, { name: '员工 ann', subject: 'ann', grants: [] });
  await w.call('boss', `POST ${w.path('ann', '/deactivate')}`);
  expect(await emails()).toEqual(['ann@example.test', 'thief@example.test']);
  w.now += 8 * 24 * HOUR;
  expect(await emails()).toEqual([]);
});

test('who must agree to a sign-in reads why it is asked for', async () => {
  await w.asks('dir', 'ann', 'ann-new');
  expect((await w.call('boss', `GET ${w.path('ann')}`)).body.asked).toMatchObject({
    subject: 'ann-new',
    reason: REASON,
  });
});

test('law: whatever people try, a sign-in is one person’s for good, and changes by two of whom one administers', async () => {
  const PEOPLE = ['dir', 'ann', 'boss', 'deputy'];
  const SUBJECTS = [...PEOPLE, 'x', 'y', ADMIN];
  const moves = fc.array(
    fc.record({
      what: fc.constantFrom('put', 'ask', 'ask', 'agree', 'agree', 'join'),
      who: fc.constantFrom(...SUBJECTS),
      whose: fc.constantFrom(...PEOPLE),
      subject: fc.constantFrom(...SUBJECTS),
    }),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(moves, async (history) => {
      const g = await group();
      for (const { what, who, whose, subject } of history) {
        g.now += HOUR;
        const grants = [AGENT];
        if (what === 'put') await g.call(who, `PUT ${g.path(whose)}`, { name: whose, subject, grants });
        if (what === 'join') await g.call(who, 'POST /staff', { name: 'x', subject, grants });
        if (what === 'ask') await g.asks(who, whose, subject);
        if (what === 'agree') {
          const { asked } = (await g.registry.staff.head('*', g.ids[whose] as string)).state ?? {};
          if (asked) await g.decides(who, whose, asked.subject);
        }
      }
      const owners = new Map<string, string>([['admin', 'system:admin']]);
      for (const active of [false, true]) {
        for (const { id } of (await g.registry.staff.list('*', active, 100)).items) {
          for (const { name, by, data } of await g.registry.staff.whole('*', id)) {
            const { subject, askedBy, took } = data as { subject?: string; askedBy?: string; took?: string };
            if (name === 'staff.sign-in-changed') expect([askedBy, id]).not.toContain(by);
            if (name !== 'staff.joined' && name !== 'staff.sign-in-changed') continue;
            const owner = owners.get(subject as string);
            expect([undefined, id, took ?? id]).toContain(owner === 'system:admin' && took ? id : owner);
            owners.set(subject as string, id);
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});
