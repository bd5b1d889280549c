/** What receipts and invoices say of a payment. */

export { bySerial, type CashKind, dayOfMoney } from './book.ts';
export { invoiceId } from './invoice.ts';
