import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { type Deps, routes } from '../api.ts';
import { routes as mandateRoutes } from '../mandate-api.ts';
import { deductionsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry } = wired;
  return http<Deps>([...routes, ...mandateRoutes], {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    deductions: deductionsIn(tables),
    accounts: accountsIn(tables, wired),
    personal: personalReader(tables),
    directory: { doc, registry },
  });
};
