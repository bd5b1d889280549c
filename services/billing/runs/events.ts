import * as z from 'zod';
import { at, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { LEFT_OUT } from '../tariffs/contract.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const count = z.number().int();
const building = z.string().meta({ description: 'A building of the site' });
/** What is owed and when the run wakes up next (null: never), where the event changed it. */
const moved = { opens: z.array(obligation).optional(), wake: at.nullable().optional() };

/** What bills come to; fen is what is to be paid, after discounts. */
export const tally = z.object({ bills: count, fen, discountFen: fen });
/** What a stretch of units came to, by item. A unit left out of several items counts in each. */
export const totals = z.object({
  units: count,
  accounts: count,
  byItem: z.record(z.string(), tally),
  leftOut: z.partialRecord(z.enum(LEFT_OUT), count),
});
export const leftOut = z.object({
  item: z.string().meta({ description: 'The fee item; empty where none of the schedule fits the unit' }),
  reason: z.enum(LEFT_OUT),
  units: z.array(z.string()),
});
const round = count.meta({ description: 'How often the run was issued: 1, and more where it was issued again' });
/** A stretch of the directory: one large building, or several small ones in a row. */
export const stretch = z.object({
  first: building.meta({ description: 'Its first building' }),
  last: building.meta({ description: 'Its last building' }),
  buildings: count,
  units: count.meta({ description: 'How many there were when the round began' }),
});

export const runStarted = defineEvent(
  'run.started',
  'A bill run of a site and a month begins, goes on after it was cancelled, or picks up what has become billable.',
  z.object({
    period: z.string().meta({ description: 'The month, YYYY-MM' }),
    round,
    stretches: z.array(stretch).optional().meta({ description: 'Of a new round: its parts, in order' }),
    policy: count,
    ...moved,
  }),
);
export const runHinted = defineEvent(
  'run.hinted',
  'What a run still has to do was told to its workers once more: a message may have been lost.',
  z.object(moved),
);
export const runPartDone = defineEvent(
  'run.part-done',
  'Every unit of a part was billed, or listed as left out.',
  z.object({
    part: count.meta({ description: 'Which part of the round, from 0' }),
    buildings: count,
    totals,
    ...moved,
  }),
);
export const runCharged = defineEvent(
  'run.charged',
  'Every part is done; each payer is now sent a notice.',
  z.object(moved),
);
export const runNoticed = defineEvent(
  'run.noticed',
  'Some more payers have their notice: one a payer and round.',
  z.object({
    after: z.string().meta({ description: 'How far the bills were gone through' }),
    notices: count,
    ...moved,
  }),
);
export const runIssued = defineEvent(
  'run.issued',
  'A bill run is complete: each bill entered once, each payer sent one notice.',
  z.object({ period: z.string(), round, totals, notices: count, ...moved }),
);
export const runCancelled = defineEvent(
  'run.cancelled',
  'A bill run was stopped; what was charged stays, and issuing it again goes on.',
  z.object({ words: personalRef, ...moved }),
);

export const partBegan = defineEvent(
  'part.began',
  'A part of a run begins, or begins anew in a later round.',
  z.object({ run: z.string(), part: count, round, stretch }),
);
export const partProgressed = defineEvent(
  'part.progressed',
  'Some more units of a part were billed, or left out with the reason.',
  z.object({
    after: z.string().optional().meta({ description: 'How far the directory was gone through; absent at its end' }),
    buildings: z.array(z.object({ building, totals })),
    leftOut: z.array(leftOut),
  }),
);

export const runEvents = [
  runStarted,
  runHinted,
  runPartDone,
  runCharged,
  runNoticed,
  runIssued,
  runCancelled,
  ...obligationEvents('run'),
] as const;
export const partEvents = [partBegan, partProgressed] as const;
