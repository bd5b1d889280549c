import * as z from 'zod';
import { at, defineEvent, personalRef, staffId } from '../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../shared/domain/obligation.ts';
import { position } from '../../shared/people/positions.ts';

/** What came of an attempt to reach the owner. */
export const OUTCOMES = ['reached', 'no-answer', 'refused', 'wrong-number'] as const;
export type CallOutcome = (typeof OUTCOMES)[number];
/** Why a callback needn't be made; each stands outside Q3, shown with its reason. */
export const WAIVERS = ['owner-refused', 'no-contact-way', 'owner-deceased'] as const;

const complaint = { complaint: z.string(), ordinal: z.number().int().meta({ description: 'Which resolution' }) };
const opens = z.array(obligation);

export const callbackOpened = defineEvent(
  'callback.opened',
  'A complaint was resolved; its owner has to be reached within the policy (48 h).',
  z.object({
    number: z.string().optional().meta({ description: 'As people say it, with its year: `HF20261130-004`' }),
    ...complaint,
    resolvedAt: at,
    due: at,
    department: z.string(),
    unit: z.string().optional(),
    party: z.string().optional(),
    accused: staffId.optional().meta({ description: 'Whose conduct the complaint is about' }),
    alone: z.array(position).optional().meta({ description: 'Positions that they alone held' }),
    notBy: z.array(staffId),
    policy: z.number().int(),
    anonymous: z.boolean(),
    concealed: z.boolean().meta({ description: 'Who complained is kept from departments' }),
    public: z.boolean().meta({ description: 'Nobody can be reached: the answer is made public instead, outside Q3' }),
    opens,
  }),
);
export const callbackClaimed = defineEvent('callback.claimed', 'An agent took it on.', z.object({}));
export const callbackAttempted = defineEvent(
  'callback.attempted',
  'The owner was called and not reached.',
  z.object({
    outcome: z.enum(OUTCOMES),
    calledAt: at,
    number: personalRef.optional(),
    dayPart: z.string().optional().meta({
      description:
        'The local day and the part of it; several tries in one count as one. Absent outside the hours of calling',
    }),
  }),
);
export const callbackReached = defineEvent(
  'callback.reached',
  'The owner was reached, with a record.',
  z.object({
    ...complaint,
    resolvedAt: at,
    due: at,
    calledAt: at,
    number: personalRef.optional(),
    spokeWith: personalRef.optional(),
    department: z.string().optional().meta({ description: 'Whose result it was about' }),
    rating: z.number().int().min(1).max(5).optional(),
    satisfied: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the rating counts as satisfied (Q4), by the frozen policy' }),
    ratedBy: z.enum(['agent', 'owner']).optional().meta({ description: 'Who typed the rating' }),
    opinions: z.array(personalRef).meta({ description: 'Opinions heard, item by item' }),
    nextPromise: at.optional(),
    opens,
  }),
);
export const callbackAnswered = defineEvent(
  'callback.opinion-answered',
  'The department answered one opinion.',
  z.object({ item: z.number().int(), answer: personalRef }),
);
export const callbackSigned = defineEvent(
  'callback.opinion-signed',
  "The department's manager signed the answer to one opinion.",
  z.object({ item: z.number().int() }),
);
export const callbackOpinionsSettled = defineEvent(
  'callback.opinions-settled',
  'Every opinion heard is answered and signed.',
  z.object(complaint),
);
export const callbackReplied = defineEvent(
  'callback.replied',
  'What was promised in the callback was told to the owner.',
  z.object({ words: personalRef }),
);
export const callbackWaived = defineEvent(
  'callback.waived',
  'A supervisor let it go, with a reason; outside Q3.',
  z.object({ ...complaint, resolvedAt: at, reason: z.enum(WAIVERS), words: personalRef }),
);
export const callbackPublished = defineEvent(
  'callback.published',
  'Nobody could be reached by design (anonymous); the answer was made public.',
  z.object({ ...complaint, resolvedAt: at, words: personalRef }),
);

export const callbackEvents = [
  callbackOpened,
  callbackClaimed,
  callbackAttempted,
  callbackReached,
  callbackAnswered,
  callbackSigned,
  callbackOpinionsSettled,
  callbackReplied,
  callbackWaived,
  callbackPublished,
  ...obligationEvents('callback'),
] as const;
export type CallbackEvent = (typeof callbackEvents)[number];
