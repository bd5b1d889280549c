import * as z from 'zod';
import { at, day, defineEvent } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { METHODS } from '../accounts/contract.ts';
import { allocation, paymentPart } from '../accounts/events.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const serial = z
  .string()
  .meta({ description: "The site's serial: the year and a number without gaps", example: '2026-000345' });
const payment = z.string();

/** What a receipt says of a payment. */
export const receiptFacts = z.object({
  payment,
  account: z.string(),
  unit: z.string(),
  party: z.string(),
  method: z.enum(METHODS),
  fen,
  paidOn: day,
  takenOn: day.meta({ description: 'The site-local day on which it was recorded: the cash day it belongs to' }),
  takenAt: at,
  allocations: z.array(allocation),
  creditFen: fen.meta({ description: 'What of it is prepaid' }),
  parts: z
    .array(paymentPart)
    .optional()
    .meta({ description: 'Of a payment for several accounts: what each has of it' }),
});

export const receiptIssued = defineEvent(
  'receipt.issued',
  'A payment that has committed got its receipt (收据), with the next serial of the site.',
  z.object({ serial, ...receiptFacts.shape }),
);
export const receiptVoided = defineEvent(
  'receipt.voided',
  'The payment was reversed; its receipt is void and keeps its number.',
  z.object({ serial, payment, method: z.enum(METHODS), fen, reversedOn: day }),
);
export const receiptEvents = [receiptIssued, receiptVoided] as const;
export type ReceiptEvent = (typeof receiptEvents)[number];

const opens = z.array(obligation);
const about = { payment, serial };
const number = z.string().meta({ description: "The invoice's number at the tax platform" });

export const invoiceAsked = defineEvent(
  'invoice.asked',
  'A payer asks for an invoice (发票) of a payment; a receipt is none.',
  z.object({ ...about, fen, policy: z.number().int(), opens }),
);
export const invoiceIssued = defineEvent(
  'invoice.issued',
  'The invoice of a payment was issued.',
  z.object({ ...about, fen, policy: z.number().int(), number }),
);
export const invoiceFlushOwed = defineEvent(
  'invoice.flush-owed',
  'The payment was reversed: its invoice has to be flushed in red (红冲).',
  z.object({ payment, opens }),
);
export const invoiceRedFlushed = defineEvent(
  'invoice.red-flushed',
  'The invoice was flushed in red; what was paid may be given back.',
  z.object({ payment, number }),
);
export const invoiceDropped = defineEvent(
  'invoice.dropped',
  'The payment was reversed before its invoice was issued; none is owed.',
  z.object({ payment }),
);
export const invoiceEvents = [
  invoiceAsked,
  invoiceIssued,
  invoiceFlushOwed,
  invoiceRedFlushed,
  invoiceDropped,
  ...obligationEvents('invoice'),
] as const;
export type InvoiceEvent = (typeof invoiceEvents)[number];
