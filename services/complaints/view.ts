import * as z from 'zod';
import type { Actor } from '../../shared/access.ts';
import { iso } from '../../shared/clock.ts';
import { historyOut, instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import { type Complaint, openOpinions } from './complaint.ts';
import { complaintKind } from './events.ts';

export const complaintOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    status: z.string(),
    kind: complaintKind,
    contact: z.string(),
    department: z.string(),
    about: z.object({ staff: z.string(), contact: z.string().optional() }).optional(),
    unit: z.string().optional(),
    party: z.string().optional().meta({ description: 'Hidden from departments when confidential or anonymous' }),
    anonymous: z.boolean(),
    confidential: z.boolean(),
    important: z.boolean(),
    upheld: z.boolean(),
    registeredAt: instantOut,
    receivedBy: z.string(),
    registeredBy: z.string(),
    resolutions: z.number().int(),
    openOpinions: z.number().int(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Complaint' });

/** The complaint sheet (投诉处理单): the case and every step of it, with its texts. */
export const sheetOut = complaintOut
  .extend({
    words: z.string().nullable().meta({ description: 'null once erased' }),
    history: z.array(historyOut),
    more: z.boolean(),
  })
  .meta({ id: 'ComplaintSheet' });

/** A department never sees who made an anonymous or confidential complaint. */
const seesWho = (state: Complaint, actor: Actor): boolean =>
  !(state.anonymous || state.confidential) || actor.roles.some((role) => role !== 'department-head');

export const complaintView = (
  { id, site, version, state }: Current<Complaint>,
  actor: Actor,
  now: number,
): z.input<typeof complaintOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { party, unit, registeredAt, opinions: _, owed, ...rest } = state;
  const who = seesWho(state, actor) ? { party, unit } : {};
  return {
    ...rest,
    ...who,
    id,
    site,
    version,
    registeredAt: iso(registeredAt),
    openOpinions: openOpinions(state),
    owed: owedView(owed, now),
  };
};

export const hiddenFrom = (state: Complaint, actor: Actor): string[] =>
  seesWho(state, actor) ? [] : ['party', 'unit'];
