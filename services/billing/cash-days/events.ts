import * as z from 'zod';
import { day, defineEvent, personalRef, staffId } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { METHODS } from '../accounts/contract.ts';
import { ROW_STATUSES } from './terms.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const count = z.number().int();
export const sum = z.object({ count, fen });
const part = sum.extend({ as: z.enum(ROW_STATUSES) });

/** What a channel took on a day by our receipts, and what its statements say of that day. */
export const channelFigures = sum.extend({
  method: z.enum(METHODS),
  reversed: sum.meta({ description: 'Payments of whatever day that were reversed that day' }),
  refunded: sum.meta({ description: 'Prepaid money that was given back that day' }),
  receipts: z
    .array(part)
    .optional()
    .meta({ description: 'How what was taken stands to the statements; only of channels that have some' }),
  statement: sum
    .extend({ lines: z.array(part).meta({ description: 'How the lines stand to what was taken' }) })
    .optional()
    .meta({ description: "The statements' lines of that day by which money came; only of channels that have some" }),
});

const opens = z.array(obligation);
const policy = z.number().int();
const seal = z.string().meta({ description: 'What the day came to, to the last receipt and line' });

export const cashDayOpened = defineEvent(
  'cashday.opened',
  'Money moved on this day for the first time, by a receipt or a line of a statement: somebody has to close it (日结).',
  z.object({ day, policy, opens }),
);
export const cashDayClosed = defineEvent(
  'cashday.closed',
  'The day was closed by channel and signed; another person has to sign it too.',
  z.object({
    day,
    seal,
    methods: z.array(channelFigures),
    countedFen: fen.meta({ description: 'Cash as counted (fen)' }),
    explained: z.array(z.enum(METHODS)).meta({ description: 'Channels that something is said of, in the order of it' }),
    explanations: z.array(personalRef),
    policy,
    opens,
  }),
);
export const cashDayCountersigned = defineEvent(
  'cashday.countersigned',
  'A second person signed what the day was closed with: it is final.',
  z.object({ seal }),
);
export const cashDayChanged = defineEvent(
  'cashday.changed',
  'Since it was signed something of the day has changed. What was signed stands; the day has to be signed anew.',
  z.object({ seal, opens }),
);
export const cashDayReopened = defineEvent(
  'cashday.reopened',
  'A signature was a mistake; the day has to be closed anew.',
  z.object({
    words: personalRef,
    askedBy: staffId.optional().meta({ description: 'Who asked for it, where a second person agreed' }),
    opens,
  }),
);
export const cashDayReopenAsked = defineEvent(
  'cashday.reopen-asked',
  'Somebody asks that a signed day of more than one person may reopen be opened again; a second person decides.',
  z.object({ words: personalRef, opens }),
);
export const cashDayReopenRefused = defineEvent(
  'cashday.reopen-refused',
  'A second person refused to open a signed day again; the signatures stand.',
  z.object({ words: personalRef }),
);
export const cashDayEvents = [
  cashDayOpened,
  cashDayClosed,
  cashDayCountersigned,
  cashDayChanged,
  cashDayReopened,
  cashDayReopenAsked,
  cashDayReopenRefused,
  ...obligationEvents('cashday'),
] as const;
export type CashDayEvent = (typeof cashDayEvents)[number];
