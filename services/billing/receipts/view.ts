import * as z from 'zod';
import { day } from '../../../shared/domain/events.ts';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { iso } from '../../../shared/time/clock.ts';
import { METHODS, PARTS } from '../accounts/contract.ts';
import { paymentPart } from '../accounts/events.ts';
import type { IssuedReceipt } from './book.ts';
import { INVOICE_STATUSES, type Invoice } from './invoice.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const serial = z.string().meta({ description: 'The year and a number without gaps', example: '2026-000345' });

export const invoiceOut = z
  .object({
    state: z.enum(INVOICE_STATUSES),
    number: z.string().optional(),
    redNumber: z.string().optional(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Invoice' });

export const receiptOut = z
  .object({
    serial,
    payment: z.string(),
    account: z.string(),
    unit: z.string(),
    party: z.string(),
    method: z.enum(METHODS),
    fen,
    paidOn: day,
    takenOn: day.meta({ description: 'The cash day it belongs to' }),
    takenAt: instantOut,
    issuedAt: instantOut,
    allocations: z.array(z.object({ bill: z.string(), part: z.enum(PARTS), fen })),
    creditFen: fen.meta({ description: 'What of it is prepaid' }),
    parts: z
      .array(paymentPart)
      .optional()
      .meta({ description: 'Of a payment for several accounts of the payer: what each has of it' }),
    reversedOn: day.optional().meta({ description: 'Void from this day on; the number stays' }),
    invoice: invoiceOut,
  })
  .meta({ id: 'Receipt' });

const invoiceView = (state: Invoice | undefined, now: number): z.input<typeof invoiceOut> => ({
  state: state?.status ?? 'none',
  ...(state?.number === undefined ? {} : { number: state.number }),
  ...(state?.redNumber === undefined ? {} : { redNumber: state.redNumber }),
  owed: owedView(state?.owed ?? [], now),
});

export const receiptView = (
  { reversedAt: _, ...receipt }: IssuedReceipt,
  invoice: Invoice | undefined,
  now: number,
): z.input<typeof receiptOut> => ({
  ...receipt,
  takenAt: iso(receipt.takenAt),
  issuedAt: iso(receipt.issuedAt),
  invoice: invoiceView(invoice, now),
});
