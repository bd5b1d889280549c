import * as z from 'zod';
import { at, day, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';

/** How an owner agreed: a signature, photographed and hashed, or by word. */
export const AGREED = ['signature', 'word'] as const;
/** Why a slip comes to nothing before the work. */
export const CANCELLED = ['owner', 'price', 'not-possible', 'mistake'] as const;

const fen = z.number().int().meta({ description: 'Fen (分)' });
const opens = z.array(obligation);
const appointedDay = day.meta({ description: 'The site-local day the work is appointed for' });
const agreed = {
  how: z.enum(AGREED),
  photo: z.string().optional().meta({ description: 'SHA-256 of the photographed signature' }),
  words: personalRef.optional().meta({ description: 'Who said what' }),
};

export const slipOpened = defineEvent(
  'slip.opened',
  'An owner wants something done that is paid for (有偿服务单); from the appointed day on it counts in Q6.',
  z.object({
    number: z.string().optional().meta({ description: 'As people say it, with its year: `YC20261130-004`' }),
    unit: z.string(),
    party: z.string().meta({ description: 'Who pays' }),
    building: z.string(),
    service: z.string().meta({ description: 'What kind of work, as a code', example: 'pipe-repair' }),
    department: z.string(),
    appointedAt: at,
    appointedDay,
    words: personalRef.optional().meta({ description: 'What is wanted, in words' }),
    policy: z.number().int(),
    opens,
  }),
);
export const slipPriceConfirmed = defineEvent(
  'slip.price-confirmed',
  'The owner agreed to a price, before the work or to a higher one after it.',
  z.object({ fen, ...agreed }),
);
export const slipDone = defineEvent(
  'slip.done',
  'The work is done; its amount is due at 24:00 of the day after, or at the deduction cut-off if that is earlier.',
  z.object({ appointedDay, doneAt: at, amountDue: at, opens }),
);
export const slipAmountEntered = defineEvent(
  'slip.amount-entered',
  'The amount of the work was entered.',
  z.object({ appointedDay, doneAt: at, amountDue: at, enteredAt: at, fen, opens }),
);
export const slipAmountCorrected = defineEvent(
  'slip.amount-corrected',
  'The amount was put right before the owner signed; when it was first entered stands.',
  z.object({ fen }),
);
export const slipSigned = defineEvent(
  'slip.signed',
  'The owner signed for the work and its amount.',
  z.object({ unit: z.string(), party: z.string(), building: z.string(), fen, ...agreed, opens }),
);
export const slipCharged = defineEvent(
  'slip.charged',
  "The amount stands on the payer's account.",
  z.object({ account: z.string(), bill: z.string(), dueDay: day, fen }),
);
export const slipCancelled = defineEvent(
  'slip.cancelled',
  'Nothing was done: called off before the work, with a reason.',
  z.object({ appointedDay, reason: z.enum(CANCELLED), words: personalRef }),
);

export const slipEvents = [
  slipOpened,
  slipPriceConfirmed,
  slipDone,
  slipAmountEntered,
  slipAmountCorrected,
  slipSigned,
  slipCharged,
  slipCancelled,
  ...obligationEvents('slip'),
] as const;
export type SlipEvent = (typeof slipEvents)[number];
