import * as z from 'zod';
import { at, day, defineEvent, personalRef, staffId } from '../../../shared/events.ts';
import { obligation, obligationEvents } from '../../../shared/obligation.ts';
import { CHANNELS, HOLD_KINDS, METHODS, PARTS, RELEASES, RUNGS } from './terms.ts';

/** What several events of an account carry. */
const fen = z.number().int().meta({ description: 'Fen (分)' });
const bill = z.string().meta({
  description: 'A bill of the account: `<fee item>/<period>`; of a paid service `service/<day>.<slip>`',
  example: 'management/2026-11',
});
const words = personalRef.meta({ description: 'Why, in words' });
/** What is owed and when to look at the account next (null: never), where the event changed it; it replaces what stood there. */
const moved = { opens: z.array(obligation).optional(), wake: at.nullable().optional() };

export const billFacts = z.object({
  bill,
  from: day.optional(),
  to: day.optional().meta({ description: 'The last day it is for' }),
  dueDay: day,
  fen: fen.meta({ description: 'What is to be paid: after the discount (fen)' }),
  discountFen: fen
    .optional()
    .meta({ description: 'A dated, approved discount; a negative line of the bill, not a waiver' }),
  quantityMicro: z.number().int().optional().meta({ description: 'How much of it, in millionths: m², kWh, pieces' }),
  sharedMicro: z
    .number()
    .int()
    .optional()
    .meta({ description: 'The area by which a pool was shared (公摊), in millionths of a m²' }),
  rate: z.string().optional().meta({ description: 'Yuan for one of it, as decimal text' }),
});
export const allocation = z.object({ bill, part: z.enum(PARTS), fen });
const rung = z.enum(RUNGS);
const step = { dueDay: day, rung };
const on = day.meta({ description: 'The day on which the step fell due' });

const goesOn = {
  lateThrough: day.optional(),
  lateChargedFen: fen.optional(),
  clock: day.optional().meta({ description: 'From when limitation counts: the last demand that provably arrived' }),
};

