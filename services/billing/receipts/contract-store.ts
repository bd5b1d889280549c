/** Receipts, invoices and the cash book as they are kept. */

export { notReversed } from './reversed-store.ts';
export {
  type Books,
  booksIn,
  type CashEntry,
  cashPages,
  type Invoices,
  invoicesIn,
  receiptByPayment,
  receiptsOf,
} from './store.ts';
