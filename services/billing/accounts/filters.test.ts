import { beforeEach, expect, test } from 'vitest';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import { accountsIn } from './store.ts';
import { at, bill } from './testing.ts';
import { entersBills } from './testing-bills.ts';

const STAFF = { sun: { role: 'supervisor' }, qian: { role: 'centre-manager' } } as const;
/** Three accounts: 1 owes 100.00 since December began, 2 owes 300.00, 3 owes 200.00 and is on hold. */
const owing = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const accounts = accountsIn(site.tables, site.deps);
  const call = apiCaller<Deps>(routes, { ...site.deps, accounts });
  const ids: string[] = [];
  for (const [n, fen] of [10_000, 30_000, 20_000].entries())
    ids.push(await entersBills(site, accounts, n + 1, bill(fen)));
  const found = async (query: string) => {
    const { status, body } = await call('sun', `GET /sites/${SITE}/accounts?${query}`);
    return status === 200
      ? body.items.map(({ party }: { party: string }) => party.slice('pty_'.length))
      : body.errors?.[0]?.field;
  };
  return Object.assign(site, { ids, call, found });
};
let w: Awaited<ReturnType<typeof owing>>;
beforeEach(async () => {
  w = await owing();
});

test('accounts are found by what is open on them, since when, and by whether they are on hold', async () => {
  expect(await w.found('leastFen=20000')).toEqual(['3', '2']);
  expect(await w.found('leastFen=20001')).toEqual(['2']);
  expect(await w.found('overdue=true')).toEqual([]);
  expect(await w.found('overdue=false')).toEqual(['3', '2', '1']);
  w.now = at('2027-01-20', '09:00');
  expect(await w.found('overdue=true')).toEqual(['3', '2', '1']);
  const hold = { kind: 'promise', until: '2027-01-25', reason: 'On payday.' };
  const path = `POST /sites/${SITE}/accounts/${w.ids[2]}/holds`;
  const { asked } = (await w.call('sun', path, hold)).body;
  await w.call('qian', `${path}/decide`, { hold: asked[0].id, agree: true, words: 'Yes.' });
  expect(await w.found('held=true')).toEqual(['3']);
  expect(await w.found('held=false&leastFen=20000')).toEqual(['2']);
  w.now = at('2027-01-26', '09:00');
  expect(await w.found('held=true')).toEqual([]);
});

test('by building as anybody writes it, by flat, payer, and several of a kind; a page goes on where it ended', async () => {
  expect(await w.found('building=A')).toEqual(['3', '2', '1']);
  expect(await w.found('building=B')).toEqual([]);
  expect(await w.found('unit=unt_1,unt_3')).toEqual(['3', '1']);
  expect(await w.found('party=pty_2')).toEqual(['2']);
  const first = (await w.call('sun', `GET /sites/${SITE}/accounts?building=A&limit=2`)).body;
  expect(first.items).toHaveLength(2);
  expect(await w.found(`building=A&limit=2&after=${encodeURIComponent(first.next)}`)).toEqual(['1']);
  expect(await w.found('sort=due&building=A')).toHaveLength(3);
  expect(await w.found('state=finished&building=A')).toEqual([]);
});

test.each([
  ['overdue=perhaps', 'query.overdue'],
  ['leastFen=0', 'query.leastFen'],
  ['leastFen=1.5', 'query.leastFen'],
  ['rung=sky', 'query.rung.0'],
  ['unit=A-1', 'query.unit.0'],
  ['number=4', 'query'],
])('what they can’t be asked for by is refused by name: %s', async (query, field) => {
  expect(await w.found(query)).toBe(field);
});
