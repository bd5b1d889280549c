import * as z from 'zod';
import { statesOf } from '../../shared/domain/machine.ts';
import { saidOn } from '../../shared/domain/number.ts';
import { instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import { sheetOf } from '../../shared/http/sheet-out.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import type { Actor } from '../../shared/people/access.ts';
import { type Sight, sightOf } from '../../shared/people/confidential.ts';
import { iso } from '../../shared/time/clock.ts';
import { type Callback, TRANSITIONS } from './callback.ts';
import { callbackEvents } from './events.ts';

export const callbackOut = z
  .object({
    id: z.string(),
    number: z.string().optional().meta({ description: 'As people say it: `HF1130-004`' }),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(statesOf(TRANSITIONS)),
    complaint: z.string(),
    ordinal: z.number().int().meta({ description: 'Which resolution of the complaint' }),
    department: z.string(),
    unit: z.string().optional(),
    party: z.string().optional().meta({ description: 'Hidden where who complained is' }),
    resolvedAt: instantOut,
    due: instantOut,
    public: z.boolean().meta({ description: 'Nobody can be reached: the answer is published instead' }),
    notBy: z.array(z.string()).meta({ description: 'Staff whose own work this is; they may not call' }),
    attempts: z.number().int(),
    dayParts: z.array(z.string()),
    reachedAt: instantOut.optional(),
    rating: z.number().int().optional(),
    opinions: z.array(z.object({ item: z.number().int(), answeredBy: z.string().optional(), signed: z.boolean() })),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Callback' });

export const callbackSheetOut = callbackOut.extend(sheetOf(callbackEvents)).meta({ id: 'CallbackSheet' });

export const callbackSight = (state: Callback, actor: Actor): Sight => sightOf(state, actor);

export const callbackView = (
  { id, site, version, state }: Current<Callback>,
  actor: Actor,
  now: number,
): z.input<typeof callbackOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { resolvedAt, due, reachedAt, opinions, owed, party, unit, ...rest } = state;
  return {
    ...rest,
    ...(callbackSight(state, actor).who ? { party, unit } : {}),
    id,
    ...saidOn(now, rest.number),
    site,
    version,
    resolvedAt: iso(resolvedAt),
    due: iso(due),
    reachedAt: reachedAt === undefined ? undefined : iso(reachedAt),
    opinions: opinions.map(({ answeredBy, signed }, item) => ({ item, answeredBy, signed })),
    owed: owedView(owed, now),
  };
};
