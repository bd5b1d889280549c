import * as z from 'zod';
import type { Current } from '../journal/aggregate.ts';

/** What can be done to a case, and why not: a dry run of the very decisions, before anything is said. */
export const actionsOut = z
  .array(
    z.object({
      do: z.string().meta({ description: 'The command, as it follows the path of the case', example: 'sign' }),
      may: z.boolean().meta({ description: 'Whether it would be taken from whoever asks, said rightly' }),
      why: z.string().optional().meta({ description: 'The code of the refusal that it would have' }),
      says: z.string().optional().meta({ description: 'The same in words' }),
    }),
  )
  .meta({
    id: 'Actions',
    description: 'Every command on it: which of them whoever asks may give now, and why not the others',
  });
export type Actions = z.input<typeof actionsOut>;

/** The actions of a case as whoever asks has them. */
export type ActionsOf = (current: Current<unknown>) => Promise<Actions>;
