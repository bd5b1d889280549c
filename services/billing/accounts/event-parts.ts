import * as z from 'zod';
import { at, day, personalRef } from '../../../shared/domain/events.ts';
import { obligation } from '../../../shared/domain/obligation.ts';
import { METHODS, PARTS, RUNGS } from './terms.ts';

/** What several events of an account carry. */
export const fen = z.number().int().meta({ description: 'Fen (分)' });
export const bill = z.string().meta({
  description: 'A bill of the account: `<fee item>/<period>`; of a paid service `service/<day>.<slip>`',
  example: 'management/2026-11',
});
export const words = personalRef.meta({ description: 'Why, in words' });
/** What is owed and when the account wakes up next (null: never), where the event changed it; it replaces what stood there. */
export const moved = { opens: z.array(obligation).optional(), wake: at.nullable().optional() };

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
/** What an account has of a payment that is for several. */
export const paymentPart = z.object({
  account: z.string(),
  unit: z.string(),
  fen,
  allocations: z.array(allocation),
  creditFen: fen,
});
export const lead = z.string().optional().meta({
  description:
    'Of a part of a payment: the account that has its receipt; absent there, and of a payment for one account',
});
export const movedMoney = z.object({
  payment: z.string(),
  fen,
  method: z.enum(METHODS),
  paidOn: day,
  lead: z.string().meta({ description: 'The account that has its receipt' }),
});
export const rung = z.enum(RUNGS);
export const step = { dueDay: day, rung };
export const on = day.meta({ description: 'The day on which the step fell due' });
export const debtFacts = z.object({ ...billFacts.shape, openFen: fen, lateFen: fen });
export const hold = z.string().meta({ description: 'A hold' });
