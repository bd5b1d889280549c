import * as z from 'zod';
import { defineEvent, staffId } from '../../../shared/domain/events.ts';
import { allocation, fen, moved, movedMoney, words } from './event-parts.ts';
import { METHODS } from './terms.ts';

/** What becomes of prepaid money. */
export const accountOffset = defineEvent(
  'account.offset',
  'Prepaid money that had been freed while other bills were open was offset against those.',
  z.object({ offsets: z.array(allocation), ...moved }),
);
export const accountRefunded = defineEvent(
  'account.refunded',
  'Prepaid money was given back.',
  z.object({
    refund: z.string(),
    fen,
    method: z.enum(METHODS),
    from: z
      .array(z.object({ payment: z.string(), fen }))
      .meta({ description: 'Whose money it was; what corrections freed of offsets is no single payment’s' }),
    words,
    askedBy: staffId.optional().meta({ description: 'Who asked for it, where a second person agreed' }),
    ...moved,
  }),
);
export const accountCreditMoved = defineEvent(
  'account.credit-moved',
  'Prepaid money went to another account of the same payer, or came from one; the other has the same with the opposite sign.',
  z.object({
    other: z.string().meta({ description: 'The other account' }),
    fen: fen.meta({ description: 'Signed: negative is money that went' }),
    from: z
      .array(movedMoney)
      .meta({ description: 'Of which payments it is; what corrections freed is no single payment’s' }),
    words: words.optional().meta({ description: 'Absent where it was moved by itself, for what was overdue there' }),
    ...moved,
  }),
);
