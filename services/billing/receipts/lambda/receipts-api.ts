import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { routes } from '../api.ts';
import { booksIn, invoicesIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = http(routes, {
  ...wired,
  books: booksIn(tables),
  invoices: invoicesIn(tables),
  accounts: accountsIn(tables, wired),
});
