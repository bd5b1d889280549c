import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../shared/aws/many.ts';
import type { RouteDef } from '../shared/http/route.ts';
import { type Caller, isOneOf, ROLES } from '../shared/people/positions.ts';
import { type Concealed, callOf, concealedCases, drawOwners, idsOf, type Owner } from './support/concealed.ts';
import { startDemo } from './support/demo-world.ts';
import { entriesOf } from './support/entries.ts';
import { fresh } from './support/keys.ts';
import { livesAMonth } from './support/month.ts';
import { type Answers, allRead, newlySaid, SIDE_BY_SIDE, thingsAt } from './support/readable.ts';
import { allRoutes, ask, bodyOf, filled } from './support/requests.ts';
import { callbackOf, contactOf, type Site } from './support/site.ts';
import { MINUTE, refusal, type World } from './support/world.ts';

/** Every role that counts at a site, all in one pair of hands. */
const EVERYTHING = ROLES.map((role) => (role === 'department-head' ? { role, department: 'engineering' } : { role }));
/** Who may read it depends on more than the position: agents and heads are assessed by their own cases alone. */
const ofRelation = ({ path }: RouteDef) => path.includes('/assessment/') || path.startsWith('/staff/');
const WORDS = 'The neighbour in 3B shouts at night.';

describe('access', () => {
  let world: World;
  let site: Site;
  let routes: RouteDef[];
  /** Ids of things at lakeside. */
  let ids: Record<string, string>;
  const at = (route: RouteDef, where = 'lakeside') => `${route.method} ${filled(route, { ...ids, site: where })}`;
  const guarded = () => routes.filter(({ who }) => who !== 'everybody');
  const ofSites = () => guarded().filter(({ path }) => path.includes('{site}'));
  const token = (sub: string) => world.cloud.token(sub);
  const joins = async (subject: string, grants: unknown[]) =>
    (await world.as('admin')).post('/staff', { name: subject, subject, language: 'en', grants }, fresh());

  beforeAll(async () => {
    world = await startDemo();
    site = world.lakeside;
    routes = await allRoutes();
    const complaint = await site.resolvedComplaint({ words: WORDS });
    await (await site.callerAt('director')).post('/sites/lakeside/parties', { name: WORDS }, fresh());
    await livesAMonth(world);
    const [notice] = await world.inbox('lakeside-engineering', complaint);
    ids = {
      ...(await thingsAt(world, { routes, site: 'lakeside', by: ['lakeside-manager', 'lakeside-finance', 'admin'] })),
      complaint,
      callback: callbackOf(complaint),
      contact: contactOf(complaint),
      notice: notice.id,
      staff: world.staff('lakeside-agent-1'),
      measure: 'Q3',
      figure: 'Q3',
    };
  });
  afterAll(() => world?.stop());

  it('serves exactly the routes that are declared, each guarded unless it says that everybody may', () => {
    const [api] = world.cloud.deployment.apis;
    const served = new Map(api?.routes.map(({ key, authorizer }) => [key, authorizer === undefined]));
    const entries = new Map(
      routes.map((route) => [route, entriesOf(`${route.method} ${route.path}`).find((entry) => served.has(entry))]),
    );
    for (const [route, entry = 'none'] of entries) {
      expect([route.path, served.get(entry)]).toEqual([route.path, route.who === 'everybody']);
    }
    expect(new Set(entries.values())).toEqual(new Set(served.keys()));
  });

  it('is for staff only: a stranger with a valid token gets nothing', async () => {
    const stranger = await token('somebody');
    for (const route of guarded()) {
      const { status } = await ask(world.cloud, at(route), stranger);
      expect(status, at(route)).toBe(403);
    }
  });

  it('is by position: each route refuses every one it does not name, and lets in to read whom it names', async () => {
    const positions = new Map(EVERYTHING.map((grant) => [grant.role as Caller, grant]));
    positions.set('finance-head', { role: 'department-head', department: 'finance' });
    for (const [position, grant] of positions) {
      await joins(`only-${position}`, [{ site: 'lakeside', ...grant }]);
      const bearer = await token(`only-${position}`);
      const actor = { roles: [grant.role], departments: 'department' in grant ? [grant.department as string] : [] };
      await inParallel(guarded(), SIDE_BY_SIDE, async (route) => {
        // Without a site in the path a role counts only where it is for the whole group.
        const named = route.path.includes('{site}') && route.who !== 'staff' && isOneOf(route.who as Caller[], actor);
        const may = route.positions ? grant.role in route.positions : route.who === 'staff' || named;
        if (may && (route.method !== 'GET' || ofRelation(route))) return;
        const { status, text } = await ask(world.cloud, at(route), bearer);
        expect(status === 403, `${at(route)} as ${position}: ${status} ${text.slice(0, 200)}`).toBe(!may);
        expect(status, at(route)).toBeLessThan(500);
      });
    }
  });

  describe('a concealed case', () => {
    const seed = Math.floor(Math.random() * 1_000_000);
    const KEPT_OUT = ['lakeside-engineering', 'lakeside-security', 'lakeside-finance', 'head-and-agent', 'keeper'];
    const PART = ['lakeside-agent-2', 'lakeside-manager', 'group-manager'];
    const ACCUSED = 'accused';
    let cases: Concealed[];
    const before = new Map<string, Answers>();
    const after = new Map<string, Answers>();

    beforeAll(async () => {
      const at = { site: 'lakeside' };
      await joins('keeper', [{ ...at, role: 'administrator' }]);
      await joins('head-and-agent', [
        { ...at, role: 'agent' },
        { ...at, role: 'supervisor' },
        { ...at, role: 'department-head', department: 'engineering' },
      ]);
      const staff = (
        await joins(ACCUSED, [
          { ...at, role: 'agent' },
          { ...at, role: 'supervisor' },
        ])
      ).id;
      const owners = await drawOwners(world, 4, seed);
      const rude = callOf(owners[1] as Owner);
      const { id: contact } = await (await world.as(ACCUSED)).post('/sites/lakeside/contacts', rude, fresh());
      const readers = [...KEPT_OUT, ...PART, ACCUSED];
      const things = owners.map((owner) => ({ ...ids, ...idsOf(owner) }));
      for (const sub of readers) before.set(sub, await allRead(world, routes, sub, things));
      cases = await concealedCases(world, owners, { staff, contact });
      const found = cases.map((one) => ({ ...ids, ...one.things }));
      for (const sub of readers) after.set(sub, await allRead(world, routes, sub, found));
    });

    const newly = (sub: string, names: readonly string[]) =>
      newlySaid(before.get(sub) ?? new Map(), after.get(sub) ?? new Map(), names);
    const of = (...whats: Concealed['what'][]) => cases.filter(({ what }) => whats.includes(what));

    it('of whatever kind: nothing that anybody reads who is kept out of it says who it was', () => {
      for (const { what, owner, told } of cases) {
        for (const sub of what === 'anonymous' ? [...KEPT_OUT, ...PART] : KEPT_OUT) {
          expect(newly(sub, [...owner.names, told]), `${what}, seed ${seed}, read by ${sub}`).toEqual([]);
        }
      }
    });

    it('tells the accused neither who accused them nor what was said, whatever else they are', () => {
      for (const { what, owner, said, told } of of('conduct', 'anonymous')) {
        const names = what === 'conduct' ? [...owner.names, said, told, `opinion of ${what}`] : owner.names;
        expect(newly(ACCUSED, names), `${what}, seed ${seed}`).toEqual([]);
      }
    });

    it('is read by whoever has a part in it', () => {
      for (const { what, owner, said } of of('confidential', 'conduct', 'promised')) {
        for (const sub of PART) expect(newly(sub, [owner.party]).length, `${what}, read by ${sub}`).toBeGreaterThan(2);
        for (const sub of PART) expect(newly(sub, [said]).length, `${what}, read by ${sub}`).toBeGreaterThan(0);
      }
    });

    it('tells the department that has it the matter, and no other department', () => {
      for (const { what, department, said } of cases) {
        for (const head of ['engineering', 'security', 'finance']) {
          const told = newly(`lakeside-${head}`, [said]);
          expect(told.length > 0, `${what}, read by ${head}: ${told[0]}`).toBe(head === department);
        }
        expect(newly('keeper', [said]), what).toEqual([]);
      }
    });
  });

  describe('with every role at another site', () => {
    let outsider: string;
    beforeAll(async () => {
      await joins(
        'outsider',
        EVERYTHING.map((grant) => ({ site: 'westgate', ...grant })),
      );
      outsider = await token('outsider');
    });

    it('refuses everything at this one', async () => {
      for (const route of ofSites()) {
        const { status, text } = await ask(world.cloud, at(route), outsider, bodyOf(route));
        expect(status, at(route)).toBe(403);
        expect(text).not.toContain(WORDS);
      }
    });

    it('finds nothing of this one under the other’s path: what is there is answered as what isn’t', async () => {
      // An id with its kind, and what nobody drew: none other tells a thing of one site from one of another.
      const there = Object.entries(ids).filter(([, id]) => /^[a-z]{3}_[0-9a-z-]{12}/.test(id));
      const nobodys = Object.fromEntries(
        there.map(([param, id]) => [param, id.replace(/[0-9a-z]{10}(?=[0-9a-z]*(-\d)?$)/, '0123456789')]),
      );
      const inside = ofSites().filter(({ path }) => there.some(([param]) => path.includes(`{${param}}`)));
      expect(inside.length, Object.keys(ids).join()).toBeGreaterThan(70);
      for (const route of inside) {
        const asked = async (things: Record<string, string>) => {
          const path = filled(route, { ...things, site: 'westgate' });
          const { status, text } = await ask(world.cloud, `${route.method} ${path}`, outsider, bodyOf(route));
          // Each request has a name of its own.
          const unnamed = text.replace(/urn:huiyin:request:[^"<\s]+/, '…');
          const named = there.reduce((said, [param]) => said.replaceAll(things[param] ?? '', '…'), unnamed);
          return { status, said: named };
        };
        const [one, other] = [await asked(ids), await asked({ ...ids, ...nobodys })];
        expect(one.status, `${at(route, 'westgate')}: ${one.said}`).toBeLessThan(500);
        expect(one, at(route, 'westgate')).toEqual(other);
      }
      for (const { path } of ofSites().filter(({ method }) => method === 'GET')) {
        const { text } = await ask(world.cloud, `GET ${filled({ path }, { ...ids, site: 'westgate' })}`, outsider);
        expect(
          there.filter(([, id]) => text.includes(`"${id}"`) && !path.includes('{')),
          path,
        ).toEqual([]);
        expect(text, path).not.toContain(WORDS);
      }
    });

    it('sees neither the site, nor its staff, nor their inbox', async () => {
      const get = (path: string) => ask(world.cloud, `GET ${path}`, outsider);
      expect(JSON.parse((await get('/sites')).text).items).toMatchObject([{ site: 'westgate' }]);
      expect(JSON.parse((await get('/inbox')).text).items).toEqual([]);
      expect((await get(`/staff/${ids.staff}`)).status).toBe(404);
      for (const path of [`/inbox/${ids.notice}/read`, `/staff/${ids.staff}/deactivate`]) {
        const { status } = await ask(world.cloud, `POST ${path}`, outsider);
        expect([403, 404], path).toContain(status);
      }
    });

    it('is not fooled by odd names of sites', async () => {
      for (const odd of ['*', '%2A', 'lakeside%23', 'sites', 'access', 'westgate%2F..%2Flakeside', 'LAKESIDE', '%20']) {
        const { status, text } = await ask(world.cloud, `GET /sites/${odd}/complaints`, outsider);
        expect([400, 403, 404], `${odd}: ${text}`).toContain(status);
      }
    });
  });

  it('ends with the next write when somebody is deactivated, and within a minute for reading', async () => {
    const { id } = await joins('leaver', [{ site: 'lakeside', role: 'agent' }]);
    const leaver = await world.as('leaver');
    const call = () => leaver.post('/sites/lakeside/contacts', { channel: 'call', rings: 1 }, fresh());
    await call();
    await (await world.as('admin')).post(`/staff/${id}/deactivate`, {}, fresh());
    expect(await refusal(call())).toMatchObject({ status: 403, code: 'request.forbidden' });
    await world.passes(MINUTE);
    expect(await refusal(leaver.get('/sites/lakeside/contacts'))).toMatchObject({ status: 403 });
    await (await world.as('admin')).post(`/staff/${id}/activate`, {}, fresh());
    await call();
    const nothing = { name: 'leaver', subject: 'leaver', language: 'en', grants: [] };
    await (await world.as('admin')).put(`/staff/${id}`, nothing, fresh());
    expect(await refusal(call())).toMatchObject({ status: 403 });
  });

  it('lets a director appoint below, at the own site, and nothing else', async () => {
    const director = await site.callerAt('director');
    const appoint = (grant: object) =>
      director.post('/staff', { name: 'New', subject: fresh('new'), language: 'en', grants: [grant] }, fresh());
    await appoint({ site: 'lakeside', role: 'centre-manager' });
    const above = ['site-director', 'quality-manager', 'group-manager', 'administrator'];
    const elsewhere = ['westgate', '*'].map((where) => ({ site: where, role: 'agent' }));
    for (const grant of [...above.map((role) => ({ site: 'lakeside', role })), ...elsewhere]) {
      expect(await refusal(appoint(grant)), JSON.stringify(grant)).toMatchObject({ status: 403 });
    }
    const grants = [{ site: '*', role: 'administrator' }];
    const me = { name: 'Me', subject: 'lakeside-director', language: 'en', grants };
    const more = director.put(`/staff/${world.staff('lakeside-director')}`, me, fresh());
    expect(await refusal(more)).toMatchObject({ status: 403 });
    const theirs = director.post(`/staff/${world.staff('westgate-agent-1')}/deactivate`, {}, fresh());
    expect(await refusal(theirs)).toMatchObject({ status: 403 });
  });

  it('lets the subject named at deployment set the group up, until the registry knows better', async () => {
    const admin = await world.as('admin');
    expect((await admin.get('/me')).grants).toEqual([{ site: '*', role: 'administrator' }]);
    await joins('boss', [{ site: '*', role: 'administrator' }]);
    await (await world.as('boss')).post('/staff', { name: 'A', subject: 'admin', language: 'en', grants: [] }, fresh());
    expect(await refusal(admin.put('/group', { name: 'Mine' }, fresh()))).toMatchObject({ status: 403 });
  });
});
