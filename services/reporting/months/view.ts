import * as z from 'zod';
import { instantOut } from '../../../shared/http/schemas.ts';
import { CORRECTED, CORRECTED_FIELDS, collectionFigures } from '../collections/contract.ts';
import { figureOut, figuresOf, MEASURE_IDS } from '../figures/contract.ts';

const n = z.number().int().min(0);
const fen = z
  .number()
  .int()
  .nullable()
  .meta({ description: 'Fen (分); null of a rate where there is nothing to collect' });
const standing = z.object({ met: n, missed: n, running: n, excluded: n });

export const closedOut = z
  .object({
    month: z.string(),
    closedAt: instantOut,
    closedBy: z.string().meta({ description: 'The member of staff who signed it' }),
    hash: z.string().meta({ description: 'SHA-256 of what was frozen' }),
  })
  .meta({ id: 'ClosedMonth' });

const key = z.string().meta({ description: 'The fee item or building' });
export const collectedBuildingOut = z.object({ key, ...collectionFigures });

export const frozenOut = closedOut
  .extend({
    figures: figuresOf(figureOut)
      .partial()
      .meta({ id: 'FrozenFigures', description: 'As they stood when the month was signed; of what was measured then' }),
    collection: z.object({
      total: z.object(collectionFigures),
      items: z.array(z.object({ key, ...collectionFigures })),
      corrections: z
        .array(
          z.object({
            item: z.string().optional().meta({ description: 'The fee item; absent of the whole site' }),
            of: z.enum(CORRECTED),
            field: z.enum(CORRECTED_FIELDS),
            signed: fen,
            now: fen,
          }),
        )
        .meta({
          description:
            'Every sum that comes to something else today than when it was signed, of the site and of each fee item; all but what stands as of today',
        }),
    }),
    corrections: z
      .array(z.object({ day: z.string(), measure: z.enum(MEASURE_IDS), signed: standing, now: standing }))
      .meta({ description: 'Every figure of a day that is counted otherwise today than when it was signed' }),
  })
  .meta({ id: 'FrozenMonth' });
