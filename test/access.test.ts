import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteDef } from '../shared/http/route.ts';
import { ROLES, type Role } from '../shared/posts.ts';
import { fresh } from './support/keys.ts';
import { allRoutes, ask, bodyOf, filled } from './support/requests.ts';
import { callbackOf, contactOf, type Site } from './support/site.ts';
import { MINUTE, refusal, startWorld, type World } from './support/world.ts';

/** Every role that counts at a site, all in one pair of hands. */
const EVERYTHING = ROLES.map((role) => (role === 'department-head' ? { role, department: 'engineering' } : { role }));
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
    world = await startWorld();
    site = world.lakeside;
    routes = await allRoutes();
    const complaint = await site.resolvedComplaint({ words: WORDS });
    const director = await site.post('director');
    const unit = await director.post('/sites/lakeside/units', { building: 'B', number: '7', area: 81.5 }, fresh());
    const party = await director.post('/sites/lakeside/parties', { name: WORDS }, fresh());
    const [notice] = await world.inbox('lakeside-engineering', complaint);
    ids = {
      complaint,
      callback: callbackOf(complaint),
      contact: contactOf(complaint),
      unit: unit.id,
      party: party.id,
      notice: notice.id,
      staff: world.staff('lakeside-agent-1'),
      measure: 'Q3',
      figure: 'Q3',
      day: '2026-03-02',
      month: '2026-02',
      period: '2026-02',
      run: 'run_2026-03',
      serial: '1',
    };
  });
  afterAll(() => world?.stop());

  it('serves exactly the routes that are declared, each guarded unless it says that everybody may', () => {
    const [api] = world.cloud.deployment.apis;
    const served = api?.routes.map(({ key, authorizer }) => `${key} ${authorizer === undefined}`);
    expect(served?.sort()).toEqual(
      routes.map(({ method, path, who }) => `${method} ${path} ${who === 'everybody'}`).sort(),
    );
  });

  it('needs a token of the issuer, for this audience, that has not expired', async () => {
    const tokens = {
      none: undefined,
      nonsense: 'x.y.z',
      expired: await world.cloud.token('lakeside-manager', { exp: 1 }),
      foreign: await world.cloud.token('lakeside-manager', { aud: 'somebody-else' }),
      elsewhere: await world.cloud.token('lakeside-manager', { iss: 'https://issuer.example.com' }),
    };
    for (const route of guarded()) {
      for (const [what, bearer] of Object.entries(tokens)) {
        const { status } = await ask(world.cloud, at(route), bearer);
        expect(status, `${at(route)} with a token: ${what}`).toBe(401);
      }
    }
  });

  it('is for staff only: a stranger with a valid token gets nothing', async () => {
    const stranger = await token('somebody');
    for (const route of guarded()) {
      const { status } = await ask(world.cloud, at(route), stranger);
      expect(status, at(route)).toBe(403);
    }
  });

  it('is by role: each route refuses every role it does not name', async () => {
    const holders = new Map<Role, string>();
    for (const grant of EVERYTHING) {
      await joins(`only-${grant.role}`, [{ site: 'lakeside', ...grant }]);
      holders.set(grant.role, await token(`only-${grant.role}`));
    }
    for (const route of guarded()) {
      if (route.who === 'staff') continue;
      for (const [role, bearer] of holders) {
        if (route.path.includes('{site}') && route.who.includes(role)) continue;
        // Without a site in the path a role counts only where it is for the whole group.
        const { status } = await ask(world.cloud, at(route), bearer);
        expect(status, `${at(route)} as ${role}`).toBe(403);
      }
    }
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

    it('finds nothing of this one under the other’s path', async () => {
      const inside = ofSites().filter(({ path }) => /\{(complaint|callback|contact|unit|party)\}/.test(path));
      expect(inside.length).toBeGreaterThan(25);
      for (const route of inside) {
        const { status, text } = await ask(world.cloud, at(route, 'westgate'), outsider, bodyOf(route));
        expect(status, `${at(route, 'westgate')}: ${text}`).toBe(404);
      }
      for (const list of ['contacts', 'complaints', 'callbacks', 'units', 'parties']) {
        const { text } = await ask(world.cloud, `GET /sites/westgate/${list}`, outsider);
        expect(JSON.parse(text).items, list).toEqual([]);
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
    const director = await site.post('director');
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
