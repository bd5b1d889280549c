import * as z from 'zod';
import { at, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { debtFacts, hold, moved, on, rung, step } from './event-parts.ts';
import { ASKS, CHANNELS, HOLD_KINDS } from './terms.ts';

/** What happens on the ladder of an account. */
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
    asks: z
      .enum(ASKS)
      .optional()
      .meta({ description: 'Why a person decides what is done: no letter of it goes out by itself' }),
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
  'A dunning step was missed in a gap, and a higher one acts in its place, or the same when steps are next decided.',
  z.object({ ...step, on, by: rung.meta({ description: 'The rung that acts, if anything is open then' }), ...moved }),
);
export const accountStepSent = defineEvent(
  'account.step-sent',
  'A person decided that the letter of a step goes out all the same; it is carried out by that.',
  z.object({
    ...step,
    on,
    unit: z.string(),
    party: z.string(),
    message: rung,
    channels: z.array(z.enum(CHANNELS)),
    debts: z.array(debtFacts).meta({ description: 'What was open when it was decided' }),
    words: personalRef,
    ...moved,
  }),
);
export const accountMoneyProposed = defineEvent(
  'account.money-proposed',
  "Money came that nobody has claimed (待认领) and that is probably this payer's: letters of its ladder ask a person first.",
  z.object({ remittance: z.string(), ...moved }),
);
export const accountMoneyDecided = defineEvent(
  'account.money-decided',
  'It is known whose that money is, or that it is no fee: the ladder goes on by itself.',
  z.object({ remittance: z.string(), ...moved }),
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
    also: z
      .array(z.object({ ...step, on }))
      .optional()
      .meta({ description: 'Further steps that ended with it: however many one payment settles, it is one event' }),
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
    dayPart: z.string().optional().meta({ description: 'Absent outside the hours of calling' }),
    message: z.boolean(),
    number: personalRef.optional(),
    ...moved,
  }),
);
