import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { type Deps, routes as statementRoutes } from '../accounts/print-api.ts';
import { accountsIn } from '../accounts/store.ts';
import { feesIn } from '../fees/store.ts';
import { namesFrom } from '../letters/read-store.ts';
import { type Deps as ReceiptDeps, routes as receiptRoutes } from '../receipts/print-api.ts';
import { booksIn } from '../receipts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock } = wired;
export const handler = serve<Deps & ReceiptDeps>([...receiptRoutes, ...statementRoutes], {
  ...wired,
  accounts: accountsIn(tables, wired),
  books: booksIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
  names: namesFrom(feesIn(tables), clock),
});
