import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { routes } from '../api.ts';
import { booksIn, invoicesIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  return http(routes, {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    books: booksIn(tables),
    invoices: invoicesIn(tables),
    accounts: accountsIn(tables, wired),
  });
};
