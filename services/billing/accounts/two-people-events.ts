import * as z from 'zod';
import { day, defineEvent, personalRef, staffId } from '../../../shared/domain/events.ts';
import { allocation, bill, fen, moved, words } from './event-parts.ts';
import { METHODS } from './terms.ts';

/** What one person asks for and another decides on. */
export const accountPaymentAsked = defineEvent(
  'account.payment-asked',
  'Money was entered so late that its day takes more of late charges away than one person may; a second person decides.',
  z.object({
    payment: z.string(),
    method: z.enum(METHODS),
    fen,
    paidOn: day,
    designated: z.array(bill),
    reference: personalRef.optional(),
    lateFen: fen.meta({ description: 'What that day takes of late charges away' }),
    ...moved,
  }),
);
export const accountPaymentRefused = defineEvent(
  'account.payment-refused',
  'A second person refused the day of a payment; it is not entered.',
  z.object({ payment: z.string(), words, ...moved }),
);
export const accountAdjustmentAsked = defineEvent(
  'account.adjustment-asked',
  'Somebody asks that a bill be corrected by more than one person may; a second person decides.',
  z.object({
    adjustment: z.string(),
    bill,
    fen: fen.meta({ description: 'Signed: negative is less owed' }),
    words,
    ...moved,
  }),
);
export const accountAdjustmentRefused = defineEvent(
  'account.adjustment-refused',
  'A second person refused a correction.',
  z.object({ adjustment: z.string(), words, ...moved }),
);
export const accountWaiverAsked = defineEvent(
  'account.waiver-asked',
  'Somebody asks that a part of a bill be let go; a second person decides.',
  z.object({ waiver: z.string(), bill, fen, words, ...moved }),
);
export const accountWaived = defineEvent(
  'account.waived',
  'A second person agreed: that much of the bill is let go.',
  z.object({ waiver: z.string(), bill, allocations: z.array(allocation), askedBy: staffId, ...moved }),
);
export const accountWaiverRefused = defineEvent(
  'account.waiver-refused',
  'A second person refused a waiver.',
  z.object({ waiver: z.string(), words, ...moved }),
);
export const accountRefundAsked = defineEvent(
  'account.refund-asked',
  'Somebody asks that more prepaid money be given back than one person may; a second person decides.',
  z.object({ refund: z.string(), fen, method: z.enum(METHODS), words, ...moved }),
);
export const accountRefundRefused = defineEvent(
  'account.refund-refused',
  'A second person refused a refund.',
  z.object({ refund: z.string(), words, ...moved }),
);
