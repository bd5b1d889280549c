import * as z from 'zod';
import { day, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';

/** Why the bank did not deduct; a closed list. `unanswered`: it never said. */
export const FAILURES = [
  'insufficient-funds',
  'account-closed',
  'no-mandate',
  'limit',
  'refused',
  'other',
  'unanswered',
] as const;
export type Failure = (typeof FAILURES)[number];

/** Why a line of the bank's file is no answer to a line of the batch; nothing follows from it but the report. */
export const FAULTS = [
  'format',
  'truncated',
  'unknown-line',
  'unknown-mandate',
  'wrong-amount',
  'unknown-status',
  'contradictory',
  'answered-otherwise',
] as const;

const fen = z.number().int().meta({ description: 'Fen (分)' });
const line = z.number().int().meta({ description: 'A line of the batch, from 1' });
const account = z.string();
const bill = z.string();

export const batchLine = z.object({
  line,
  account,
  bank: z.string(),
  token: z.string().meta({ description: 'Stands for the mandate; never an account number' }),
  fen,
  bills: z.array(bill).meta({ description: 'What it is for, oldest first; the first of very many' }),
});
export const fileReport = z.object({
  file: z.string().meta({ description: 'SHA-256 of the file' }),
  rows: z.number().int().meta({ description: 'Lines in it that say something' }),
  paid: z.number().int(),
  failed: z.number().int(),
  repeated: z.number().int().meta({ description: 'Answers that were read before; nothing came of them' }),
  bad: z.number().int(),
  faults: z
    .array(z.object({ at: z.number().int().meta({ description: 'Line of the file, from 1' }), why: z.enum(FAULTS) }))
    .meta({ description: 'The first of the bad lines' }),
});

export const deductionOpened = defineEvent(
  'deduction.opened',
  'A batch (代扣) for the bank: what every account with a mandate owes by its day, frozen.',
  z.object({
    day: day.meta({ description: 'Its cut-off: what is due by then, rolled as due days are, is in it' }),
    part: z.number().int().meta({ description: 'A site with very many mandates has several a day' }),
    policy: z.number().int(),
    lines: z.number().int(),
    fen,
    last: account.meta({ description: 'The last account gone through' }),
    more: z.boolean().meta({ description: 'Whether there are mandates after it, for another part' }),
    opens: z.array(obligation),
  }),
);
export const deductionListed = defineEvent(
  'deduction.listed',
  'Lines of a batch, as they go to the bank.',
  z.object({ lines: z.array(batchLine) }),
);
export const deductionPaid = defineEvent(
  'deduction.paid',
  'The bank deducted these lines; each becomes one payment of its account.',
  z.object({
    paidOn: day,
    lines: z.array(z.object({ line, account, fen, payment: z.string() })),
  }),
);
export const deductionFailed = defineEvent(
  'deduction.failed',
  'The bank did not deduct these lines. The debts stay open, and dunning goes on with them.',
  z.object({
    lines: z.array(z.object({ line, account, fen, reason: z.enum(FAILURES) })),
    opens: z.array(obligation),
  }),
);
export const deductionResultRead = defineEvent(
  'deduction.result-read',
  "A result file of the bank was read: what came of it, and which of its lines couldn't be used.",
  fileReport,
);
export const deductionGivenUp = defineEvent(
  'deduction.given-up',
  'The bank will not answer the lines still open; they count as failed.',
  z.object({ words: personalRef }),
);
export const deductionFollowedUp = defineEvent(
  'deduction.followed-up',
  'The failed lines were taken up with their payers.',
  z.object({ words: personalRef }),
);

export const deductionEvents = [
  deductionOpened,
  deductionListed,
  deductionPaid,
  deductionFailed,
  deductionResultRead,
  deductionGivenUp,
  deductionFollowedUp,
  ...obligationEvents('deduction'),
] as const;
export type DeductionEvent = (typeof deductionEvents)[number];
