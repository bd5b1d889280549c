import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { booksIn, invoicesIn } from '../receipts/store.ts';
import { enterRefund, issueReceipt, voidPayment } from '../receipts/write-store.ts';
import { writer } from '../receipts/writer.ts';

const wired = wire();
const { doc, registry, policies, clock } = wired;
const tables = wired.tables('billing');
const deps = {
  policies,
  clock,
  books: booksIn(tables),
  invoices: invoicesIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
};
export const handler = writer({
  issue: (event) => issueReceipt(deps, event),
  annul: (event) => voidPayment(deps, event),
  giveBack: (event) => enterRefund(deps, event),
});
