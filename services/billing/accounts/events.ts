import * as z from 'zod';
import { at, day, defineEvent, personalRef, staffId } from '../../../shared/domain/events.ts';
import { obligationEvents } from '../../../shared/domain/obligation.ts';
import { accountCreditMoved, accountOffset, accountRefunded } from './credit-events.ts';
import { allocation, bill, billFacts, fen, hold, lead, moved, on, paymentPart, step, words } from './event-parts.ts';
import {
  accountCalled,
  accountMoneyDecided,
  accountMoneyProposed,
  accountPartDone,
  accountPartProven,
  accountStepDone,
  accountStepDue,
  accountStepHeld,
  accountStepSent,
  accountStepSuperseded,
} from './step-events.ts';
import { HOLD_KINDS, METHODS, RELEASES } from './terms.ts';
import {
  accountAdjustmentAsked,
  accountAdjustmentRefused,
  accountPaymentAsked,
  accountPaymentRefused,
  accountRefundAsked,
  accountRefundRefused,
  accountWaived,
  accountWaiverAsked,
  accountWaiverRefused,
} from './two-people-events.ts';

export * from './credit-events.ts';
export { allocation, billFacts, debtFacts, paymentPart } from './event-parts.ts';
export * from './step-events.ts';
export * from './two-people-events.ts';

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
    askedBy: staffId.optional().meta({ description: 'Who entered it, where a second person agreed to its day' }),
    whole: z
      .object({ fen, parts: z.array(paymentPart) })
      .optional()
      .meta({ description: 'Of a payment for several accounts of the payer, on the first of them: all of it' }),
    lead,
    ...moved,
  }),
);
export const accountReversed = defineEvent(
  'account.reversed',
  'A payment turned out not to have come; what it had settled is open again.',
  z.object({
    payment: z.string(),
    fen,
    lead,
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
    unkept: z
      .array(hold)
      .optional()
      .meta({ description: 'Promises to pay that had been kept by it and are over: they were not' }),
    resumed: z
      .array(z.object({ hold, from: day, until: day, renewals: z.number().int() }))
      .optional()
      .meta({ description: 'Promises to pay that had been kept by it, whose last day is not over: they run on' }),
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
    reopened: z
      .array(billFacts.extend(goesOn))
      .optional()
      .meta({ description: 'The bill, where it was settled and is open again, at its age' }),
    passed: z.array(z.object(step)).optional().meta({ description: 'Rungs of it that were taken before' }),
    words,
    adjustment: z.string().optional().meta({ description: 'Where it was asked for, and a second person agreed' }),
    askedBy: staffId.optional(),
    ...moved,
  }),
);
export const accountLateCharged = defineEvent(
  'account.late-charged',
  'Late charges (违约金) accrued up to a day, or, negative, were taken back to it; simple, and never above the principal.',
  z.object({ charges: z.array(z.object({ bill, fen })), through: day, ...moved }),
);
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
    renews: hold.optional().meta({ description: 'The hold whose place it takes' }),
    steps: z
      .array(z.object({ ...step, on }))
      .optional()
      .meta({ description: 'Steps that asked a person, and are held by it: they fall due anew when it is over' }),
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
  z.object({
    hold,
    kind: z.enum(HOLD_KINDS),
    why: z.enum(RELEASES),
    beside: z
      .enum(HOLD_KINDS)
      .optional()
      .meta({ description: 'Of a promise that was not kept: another hold that was in force on its last day' }),
    ...moved,
  }),
);

export const accountServiceComplained = defineEvent(
  'account.service-complained',
  'A complaint about the service to the unit was judged valid: letters of its ladder ask a person first.',
  z.object({ complaint: z.string(), ...moved }),
);
export const accountServiceSettled = defineEvent(
  'account.service-settled',
  'That complaint is closed: the ladder goes on by itself.',
  z.object({ complaint: z.string(), ...moved }),
);
export const accountMandated = defineEvent(
  'account.mandated',
  'The payer lets the bank deduct (代扣); a token, never an account number.',
  z.object({ token: z.string(), bank: z.string() }),
);
export const accountMandateEnded = defineEvent('account.mandate-ended', 'The mandate ended.', z.object({}));
export const accountRescheduled = defineEvent(
  'account.rescheduled',
  'The account wakes up at another time than it meant to: the policy changed.',
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
  accountPaymentAsked,
  accountPaymentRefused,
  accountReversed,
  accountOffset,
  accountRefunded,
  accountRefundAsked,
  accountRefundRefused,
  accountCreditMoved,
  accountAdjusted,
  accountAdjustmentAsked,
  accountAdjustmentRefused,
  accountWaiverAsked,
  accountWaived,
  accountWaiverRefused,
  accountLateCharged,
  accountHoldAsked,
  accountHeld,
  accountHoldRefused,
  accountReleased,
  accountServiceComplained,
  accountServiceSettled,
  accountMoneyProposed,
  accountMoneyDecided,
  accountStepDue,
  accountStepHeld,
  accountStepSuperseded,
  accountStepSent,
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
