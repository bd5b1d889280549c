import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { namesFrom } from '../../letters/contract-store.ts';
import { booksIn } from '../../receipts/contract-store.ts';
import { type Deps as ReceiptDeps, routes as receiptRoutes } from '../../receipts/print-api.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { type Deps, routes as statementRoutes } from '../statement-api.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, clock } = wired;
  return http<Deps & ReceiptDeps>([...receiptRoutes, ...statementRoutes], {
    ...wired,
    accounts: accountsIn(tables, wired),
    books: booksIn(tables),
    personal: personalReader(tables),
    directory: { doc, registry },
    names: namesFrom(feesIn(tables), clock),
  });
};
