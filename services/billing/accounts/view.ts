import * as z from 'zod';
import { day } from '../../../shared/domain/events.ts';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { sheetOf } from '../../../shared/http/sheet-out.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { Account } from './account.ts';
import { accountEvents, billFacts } from './events.ts';
import { openFenOf } from './ledger/debts.ts';
import { ENTRY_KINDS, type LedgerEntry } from './ledger/entries.ts';
import { ASKS, CHANNELS, HOLD_KINDS, METHODS, PARTS, RUNGS } from './terms.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });

export const accountOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    unit: z.string(),
    party: z.string(),
    building: z.string(),
    closedOn: day.optional().meta({ description: 'The unit has another payer from this day on' }),
    openFen: fen.meta({ description: 'Principal and late charges that are open' }),
    creditFen: fen.meta({ description: 'Prepaid balance' }),
    debts: z.array(z.object({ ...billFacts.shape, openFen: fen, lateFen: fen })),
    steps: z.array(
      z.object({
        dueDay: day,
        rung: z.enum(RUNGS),
        on: day,
        due: instantOut,
        channels: z.array(z.enum(CHANNELS)),
        done: z.array(z.enum(CHANNELS)),
        asks: z
          .object({ why: z.enum(ASKS), message: z.enum(RUNGS) })
          .optional()
          .meta({ description: 'A person decides: a hold, a visit or call, or the letter of that rung all the same' }),
      }),
    ),
    holds: z.array(
      z.object({ hold: z.string(), kind: z.enum(HOLD_KINDS), from: day, until: day, renewals: z.number() }),
    ),
    asked: z
      .array(
        z.object({
          id: z.string(),
          duty: z.enum(['waiver', 'adjustment', 'refund', 'hold', 'payment']),
          by: z.string(),
          bill: z.string().optional(),
          fen: fen.optional(),
          kind: z.enum(HOLD_KINDS).optional(),
          until: day.optional(),
          method: z.enum(METHODS).optional(),
          paidOn: day.optional(),
          lateFen: fen.optional().meta({ description: 'Of a payment: what its day takes of late charges away' }),
          designated: z.array(z.string()).optional(),
        }),
      )
      .meta({ description: 'What waits for a second person' }),
    mandate: z.object({ bank: z.string() }).optional(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Account' });

export const accountSheetOut = accountOut.extend(sheetOf(accountEvents)).meta({ id: 'AccountSheet' });

export const accountView = (
  { id, site, version, state }: Current<Account>,
  _: Actor,
  now: number,
): z.input<typeof accountOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { unit, party, building, closedOn, creditFen, debts, steps, holds, asked, mandate, owed } = state;
  return {
    id,
    site,
    version,
    unit,
    party,
    building,
    ...(closedOn === undefined ? {} : { closedOn }),
    openFen: openFenOf(state),
    creditFen,
    debts,
    steps: steps.map((step) => ({ ...step, due: iso(step.due) })),
    holds: Object.entries(holds).map(([hold, one]) => ({ ...one, hold })),
    asked: Object.entries(asked).map(([of, one]) => ({ ...one, id: of })),
    ...(mandate ? { mandate: { bank: mandate.bank } } : {}),
    owed: owedView(owed, now),
  };
};

export const entryOut = z
  .object({
    id: z.string(),
    at: instantOut,
    kind: z.enum(ENTRY_KINDS),
    reversal: z.boolean(),
    bill: z.string().optional(),
    part: z.enum(PARTS).optional(),
    owedFen: fen.meta({ description: 'What is owed grows by this' }),
    creditFen: fen.meta({ description: 'The prepaid balance grows by this' }),
    balanceFen: fen.meta({ description: 'Owed less prepaid, after this line' }),
    payment: z.string().optional(),
  })
  .meta({ id: 'LedgerEntry' });

/** Ledger lines with the balance after each. */
export const entriesView = (entries: readonly LedgerEntry[]): z.input<typeof entryOut>[] => {
  let balanceFen = 0;
  return entries.map((entry) => {
    balanceFen += entry.owedFen - entry.creditFen;
    return { ...entry, at: iso(entry.at), balanceFen };
  });
};

export const paymentOut = z
  .object({
    payment: z.string(),
    method: z.enum(METHODS),
    fen,
    paidOn: day,
    at: instantOut,
    by: z.string(),
    allocations: z.array(z.object({ bill: z.string(), part: z.enum(PARTS), fen })),
    creditFen: fen.meta({ description: 'What of it was prepaid' }),
    refundedFen: fen.meta({ description: 'What of that was given back' }),
    reversed: z.boolean(),
  })
  .meta({ id: 'Payment' });
