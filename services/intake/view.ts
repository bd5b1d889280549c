import * as z from 'zod';
import { derivedId } from '../../shared/domain/ids.ts';
import { statesOf } from '../../shared/domain/machine.ts';
import { saidOn } from '../../shared/domain/number.ts';
import { instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import { sheetOf } from '../../shared/http/sheet-out.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import type { Actor } from '../../shared/people/access.ts';
import { type Sight, sightOf } from '../../shared/people/confidential.ts';
import { type Instant, iso } from '../../shared/time/clock.ts';
import { type Contact, TRANSITIONS } from './contact.ts';
import { CHANNELS, contactEvents, ROUTED_AS } from './events.ts';

export const contactOut = z
  .object({
    id: z.string(),
    number: z.string().optional().meta({ description: 'As people say it: `JD1130-004`' }),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(statesOf(TRANSITIONS)),
    channel: z.enum(CHANNELS),
    unit: z.string().optional(),
    party: z
      .string()
      .optional()
      .meta({ description: 'Hidden where who raised it is; not kept of an anonymous complaint' }),
    receivedAt: instantOut,
    rings: z.number().int().optional(),
    takenBy: z.string().optional(),
    answeredAt: instantOut.optional(),
    day: z.string().optional().meta({ description: 'The site-local day it was answered on' }),
    inTime: z.boolean().optional().meta({ description: "Answered in time: the desk's half of Q2 begins with it" }),
    as: z.enum(ROUTED_AS).optional(),
    kind: z.string().optional(),
    department: z.string().optional(),
    about: z.object({ staff: z.string(), contact: z.string().optional() }).optional(),
    recordedLater: z
      .boolean()
      .optional()
      .meta({ description: 'Something of it was recorded later than it happened (补录); the history says what' }),
    letter: z.string().optional().meta({ description: 'The letter that its payer questioned' }),
    complaint: z.string().optional().meta({ description: 'The complaint it became; registered moments later' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Contact' });

export const contactSheetOut = contactOut
  .extend({
    words: z
      .string()
      .nullable()
      .meta({ description: 'What was said or came of it; null when nothing, erased, or hidden' }),
    ...sheetOf(contactEvents),
  })
  .meta({ id: 'ContactSheet' });

export const contactSight = ({ concealed = false, about, ...state }: Contact, actor: Actor): Sight =>
  sightOf({ ...state, concealed, accused: about?.staff }, actor);

export const contactView = (
  { id, site, version, state }: Current<Contact>,
  actor: Actor,
  now: Instant,
): z.input<typeof contactOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { party, unit, letter, about, receivedAt, answeredAt, words: _, concealed: __, owed, ...rest } = state;
  const { who } = contactSight(state, actor);
  return {
    ...rest,
    about: about && (who ? about : { staff: about.staff }),
    ...(who ? { party, unit, letter } : {}),
    id,
    ...saidOn(now, rest.number),
    site,
    version,
    receivedAt: iso(receivedAt),
    answeredAt: answeredAt === undefined ? undefined : iso(answeredAt),
    complaint: state.as === 'complaint' ? derivedId('complaint', id) : undefined,
    owed: owedView(owed, now),
  };
};
