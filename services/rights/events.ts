import * as z from 'zod';
import { at, defineEvent, personalRef } from '../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../shared/domain/obligation.ts';
import {
  erasureCleared,
  erasureConfirmed,
  erasureReplayed,
  erasureResumed,
  forgettingDone,
  forgettingErased,
} from '../../shared/forgetting/events.ts';

export { erasureCleared, erasureConfirmed, erasureReplayed, erasureResumed, forgettingDone, forgettingErased };

const opens = z.array(obligation).meta({ description: 'What is owed from now on' });

export const erasureAsked = defineEvent(
  'erasure.asked',
  'A person asked that what is kept of them is erased (PIPL art. 47); a second person decides.',
  z.object({ party: z.string(), reason: personalRef, policy: z.number().int(), opens }),
);
export const erasureRefused = defineEvent(
  'erasure.refused',
  'It is not erased, with the reason that the person is given.',
  z.object({ reason: personalRef }),
);
const { erasure: _, ...answer } = forgettingDone.data.shape;
export const erasureAnswered = defineEvent(
  'erasure.answered',
  'A service told what became of what it keeps of the person.',
  z.object({ ...answer, toldAt: at }),
);
export const erasureFinished = defineEvent(
  'erasure.finished',
  'Nothing is left but what a law has kept.',
  z.object({}),
);

export const erasureEvents = [
  erasureAsked,
  erasureRefused,
  erasureConfirmed,
  erasureResumed,
  erasureAnswered,
  erasureCleared,
  erasureFinished,
  erasureReplayed,
  ...obligationEvents('erasure'),
] as const;
export type ErasureEvent = (typeof erasureEvents)[number];
