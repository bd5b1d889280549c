import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../accounts/api.ts';
import { accountsIn } from '../accounts/store.ts';
import { type Deps, routes as unitRoutes } from '../accounts/unit-api.ts';
import { invoicesIn } from '../receipts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>([...routes, ...unitRoutes], {
  ...wired,
  accounts: accountsIn(tables, wired.policies),
  invoices: invoicesIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
