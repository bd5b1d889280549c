import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { type Deps, routes } from '../deductions/api.ts';
import { routes as mandateRoutes } from '../deductions/mandate-api.ts';
import { deductionsIn } from '../deductions/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>([...routes, ...mandateRoutes], {
  ...wired,
  deductions: deductionsIn(tables),
  accounts: accountsIn(tables, wired),
  personal: personalReader(tables),
  directory: { doc, registry },
});
