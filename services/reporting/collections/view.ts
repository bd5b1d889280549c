import * as z from 'zod';
import { instantOut } from '../../../shared/http/schemas.ts';
import { closingOut } from '../figures/contract.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const rateOut = z
  .object({
    fen: fen.meta({ description: 'What was collected or offset (fen); late charges are not in it' }),
    ofFen: fen.meta({ description: 'What was to be collected, waivers left out (fen)' }),
    percent: z
      .string()
      .meta({ description: 'Two decimals, rounded half up: 100.00 only when nothing is left', example: '98.12' }),
  })
  .nullable()
  .meta({ id: 'CollectionRate', description: 'null where there is nothing to collect' });

const owed = {
  openingFen: fen,
  chargedFen: fen,
  collectedFen: fen.meta({ description: 'Paid' }),
  reversedFen: fen.meta({ description: 'Payments that turned out not to have come' }),
  offsetFen: fen.meta({ description: 'Paid from the prepaid balance' }),
  undoneFen: fen.meta({ description: 'Offsets undone' }),
  waivedFen: fen,
  closingFen: fen,
};
export const collectionFigures = {
  current: rateOut.meta({
    description: '本期收缴率: of what is due for the month, what had come in by its end (before or during it)',
  }),
  currentToDate: rateOut.meta({ description: 'The same as it stands now, whenever it came in' }),
  prior: rateOut.meta({
    description: '清欠率: of the arrears of earlier years, what was recovered this year up to the end of the month',
  }),
  principal: z
    .object({
      ...owed,
      discountFen: fen,
      adjustedFen: fen.meta({ description: 'Corrections, signed' }),
      freedFen: fen.meta({ description: 'Paid before, and beyond what a correction left; prepaid from then on' }),
    })
    .meta({
      description:
        'Closing = opening + charged − discount + adjusted − collected + reversed + freed − offset + undone − waived',
    }),
  late: z.object(owed).meta({ description: 'Late charges (违约金), in the same way' }),
  prepaid: z
    .object({
      openingFen: fen,
      paidFen: fen.meta({ description: 'Came in beyond what was owed' }),
      freedFen: fen.meta({ description: 'Freed by corrections; paid before' }),
      reversedFen: fen,
      refundedFen: fen,
      movedFen: fen
        .default(0)
        .meta({ description: 'Signed: came from other accounts of the payers less what went there' }),
      offsetFen: fen,
      undoneFen: fen,
      closingFen: fen,
    })
    .optional()
    .meta({
      description:
        'The prepaid balance (预存): closing = opening + paid + freed − reversed − refunded + moved − offset + undone; absent of a fee item, which has none',
    }),
  differenceFen: fen.meta({ description: 'By how much openings and what moved them miss the closings; 0' }),
};

const collectionFiguresOut = z.object(collectionFigures).meta({ id: 'CollectionFigures' });
export const collectionOut = z
  .object({
    month: z.string(),
    by: z.string(),
    asOf: instantOut.nullable().meta({
      description: 'How fresh they are: when the newest ledger line counted was recorded; null before the first',
    }),
    closing: closingOut,
    total: collectionFiguresOut,
    items: z
      .array(
        z.object({ key: z.string().meta({ description: 'The fee item, building or site' }), ...collectionFigures }),
      )
      .meta({ description: 'Of each fee item, building or site; empty by `total`' }),
    next: z.string().optional().meta({ description: 'Absent on the last page' }),
  })
  .meta({ id: 'Collection' });

export const collectedOut = z
  .object({
    account: z.string(),
    unit: z.string(),
    party: z.string(),
    openFen: fen.meta({ description: 'Of these lines: what is open of the principal' }),
    lines: z.array(
      z.object({
        id: z.string(),
        at: instantOut,
        kind: z.string(),
        reversal: z.boolean(),
        bill: z.string().optional(),
        part: z.string().optional(),
        owedFen: fen.meta({ description: 'What is owed grows by this' }),
        creditFen: fen.meta({ description: 'The prepaid balance grows by this' }),
      }),
    ),
  })
  .meta({ id: 'CollectedAccount' });
