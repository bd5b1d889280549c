import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { routes } from '../receipts/api.ts';
import { booksIn, invoicesIn } from '../receipts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = serve(routes, {
  ...wired,
  books: booksIn(tables),
  invoices: invoicesIn(tables),
  accounts: accountsIn(tables, wired),
});
