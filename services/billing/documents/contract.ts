/** How what goes to a payer looks, and what it calls things. */

export { spanIn } from './compose/words.ts';
export { documentNumber } from './document-number.ts';
export { emailOf } from './email.ts';
export { contentHash } from './hash.ts';
export { deskFacts, type ItemNames, itemLabel, periodLabel, unitLabel, word } from './labels.ts';
export type {
  DebtLine,
  DeliverySheet,
  FeeLine,
  FeeNotice,
  LateDebt,
  MailedPaper,
  OffsetLine,
  ReceiptPaper,
} from './model.ts';
export { pdfOf, pdfOfAll } from './pdf.ts';
export type { PrintDeps } from './print.ts';
