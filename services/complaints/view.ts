import * as z from 'zod';
import { statesOf } from '../../shared/domain/machine.ts';
import { saidOn } from '../../shared/domain/number.ts';
import { instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import { sheetOf } from '../../shared/http/sheet-out.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import type { Actor } from '../../shared/people/access.ts';
import { type Sight, sightOf } from '../../shared/people/confidential.ts';
import { iso } from '../../shared/time/clock.ts';
import { type Complaint, openOpinions, TRANSITIONS } from './complaint.ts';
import { complaintEvents, complaintKind, isConcealed } from './events.ts';

/** What the docs say of who raised a case. */
const CONCEALED = 'Hidden from the accused; of a concealed case from departments; not kept of an anonymous one';

export const complaintOut = z
  .object({
    id: z.string(),
    number: z.string().optional().meta({ description: 'As people say it: `TS1130-004`' }),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(statesOf(TRANSITIONS)),
    kind: complaintKind,
    contact: z.string().optional().meta({ description: 'Hidden with who complained' }),
    department: z.string(),
    about: z.object({ staff: z.string(), contact: z.string().optional() }).optional(),
    unit: z.string().optional(),
    party: z.string().optional().meta({ description: CONCEALED }),
    anonymous: z.boolean(),
    confidential: z.boolean(),
    important: z.boolean(),
    upheld: z.boolean(),
    registeredAt: instantOut,
    receivedBy: z.string(),
    recordedLater: z
      .boolean()
      .optional()
      .meta({ description: 'Something of it was recorded later than it happened (补录); the history says what' }),
    registeredBy: z.string(),
    resolutions: z.number().int(),
    openOpinions: z.number().int(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Complaint' });

/** The complaint sheet (投诉处理单): the case and every step of it, with its texts. */
export const sheetOut = complaintOut
  .extend({
    words: z.string().nullable().meta({ description: 'null once erased, or hidden' }),
    ...sheetOf(complaintEvents),
  })
  .meta({ id: 'ComplaintSheet' });

export const complaintSight = (state: Complaint, actor: Actor): Sight =>
  sightOf({ ...state, concealed: isConcealed(state), accused: state.about?.staff }, actor);

export const complaintView = (
  { id, site, version, state }: Current<Complaint>,
  actor: Actor,
  now: number,
): z.input<typeof complaintOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { party, unit, contact, about, registeredAt, opinions: _, owed, ...rest } = state;
  const { who } = complaintSight(state, actor);
  return {
    ...rest,
    about: about && { staff: about.staff, ...(who && about.contact !== undefined ? { contact: about.contact } : {}) },
    ...(who ? { party, unit, contact } : {}),
    id,
    ...saidOn(now, rest.number),
    site,
    version,
    registeredAt: iso(registeredAt),
    openOpinions: openOpinions(state),
    owed: owedView(owed, now),
  };
};
