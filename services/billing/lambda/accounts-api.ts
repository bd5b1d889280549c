import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../accounts/api.ts';
import { type Deps, routes as arrearsRoutes } from '../accounts/arrears-api.ts';
import { accountsIn } from '../accounts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>([...routes, ...arrearsRoutes], {
  ...wired,
  accounts: accountsIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
