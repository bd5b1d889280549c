import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { routes as mandateRoutes } from '../mandate-api.ts';
import { deductionsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = http<Deps>([...routes, ...mandateRoutes], {
  ...wired,
  deductions: deductionsIn(tables),
  accounts: accountsIn(tables, wired),
  personal: personalReader(tables),
  directory: { doc, registry },
});
