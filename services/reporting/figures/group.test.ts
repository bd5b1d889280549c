import { beforeEach, expect, test } from 'vitest';
import type { Grant } from '../../../shared/people/access.ts';
import { five, journals, life, NINE, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});

const SPAN = { from: '2026-05-01', to: '2026-05-31' };
const RANGE = { ...SPAN, by: 'day' };
const figures = async (query: object = RANGE) =>
  (await w.call('GET', '/sites/{site}/figures', { params: { site: SITE }, query })).body;
const SECOND_SITE = `${SITE}2`;
/** Five complaints at one site, the first of them at another too. */
const atTwoSites = async () => {
  await w.happen(five());
  await w.happen(
    journals(life(1))
      .flat()
      .map((event) => ({ ...event, site: SECOND_SITE })),
  );
};
test('the group is the sum of its sites, or of those that are named', async () => {
  await atTwoSites();
  const group = await w.call('GET', '/figures', { query: RANGE });
  expect(group.body).toMatchObject({ sites: [SITE, SECOND_SITE], total: { Q3: { due: 6, met: 3 } } });
  const named = await w.call('GET', '/figures', { query: { ...RANGE, sites: SECOND_SITE } });
  expect(named.body).toMatchObject({ sites: [SECOND_SITE], total: { Q3: { due: 1, met: 1 } } });
  const opened = await w.call('GET', '/figures/{measure}/cases', { params: { measure: 'Q3' }, query: SPAN });
  expect(opened.body.items.map(({ site }: { site: string }) => site)).toEqual([...Array(5).fill(SITE), SECOND_SITE]);
});

test('somebody sees the sites at which they hold a position, and is told which one they may not see', async () => {
  await atTwoSites();
  const at = (...sites: string[]) => sites.map((site) => ({ site, role: 'site-director' as const }));
  const ask = (query: object, grants: Grant[]) => w.call('GET', '/figures', { query: { ...RANGE, ...query }, grants });
  expect((await ask({}, at(SITE))).body).toMatchObject({ sites: [SITE], total: { Q3: { due: 5 } } });
  expect((await ask({}, at(SECOND_SITE, SITE))).body).toMatchObject({ total: { Q3: { due: 6 } } });
  const both = { sites: `${SITE},${SECOND_SITE}` };
  const hidden = await ask(both, at(SITE));
  expect([hidden.status, hidden.body.details]).toMatchObject([403, { site: SECOND_SITE }]);
  const opened = { params: { measure: 'Q3' }, query: { ...SPAN, ...both }, grants: at(SITE) };
  expect((await w.call('GET', '/figures/{measure}/cases', opened)).status).toBe(403);
  expect((await ask({ sites: 'elsewhere' }, at('*'))).status).toBe(404);
  expect((await ask({ sites: `${SITE},` }, at(SITE))).status).toBe(400);
});

test('sites stand in a league by their rate, page by page, and only those one may see', async () => {
  await atTwoSites();
  const ask = (query: object, grants?: Grant[]) =>
    w.call('GET', '/figures/league', { query: { measure: 'Q3', ...SPAN, ...query }, ...(grants ? { grants } : {}) });
  const { body } = await ask({});
  expect(body.items).toMatchObject([
    { site: SECOND_SITE, rank: 1, figure: { percent: '100.00', onTarget: true, change: null } },
    { site: SITE, rank: 2, figure: { met: 2, missed: 3, previous: { due: 0 } } },
  ]);
  const first = (await ask({ limit: '1' })).body;
  expect((await ask({ limit: '1', after: first.next })).body.items).toEqual([body.items[1]]);
  expect((await ask({ measure: 'Q4' })).body.items).toMatchObject([
    { site: SITE, rank: null, why: 'too-few-ratings' },
    { site: SECOND_SITE, rank: null, why: 'too-few-ratings' },
  ]);
  const director: Grant[] = [{ site: SITE, role: 'site-director' }];
  expect((await ask({}, director)).body.items).toMatchObject([{ site: SITE, rank: 1 }]);
  expect((await ask({ sites: SECOND_SITE }, director)).status).toBe(403);
});

test('an answer says how fresh it is: when the newest event it counts was recorded, by source', async () => {
  expect((await figures()).asOf).toEqual({ contacts: null, complaints: null, callbacks: null, billing: null });
  const [contact = [], complaint = []] = journals(life(1));
  await w.happen(contact);
  await w.happen(complaint.slice(0, 1));
  const at = new Date(NINE).toISOString();
  expect((await figures()).asOf).toEqual({ contacts: at, complaints: at, callbacks: null, billing: null });
  const rest = complaint.slice(1, -1);
  await w.happen(rest);
  const { asOf } = await figures();
  const byMonth = await figures({ ...RANGE, by: 'month' });
  expect(byMonth.asOf).toEqual(asOf);
  expect(Date.parse(asOf.complaints)).toBeGreaterThan(NINE);
  // What says nothing new, because it comes again, makes nothing fresher.
  await w.happen(complaint.slice(0, 1));
  expect((await figures()).asOf).toEqual(asOf);
  expect((await figures({ ...RANGE, from: '2026-05-20' })).asOf.contacts).toBeNull();
});