export const accountOpened = defineEvent(
  'account.opened',
  'Fees of a unit have somebody who pays them; an account is one payer of one unit.',
  z.object({ unit: z.string(), party: z.string(), building: z.string(), policy: z.number().int() }),
);
export const accountCharged = defineEvent(
  'account.charged',
  'Bills were entered; a prepaid balance was offset against them at once.',
  z.object({
    run: z.string().optional(),
    slip: z.string().optional(),
    bills: z.array(billFacts),
    offsets: z.array(allocation),
    passed: z
      .array(z.object(step))
      .optional()
      .meta({ description: 'Rungs that lie behind: arrears taken over with a chosen first rung' }),
    ...moved,
  }),
);
export const accountPaid = defineEvent(
  'account.paid',
  'Money came in and was allocated (Civil Code 560, 561); the rest is prepaid.',
  z.object({
    payment: z.string(),
    method: z.enum(METHODS),
    fen,
    paidOn: day,
    designated: z.array(bill),
    allocations: z.array(allocation),
    creditFen: fen,
    reference: personalRef.optional(),
    ...moved,
  }),
);
export const accountReversed = defineEvent(
  'account.reversed',
  'A payment turned out not to have come; what it had settled is open again.',
  z.object({
    payment: z.string(),
    fen,
    allocations: z.array(allocation),
    recordedAt: at.optional().meta({ description: 'When the payment had been recorded' }),
    creditFen: fen.meta({ description: 'Taken from the prepaid balance' }),
    offsets: z
      .array(allocation.extend({ at: at.optional().meta({ description: 'When it had been offset' }) }))
      .meta({ description: 'Offsets that its prepaid rest had paid for, undone' }),
    reopened: z.array(billFacts.extend(goesOn)).meta({
      description:
        'Bills that were settled and are open again; late charges and limitation go on from where they stood',
    }),
    passed: z.array(z.object(step)).meta({ description: 'Rungs of reopened debts that were taken before' }),
    words,
    ...moved,
  }),
);
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
    ...moved,
  }),
);
export const accountAdjusted = defineEvent(
  'account.adjusted',
  'A bill was corrected, or given an approved discount; a correction is a line of its own.',
  z.object({
    bill,
    fen: fen.meta({ description: 'Signed: negative is less owed' }),
    freedFen: fen.meta({ description: 'What had been paid on it beyond what is left of it; prepaid from now on' }),
    freed: z
      .array(z.object({ fen, at: at.meta({ description: 'When it had been paid or offset' }) }))
      .optional()
      .meta({ description: 'What of that had been entered when' }),
    words,
    ...moved,
  }),
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
export const accountLateCharged = defineEvent(
  'account.late-charged',
  'Late charges (违约金) accrued up to a day, or, negative, were taken back to it; simple, and never above the principal.',
  z.object({ charges: z.array(z.object({ bill, fen })), through: day, ...moved }),
);
const hold = z.string().meta({ description: 'A hold' });
export const accountHoldAsked = defineEvent(
  'account.hold-asked',
  'Somebody asks that dunning pause, with a reason and an end; a second person decides.',
  z.object({
    hold,
    kind: z.enum(HOLD_KINDS),
    until: day.meta({ description: 'The last day of it' }),
    renews: hold.optional(),
    words,
    ...moved,
  }),
);
export const accountHeld = defineEvent(
  'account.held',
  'Dunning pauses: a second person agreed, or a complaint about the fee is open.',
  z.object({
    hold,
    kind: z.enum(HOLD_KINDS),
    from: day,
    until: day,
    renewals: z.number().int(),
    complaint: z.string().optional(),
    ...moved,
  }),
);
export const accountHoldRefused = defineEvent(
  'account.hold-refused',
  'A second person refused a hold.',
  z.object({ hold, words, ...moved }),
);
export const accountReleased = defineEvent(
  'account.released',
  'A hold is over; dunning goes on at the age of the debt.',
  z.object({ hold, why: z.enum(RELEASES), ...moved }),
);

export const debtFacts = z.object({ ...billFacts.shape, openFen: fen, lateFen: fen });
export const accountStepDue = defineEvent(
  'account.step-due',
  'A dunning step fell due: (account, due day, rung), once ever. Decided at 09:00 of its day.',
  z.object({
    ...step,
    on,
    unit: z.string(),
    party: z.string(),
    message: rung.meta({ description: "The day's highest rung: steps of several debts are one message" }),
    days: z.number().int().meta({ description: 'How many days after the due day the rung stands in the ladder' }),
    channels: z.array(z.enum(CHANNELS)),
    debts: z.array(debtFacts).meta({ description: 'What was open when it was decided' }),
    due: at.meta({ description: '24:00 of its day' }),
    ...moved,
  }),
);
export const accountStepHeld = defineEvent(
  'account.step-held',
  'A dunning step would have been due; a hold stood in its way. Counted apart.',
  z.object({ ...step, on, hold, kind: z.enum(HOLD_KINDS), ...moved }),
);
export const accountStepSuperseded = defineEvent(
  'account.step-superseded',
  'A dunning step was missed in a gap, and a higher one acts in its place.',
  z.object({ ...step, on, by: rung.meta({ description: 'The rung that acts' }), ...moved }),
);
export const evidence = z.object({
  at: at.meta({ description: 'When it was sent, handed over or done' }),
  letter: z.string().optional(),
  contentHash: z.string().optional().meta({ description: 'SHA-256 of what was said' }),
  address: z.string().optional().meta({ description: 'SHA-256 of the address it went to' }),
  arrived: z.boolean().optional().meta({ description: 'It provably arrived: that interrupts the limitation' }),
  receivedBy: z.enum(['payer', 'relative', 'other']).optional(),
  outcome: z.string().optional(),
  words: personalRef.optional(),
});
export const accountPartDone = defineEvent(
  'account.part-done',
  'A part of a dunning step was done, with its evidence; the step is carried out when its last part is.',
  z.object({ ...step, on, channel: z.enum(CHANNELS), evidence, ...moved }),
);
export const accountPartProven = defineEvent(
  'account.part-proven',
  'More came to be known of a part of a step that lies behind: its letter arrived, or somebody took it, afterwards.',
  z.object({ ...step, on, channel: z.enum(CHANNELS), evidence, ...moved }),
);
export const accountStepDone = defineEvent(
  'account.step-done',
  'A dunning step was carried out, or has nothing left to say.',
  z.object({
    ...step,
    on,
    doneAt: at.meta({ description: 'When its last part was done' }),
    settled: z
      .boolean()
      .optional()
      .meta({ description: 'Nothing it was about is open any more: it ended without having been carried out' }),
    ...moved,
  }),
);
export const accountCalled = defineEvent(
  'account.called',
  'The payer was called about a dunning step and not reached.',
  z.object({
    calledAt: at,
    outcome: z.string(),
    dayPart: z.string(),
    message: z.boolean(),
    number: personalRef.optional(),
    ...moved,
  }),
);
export const accountMandated = defineEvent(
  'account.mandated',
  'The payer lets the bank deduct (代扣); a token, never an account number.',
  z.object({ token: z.string(), bank: z.string() }),
);
export const accountMandateEnded = defineEvent('account.mandate-ended', 'The mandate ended.', z.object({}));
export const accountRescheduled = defineEvent(
  'account.rescheduled',
  'Dunning looks at another time than it meant to: the policy changed.',
  z.object(moved),
);
export const accountClosed = defineEvent(
  'account.closed',
  'The unit has another payer from a day on; debt and ladder stay with this one.',
  z.object({ on: day, ...moved }),
);
export const accountReopened = defineEvent(
  'account.reopened',
  'Whoever had left pays for the unit again: a sale was put right, or undone.',
  z.object(moved),
);

export const accountEvents = [
  accountOpened,
  accountCharged,
  accountPaid,
  accountReversed,
  accountOffset,
  accountRefunded,
  accountAdjusted,
  accountWaiverAsked,
  accountWaived,
  accountWaiverRefused,
  accountLateCharged,
  accountHoldAsked,
  accountHeld,
  accountHoldRefused,
  accountReleased,
  accountStepDue,
  accountStepHeld,
  accountStepSuperseded,
  accountPartDone,
  accountPartProven,
  accountStepDone,
  accountCalled,
  accountMandated,
  accountMandateEnded,
  accountRescheduled,
  accountClosed,
  accountReopened,
  ...obligationEvents('account'),
] as const;
export type AccountEvent = (typeof accountEvents)[number];
