import { expect, it } from 'vitest';
import { WAITS } from '../../services/inbox/waits.ts';
import { findServices } from './services.ts';

const services = await findServices();

/** The call by which each is decided. */
const DECIDES: Record<string, string> = {
  'account waiver': '/sites/{site}/accounts/{account}/waivers/decide',
  'account adjustment': '/sites/{site}/accounts/{account}/adjustments/decide',
  'account refund': '/sites/{site}/accounts/{account}/refunds/decide',
  'account payment': '/sites/{site}/accounts/{account}/payments/decide',
  'account hold': '/sites/{site}/accounts/{account}/holds/decide',
  'exemption approve': '/sites/{site}/exemptions/{exemption}/decide',
  'cashday countersign': '/sites/{site}/cash-days/{day}/countersign',
  'cashday reopen': '/sites/{site}/cash-days/{day}/reopen/decide',
  'complaint second-look': '/sites/{site}/complaints/{complaint}/second-look',
  'erasure erase': '/sites/{site}/erasures/{erasure}/confirm',
};

it('waits for exactly those whom the route lets decide', () => {
  const routes = services.flatMap((service) => service.routes);
  for (const { type, duty, who } of WAITS.filter(({ type }) => type !== 'staff')) {
    const route = routes.find(({ method, path }) => method === 'POST' && path === DECIDES[`${type} ${duty}`]);
    if (!route || typeof route.who === 'string') throw new Error(`${type} ${duty}: no such route`);
    expect([...route.who].sort(), `${type} ${duty}`).toEqual([...who].sort());
  }
});

it('lists whatever is asked of a second person: no event asks that begins to wait for nobody', () => {
  const asking = services.flatMap(({ events }) => events.map(({ name }) => name)).filter((name) => /asked$/.test(name));
  expect(asking.length).toBeGreaterThan(7);
  const known = new Set(WAITS.map(({ asked }) => asked));
  // An invoice is asked for by whoever paid.
  expect(asking.filter((name) => !known.has(name))).toEqual(['invoice.asked']);
});
