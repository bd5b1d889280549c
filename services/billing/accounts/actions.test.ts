import { expect, test } from 'vitest';
import { payerKey } from '../../../shared/directory/payer.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { dryRunOver } from '../../../shared/testing/dry-run.ts';
import { OTHERS, SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { routes as mandateRoutes } from '../deductions/mandate-api.ts';
import { type Deps, routes as paymentRoutes } from '../payments/api.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { routes } from './api.ts';
import { accountsIn } from './store.ts';
import { at, bill } from './testing.ts';
import { entersBills } from './testing-bills.ts';

test('whoever reads an account changes nothing, though something has fallen due and money of theirs would cover it', async () => {
  const run = dryRunOver(memoryTables(billingTable, ...OTHERS));
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'), run.doc);
  const accounts = accountsIn(world.tables, world.deps);
  const deps = { ...world.deps, accounts, invoices: invoicesIn(world.tables) };
  const call = apiCaller<Deps>([...routes, ...paymentRoutes, ...mandateRoutes], deps);
  await world.publish({ ...payerKey(SITE, 'pty_1'), party: 'pty_1', name: { ref: 'txt_1', hash: '' } });
  const [owing, prepaid] = [
    await entersBills(world, accounts, 1, bill(25_399)),
    await entersBills(world, accounts, 2, bill(100)),
  ];
  await call('sun', `POST /sites/${SITE}/accounts/${prepaid}/payments`, { fen: 50_000, method: 'cash' });
  world.now = at('2026-12-01', '09:30');
  run.dry = true;
  const { status, body } = await call('sun', `GET /sites/${SITE}/accounts/${owing}`);
  expect([status, body.version]).toEqual([200, (await accounts.head(SITE, owing)).version]);
});

const PATH = `/sites/${SITE}/accounts/${accountId('unt_1', 'pty_1')}`;
const STAFF = { sun: { role: 'centre-manager' }, ding: { role: 'site-director' } } as const;

test('an account says which commands whoever reads it may give, and why not the others', async () => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const accounts = accountsIn(world.tables, world.deps);
  const call = apiCaller<Deps>([...routes, ...paymentRoutes, ...mandateRoutes], {
    ...world.deps,
    accounts,
    invoices: invoicesIn(world.tables),
  });
  await entersBills(world, accounts, 1, bill(25_399));
  const actions = async (who: string) =>
    Object.fromEntries(
      (await call(who, `GET ${PATH}`)).body.actions.map((one: { do: string; may: boolean; why?: string }) => [
        one.do,
        one.why ?? one.may,
      ]),
    );
  const wanted = { bill: 'management/2026-11', fen: 500, reason: 'A leak.' };
  const asked = await call('sun', `POST ${PATH}/waivers`, wanted);
  expect(asked.body.actions).toContainEqual({
    ...{ do: 'waivers/decide', may: false, why: 'account.second-person' },
    says: expect.any(String),
  });
  expect(await actions('sun')).toEqual({
    ...{ reversals: true, adjustments: true, waivers: true, holds: true, payments: true },
    ...{ mandate: true, 'mandate/end': true },
    'adjustments/decide': 'request.not-found',
    'waivers/decide': 'account.second-person',
    'holds/decide': 'request.not-found',
    'holds/end': 'request.not-found',
    ...{ calls: 'account.no-step', visits: 'account.no-step', letters: 'account.no-step' },
    ...{ review: 'request.forbidden', refunds: 'account.not-prepaid' },
    'payments/decide': 'request.not-found',
    'refunds/decide': 'request.not-found',
  });
  expect(await actions('ding')).toMatchObject({ 'waivers/decide': true, payments: 'request.forbidden' });
});
