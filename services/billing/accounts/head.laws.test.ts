import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import type { Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { DAY, localDay } from '../../../shared/time/clock.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../payments/api.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { type Deps, routes } from './api.ts';
import type { NewEvents, Situation } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { accountsIn } from './store.ts';
import { at, bill, CONTEXT, ZONE } from './testing.ts';
import { entersBills } from './testing-bills.ts';
import { holdForComplaint, serviceComplained } from './two-people.ts';
import { moneyProposed } from './unclaimed.ts';

const STAFF = { li: { role: 'agent' }, sun: { role: 'centre-manager' } } as const;
const ACCOUNT = accountId('unt_1', 'pty_1');
const PATH = `POST /sites/${SITE}/accounts/${ACCOUNT}`;
/** Bytes that the head of an account may have, whatever is done to it: every write of it costs by its size. */
const HEAD_MOST = 40_000;
/** So often each thing is done in a history. */
const OFTEN = 120;

/** An account in arrears whose payer is to be called. */
const owing = async () => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-18', '12:00'));
  const accounts = accountsIn(world.tables, world.deps);
  const call = apiCaller<Deps & PaymentDeps>([...routes, ...paymentRoutes], {
    ...world.deps,
    accounts,
    invoices: invoicesIn(world.tables),
  });
  await entersBills(world, accounts, 1, bill(5_000_000));
  let serial = 0;
  const heard = (decide: (on: Situation) => NewEvents) =>
    execute(accounts, {
      site: SITE,
      id: ACCOUNT,
      now: world.now,
      by: 'system:test',
      idempotencyKey: { scope: `heard-${serial++}`, body: '' },
      decide: (state): Decision<AccountEvent> => {
        const actor = { staff: 'system:test', roles: [], departments: [] };
        const events = decide({ state, actor, now: world.now, context: CONTEXT });
        return events instanceof Refusal ? events : { events };
      },
    });
  const until = localDay(world.now + 5 * DAY, ZONE);
  const name = 'management/2026-11';
  return {
    world,
    size: async () => JSON.stringify((await accounts.head(SITE, ACCOUNT)).state).length,
    /** What people ask for, and what others' services tell, each time anew. */
    moves: {
      waiver: () => call('li', `${PATH}/waivers`, { bill: name, fen: 1, reason: 'x' }),
      hold: () => call('li', `${PATH}/holds`, { kind: 'hardship', until, reason: 'x' }),
      correction: () => call('sun', `${PATH}/adjustments`, { bill: name, fen: -200_000, reason: 'x' }),
      call: () => call('li', `${PATH}/calls`, { outcome: 'no-answer' }),
      complaint: () => heard((on) => serviceComplained(on, `cmp_${serial++}`)),
      dispute: () => heard((on) => holdForComplaint(on, `hld_${serial++}`, `cmp_${serial}`)),
      unclaimed: () => heard((on) => moneyProposed(on, `rem_${serial++}`)),
    },
  };
};

test('law: whatever is asked of an account, in whatever order and however often, its head stays small', async () => {
  const w = await owing();
  let largest = 0;
  const order = fc.shuffledSubarray(Object.keys(w.moves) as (keyof typeof w.moves)[], { minLength: 7 });
  await fc.assert(
    fc.asyncProperty(order, async (names) => {
      for (const name of names) {
        for (let i = 0; i < OFTEN; i++) {
          w.world.now += 1_000;
          await w.moves[name]();
        }
        largest = Math.max(largest, await w.size());
      }
    }),
    { numRuns: 1 },
  );
  expect(largest).toBeLessThan(HEAD_MOST);
});

test('so many requests wait on one account; one more is refused until one of them is decided', async () => {
  const w = await owing();
  await w.world.setPolicy({ openRequestsMost: 3 });
  w.world.now += 61_000;
  for (let i = 0; i < 3; i++) expect((await w.moves.waiver()).status).toBe(200);
  for (const move of [w.moves.waiver, w.moves.hold, w.moves.correction]) {
    const { status, body } = await move();
    expect([status, body.code, body.details]).toEqual([422, 'account.requests-most', { most: 3 }]);
  }
});

test('of the same that is sent at once no more than the limit waits', async () => {
  const w = await owing();
  await w.world.setPolicy({ openRequestsMost: 3 });
  w.world.now += 61_000;
  const all = await Promise.all(Array.from({ length: 5 }, () => w.moves.waiver()));
  expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(3);
});
