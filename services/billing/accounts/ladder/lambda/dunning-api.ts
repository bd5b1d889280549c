import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { http } from '../../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../../shared/people/personal.ts';
import { feeNamesIn } from '../../../fee-names.ts';
import { accountsIn } from '../../store.ts';
import { routes } from '../api.ts';
import { type Deps, routes as taskRoutes } from '../tasks-api.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry } = wired;
  const tables = wired.tables('billing');
  return http<Deps>([...routes, ...taskRoutes], {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    accounts: accountsIn(tables, wired),
    personal: personalReader(tables),
    directory: { doc, registry },
  });
};
