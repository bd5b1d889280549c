import * as z from 'zod';
import { UNIT_KINDS, UNIT_STATES } from '../../../shared/directory/units.ts';
import { day, defineEvent, personalRef, staffId } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { ROUNDINGS } from '../../../shared/values/money.ts';
import { BASES, CYCLES } from './terms.ts';

const code = z.string().meta({ description: 'A fee item of the schedule', example: 'management' });
const period = z.string().meta({ description: 'A month, YYYY-MM: the first of what a bill is for' });
const unit = z.string().meta({ description: 'A unit' });
const fen = z.number().int().meta({ description: 'Fen (分)' });

/** What units of these kinds and states pay; absent means all of them. The first rate that fits a unit is its rate. */
export const rate = z.object({
  rate: z
    .string()
    .optional()
    .meta({ description: 'Yuan for one of it and month, as decimal text; none where an amount is shared' }),
  kinds: z.array(z.enum(UNIT_KINDS)).optional(),
  states: z.array(z.enum(UNIT_STATES)).optional(),
});
export const feeItem = z.object({
  code,
  names: z.object({ zh: z.string(), en: z.string() }),
  basis: z.enum(BASES).meta({
    description:
      'area: m² × rate × months; flat and space: rate × months; metered: reading × rate; shared (公摊): a pool by area; once: in one month',
  }),
  rates: z.array(rate),
  cycle: z.enum(CYCLES),
  firstMonth: z
    .number()
    .int()
    .meta({ description: 'A month (1–12) in which a quarter or year of it begins; 1 by default' }),
  period: period.optional().meta({ description: 'The only month of a one-off item' }),
  rounding: z.enum(ROUNDINGS),
  prorated: z
    .boolean()
    .meta({ description: 'By day, when the payer or the rate changes within; else its first day decides' }),
  dueDay: z
    .number()
    .int()
    .optional()
    .meta({ description: "Day of the period's first month; the policy's when absent" }),
});

export const scheduleSet = defineEvent(
  'schedule.set',
  'A version of a site’s fee schedule was entered; it holds from a day on until a later version does.',
  z.object({ effective: day, items: z.array(feeItem) }),
);

const moved = { opens: z.array(obligation).optional() };
export const exemptionAsked = defineEvent(
  'exemption.asked',
  'Somebody asks that a unit pay less of an item for a time; a second person decides.',
  z.object({
    unit,
    party: z
      .string()
      .optional()
      .meta({ description: 'Who pays for the unit as it is asked for: whom its words are about' }),
    item: code,
    percent: z.number().int().optional(),
    fen: fen.optional().meta({ description: 'Fen a month' }),
    from: day,
    to: day.meta({ description: 'The last day of it' }),
    words: personalRef,
    policy: z.number().int(),
    ...moved,
  }),
);
export const exemptionApproved = defineEvent(
  'exemption.approved',
  'A second person agreed: a negative line of the bills it covers, not a waiver.',
  z.object({ askedBy: staffId, words: personalRef }),
);
export const exemptionRefused = defineEvent(
  'exemption.refused',
  'A second person refused an exemption.',
  z.object({ words: personalRef }),
);
export const exemptionEnded = defineEvent(
  'exemption.ended',
  'An exemption ends earlier than agreed; what was billed under it stays.',
  z.object({ to: day.meta({ description: 'Its last day from now on' }), words: personalRef }),
);

export const meteringRead = defineEvent(
  'metering.read',
  'Meters were read: how much units used in a period.',
  z.object({
    item: code,
    period,
    readings: z.array(z.object({ unit, quantityMicro: z.number().int().meta({ description: 'In millionths' }) })),
  }),
);
export const meteringPooled = defineEvent(
  'metering.pooled',
  'What is shared (公摊) of an item for a period: each amount by area among the units of its buildings.',
  z.object({ item: code, period, pools: z.array(z.object({ buildings: z.array(z.string()), fen })) }),
);

export const scheduleEvents = [scheduleSet] as const;
export const exemptionEvents = [
  exemptionAsked,
  exemptionApproved,
  exemptionRefused,
  exemptionEnded,
  ...obligationEvents('exemption'),
] as const;
export const meteringEvents = [meteringRead, meteringPooled] as const;
