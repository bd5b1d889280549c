import * as z from 'zod';
import { at, defineEvent } from '../domain/events.ts';
import { obligation } from '../domain/obligation.ts';

/** The services that keep something of a person, and answer what became of it; the registry is the last to forget. */
export const KEEPING = ['intake', 'complaints', 'callbacks', 'billing', 'registry'] as const;
export type Keeping = (typeof KEEPING)[number];

/** Of whom: one person goes by several ids where parties were merged. */
const person = {
  party: z.string(),
  parties: z.array(z.string()).meta({ description: 'Every id the party goes by' }),
};
const again = at.meta({ description: 'When it is asked again what could not be erased yet' });

/** What every service hears of an erasure; the rest of its life is told in `services/rights`. */
export const erasureConfirmed = defineEvent(
  'erasure.confirmed',
  'A second person confirmed that a person is erased: every service erases what no law has kept.',
  z.object({ ...person, askedBy: z.string(), again }),
);
export const erasureResumed = defineEvent(
  'erasure.resumed',
  'Something was not finished: every service is asked again.',
  z.object({ ...person, again }),
);
export const erasureCleared = defineEvent(
  'erasure.cleared',
  'Nobody needs to know who it was any more: the registry erases name and contact ways.',
  z.object({ ...person }),
);
export const erasureReplayed = defineEvent(
  'erasure.replayed',
  'Tables were restored to an earlier moment: every service erases anew.',
  z.object({ ...person, again, opens: z.array(obligation) }),
);

const n = z.number().int();
export const leftOver = z
  .object({
    what: z.string().meta({ description: 'The kind of case' }),
    cases: n,
    texts: n.meta({ description: 'Texts that are still there, restricted to storage' }),
    law: z
      .enum(['evidence', 'books'])
      .optional()
      .meta({
        description:
          'What has it kept: `evidence` of demands (Civil Code art. 188, 195), `books` (Measures for Accounting Archives, ' +
          'art. 14). Absent: what happened when stays, without the words of anybody',
      }),
    until: at.optional().meta({ description: 'When the last of these texts ends' }),
  })
  .meta({ description: 'What an erasure leaves' });
export type LeftOver = z.output<typeof leftOver>;

export const forgettingErased = defineEvent(
  'forgetting.erased',
  'Texts of a person are erased, by their references: the list that is played when tables were restored.',
  z.object({ erasure: z.string(), refs: z.array(z.string()) }),
);
export const forgettingDone = defineEvent(
  'forgetting.done',
  'A service went through all it keeps of a person.',
  z.object({
    erasure: z.string(),
    service: z.enum(KEEPING),
    asked: z.string().meta({ description: 'The event that asked' }),
    erased: n.meta({ description: 'Texts erased this time' }),
    left: z.array(leftOver),
    waiting: z.array(z.object({ what: z.string(), cases: n })).meta({
      description: 'What is not finished yet, by kind, and is erased when it is. Never which: a case may be concealed',
    }),
    waits: n.meta({ description: 'How much is not finished' }),
  }),
);
