import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { routes } from '../dunning/api.ts';
import { type Deps, routes as taskRoutes } from '../dunning/tasks-api.ts';

const wired = wire();
const { doc, registry } = wired;
const tables = wired.tables('billing');
export const handler = serve<Deps>([...routes, ...taskRoutes], {
  ...wired,
  accounts: accountsIn(tables, wired),
  personal: personalReader(tables),
  directory: { doc, registry },
});
