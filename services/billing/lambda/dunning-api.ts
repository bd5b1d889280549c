import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { routes } from '../dunning/api.ts';
import { routes as taskRoutes } from '../dunning/tasks-api.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = serve([...routes, ...taskRoutes], {
  ...wired,
  accounts: accountsIn(wired.tables('billing')),
  directory: { doc, registry },
});
