import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { lettersIn } from '../letters/store.ts';
import { booksIn } from '../receipts/store.ts';
import { type Deps, routes } from '../statements/api.ts';
import { remittancesIn } from '../statements/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>(routes, {
  ...wired,
  accounts: accountsIn(tables, wired),
  letters: lettersIn(tables),
  books: booksIn(tables),
  remittances: remittancesIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
