import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../accounts/api.ts';
import { type Deps as PayerDeps, routes as payerRoutes } from '../accounts/payer-api.ts';
import { accountsIn } from '../accounts/store.ts';
import { type Deps, routes as unitRoutes } from '../accounts/unit-api.ts';
import { lettersIn } from '../letters/store.ts';
import { invoicesIn } from '../receipts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps & PayerDeps>([...routes, ...unitRoutes, ...payerRoutes], {
  ...wired,
  accounts: accountsIn(tables, wired),
  invoices: invoicesIn(tables),
  letters: lettersIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
