import { expect, test } from 'vitest';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { routes as mandateRoutes } from '../deductions/mandate-api.ts';
import { type Deps, routes as paymentRoutes } from '../payments/api.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { routes } from './api.ts';
import { accountsIn } from './store.ts';
import { at, bill } from './testing.ts';
import { entersBills } from './testing-bills.ts';

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
