import * as z from 'zod';
import { KEEPING, leftOver } from '../../shared/forgetting/events.ts';
import { historyOut, instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import { iso } from '../../shared/time/clock.ts';
import { type Erasure, toCome } from './erasure.ts';

const answerOut = z.object({
  service: z.enum(KEEPING),
  done: z.boolean(),
  toldAt: instantOut.optional().meta({ description: 'Absent while it is still to come' }),
  left: z
    .array(leftOver.extend({ until: instantOut.optional() }))
    .meta({ description: 'What is left, and by which law until when' }),
  waiting: z
    .array(z.object({ what: z.string(), cases: z.number().int() }))
    .meta({ description: 'What is not finished yet (open cases, debts, units held), by kind: erased when it is' }),
  waits: z.number().int(),
});
export const erasureOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(['none', 'asked', 'refused', 'confirmed', 'cleared', 'finished']),
    party: z.string(),
    parties: z.array(z.string()).meta({ description: 'Every id the party goes by' }),
    askedBy: z.string(),
    confirmedBy: z.string().optional(),
    services: z.array(answerOut).meta({ description: 'Of each service: done, or still to come' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Erasure' });
export const erasureSheetOut = erasureOut
  .extend({ history: z.array(historyOut), more: z.boolean() })
  .meta({ id: 'ErasureSheet' });

export const erasureView = (
  { id, site, version, state }: Current<Erasure>,
  now: number,
): z.input<typeof erasureOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { status, party, parties, askedBy, confirmedBy, answers, asked, owed } = state;
  const open = new Set(toCome(state));
  return {
    id,
    site,
    version,
    status,
    party,
    parties,
    askedBy,
    confirmedBy,
    services: KEEPING.map((service) => {
      const { toldAt, left = [], waiting = [], waits = 0 } = answers[service] ?? {};
      return {
        service,
        done: asked.length > 0 && !open.has(service),
        ...(toldAt === undefined ? {} : { toldAt: iso(toldAt) }),
        left: left.map(({ until, ...one }) => ({ ...one, ...(until === undefined ? {} : { until: iso(until) }) })),
        waiting,
        waits,
      };
    }),
    owed: owedView(owed, now),
  };
};
