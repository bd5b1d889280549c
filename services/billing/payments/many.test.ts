import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute, wakeUp } from '../../../shared/journal/execute.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { addDays, DAY } from '../../../shared/time/clock.ts';
import { accountId } from '../accounts/account.ts';
import { charge, pay } from '../accounts/decide.ts';
import { ledgerDifference } from '../accounts/ledger/ledger.ts';
import { accountsIn, readLedger } from '../accounts/store.ts';
import { at, bill } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';

const ID = accountId('unt_1', 'pty_1');
const SYSTEM = { staff: 'system:run', roles: [], departments: [] };

const accountOf = async () => {
  const world = await siteInMemory(billingTable, {}, at('2026-11-01', '09:00'));
  const accounts = accountsIn(world.tables, world.deps);
  let keys = 0;
  return {
    accounts,
    state: async () => {
      const { state } = await accounts.head(SITE, ID);
      if (!state) throw new Error('there is an account');
      return state;
    },
    does: async (now: number, decide: (on: Parameters<typeof pay>[0]) => ReturnType<typeof pay>) => {
      const context = await contextAt(world.deps.policies, SITE, now);
      return execute(accounts, {
        site: SITE,
        id: ID,
        now,
        by: SYSTEM.staff,
        idempotencyKey: { scope: `key-${++keys}`, body: '' },
        decide: (state) => {
          const events = decide({ state, actor: SYSTEM, now, context });
          return events instanceof Refusal ? events : { events };
        },
      });
    },
    wakesUp: (now: number) => wakeUp(accounts, { site: SITE, id: ID, now }),
  };
};
const charged = (bills: ReturnType<typeof bill>[]) => (on: Parameters<typeof charge>[0]) =>
  charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', bills });

test('arrears of very many due days are dunned, reported late and paid, though no transaction holds them all', async () => {
  const account = await accountOf();
  const many = Array.from({ length: 60 }, (_, i) => bill(100, { period: `p${i}`, dueDay: addDays('2026-05-01', i) }));
  await account.does(at('2026-11-01', '09:00'), charged(many));
  await account.wakesUp(at('2026-11-01', '10:00'));
  await account.wakesUp(at('2026-11-02', '09:00'));
  expect((await account.state()).steps).toHaveLength(60);
  // Nobody looked for a week: each of them is late three times over.
  await account.wakesUp(at('2026-11-09', '10:00'));
  const names = (await account.accounts.whole(SITE, ID)).map(({ name }) => name);
  expect(names.filter((name) => name === 'account.missed')).toHaveLength(60);
  expect(names.filter((name) => name === 'account.escalated')).toHaveLength(120);
  await account.does(at('2026-11-09', '11:00'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 6_000 }));
  expect(await account.state()).toMatchObject({ debts: [], steps: [], owed: [] });
});

test.each([
  ['after the clock came by', true],
  ['before the clock came by', false],
])('120 open due days are paid in one command, %s', async (_, woken) => {
  const account = await accountOf();
  const days = Array.from({ length: 120 }, (_, i) => bill(100, { period: `p${i}`, dueDay: addDays('2026-05-01', i) }));
  for (const some of [days.slice(0, 60), days.slice(60)]) await account.does(at('2026-11-01', '09:00'), charged(some));
  if (woken) await account.wakesUp(at('2026-11-02', '09:00'));
  const { events } = await account.does(at('2026-11-02', '09:01'), (on) =>
    pay(on, { payment: 'pay_1', method: 'cash', fen: 12_500 }),
  );
  expect(events.length).toBeLessThan(100);
  const journal = await account.accounts.whole(SITE, ID);
  const names = journal.map(({ name }) => name);
  expect(names.filter((name) => name === 'account.step-due')).toHaveLength(120);
  expect(names.filter((name) => name === 'account.paid')).toHaveLength(1);
  expect(await account.state()).toMatchObject({ debts: [], steps: [], owed: [], creditFen: 500 });
  const { entries } = await readLedger(account.accounts, SITE, ID);
  expect(ledgerDifference(await account.state(), entries)).toBe(0);
});

test('a journal of many megabytes is read to its end', async () => {
  const account = await accountOf();
  const wide = (n: number) =>
    Array.from({ length: 50 }, (_, i) => bill(1, { item: `${'i'.repeat(400)}${i}`, period: `p${n}` }));
  for (let n = 0; n < 60; n++) {
    const now = at('2026-11-01') + n * DAY;
    await account.does(now, charged(wide(n)));
    await account.does(now, (on) => pay(on, { payment: `pay_${n}`, method: 'cash', fen: 50 }));
  }
  const { entries, payments } = await readLedger(account.accounts, SITE, ID);
  expect(payments.size).toBe(60);
  expect(ledgerDifference(await account.state(), entries)).toBe(0);
});
