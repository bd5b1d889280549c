import * as z from 'zod';
import { at, defineEvent, personalRef, staffId } from '../../shared/domain/events.ts';
import { happenedData } from '../../shared/domain/happened.ts';
import { obligation, obligationEvents } from '../../shared/domain/obligation.ts';

export const CHANNELS = ['call', 'visit', 'message', 'web', 'email'] as const;
/** What a contact can be routed as; a complaint goes to the complaints service, the rest to a department's acceptance. */
export const ROUTED_AS = [
  'complaint',
  'repair',
  'household-service',
  'paid-service',
  'suggestion',
  'enquiry',
  'violation',
  'emergency',
  'renovation',
  'other',
] as const;

const opens = z.array(obligation).meta({ description: 'Obligations this event opens' });
const contactWay = z.object({ unit: z.string().optional(), party: z.string().optional() });

export const contactReceived = defineEvent(
  'contact.received',
  'Somebody called, came, wrote or filled in the web form. A missed call is one too.',
  contactWay.extend({
    number: z.string().optional().meta({ description: 'As people say it, with its year: `JD20261130-004`' }),
    channel: z.enum(CHANNELS),
    receivedAt: at.meta({ description: 'When it rang or arrived' }),
    words: personalRef.optional().meta({ description: 'What was written, where it came in writing by itself' }),
    letter: z.string().optional().meta({ description: 'The letter it is about' }),
    policy: z.number().int().meta({ description: 'The policy version frozen for the case' }),
    opens,
  }),
);
export const contactMissed = defineEvent(
  'contact.not-answered',
  'The caller gave up before anybody answered.',
  z.object({ rings: z.number().int().optional() }),
);
export const contactAnswered = defineEvent(
  'contact.answered',
  'Somebody of the desk took it; first to be asked stays responsible (首问责任制).',
  z.object({
    takenBy: staffId,
    rings: z.number().int().optional(),
    answeredAt: at,
    day: z.string().meta({ description: 'The site-local day it was answered on, `YYYY-MM-DD`' }),
    inTime: z.boolean().meta({ description: 'A call within the rings of the policy, a message within its minutes' }),
    opens,
  }),
);
export const contactSettled = defineEvent(
  'contact.settled',
  'It was answered at once; nothing is left to do.',
  z.object({ words: personalRef.optional() }),
);
export const contactRouted = defineEvent(
  'contact.routed',
  'It was recorded and handed to a named department, or became a complaint. An anonymous one names no party.',
  contactWay.extend({
    as: z.enum(ROUTED_AS),
    kind: z.string().optional().meta({ description: 'For a complaint: what it is about' }),
    department: z.string(),
    words: personalRef,
    about: z.object({ staff: staffId, contact: z.string().optional() }).optional().meta({
      description:
        'For a complaint about conduct: whose, and the contact it is attributed to (the one named, else their latest with the unit that day, else their last that day)',
    }),
    anonymous: z.boolean(),
    confidential: z.boolean(),
    callable: z.boolean(),
    receivedBy: staffId,
    opens,
  }),
);
export const contactAccepted = defineEvent(
  'contact.accepted',
  'A department took it on; the first asked is relieved.',
  z.object({
    department: z.string().optional(),
    acceptDue: at.optional(),
    proxyFor: staffId.optional(),
    ...happenedData,
  }),
);
export const contactPromised = defineEvent(
  'contact.promised',
  'A reply was promised by a time.',
  z.object({
    replyBy: at,
    promise: z.number().int().optional().meta({ description: 'Which promise of this contact, from 1' }),
    opens,
  }),
);
export const contactReplied = defineEvent(
  'contact.replied',
  'The promised reply was given.',
  z.object({
    words: personalRef,
    promise: z.number().int().optional().meta({ description: 'Which promise it keeps' }),
    ...happenedData,
  }),
);

export const contactEvents = [
  contactReceived,
  contactMissed,
  contactAnswered,
  contactSettled,
  contactRouted,
  contactAccepted,
  contactPromised,
  contactReplied,
  ...obligationEvents('contact'),
] as const;
export type ContactEvent = (typeof contactEvents)[number];
