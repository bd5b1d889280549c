import * as z from 'zod';
import { day, defineEvent, personalRef } from '../../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../../shared/domain/obligation.ts';
import { position } from '../../../../shared/people/positions.ts';
import { MEASURE_IDS } from '../../figures/contract.ts';

/** What is to become better: a figure, or one of the other things a report shows. */
export const TOPICS = [...MEASURE_IDS, 'collection', 'arrears', 'service', 'other'] as const;
export type Topic = (typeof TOPICS)[number];

const words = personalRef.meta({ description: 'In words' });

export const improvementPlanned = defineEvent(
  'improvement.planned',
  'Something is to become better (改进措施): what is to be done, by whom, by when. Reports show how far it is.',
  z.object({
    period: z.string().meta({ description: 'The month or year whose report led to it' }),
    topic: z.enum(TOPICS),
    words,
    position: position.meta({ description: 'Who owes it' }),
    dueDay: day,
    policy: z.number().int(),
    opens: z.array(obligation),
  }),
);
export const improvementProgressed = defineEvent(
  'improvement.progressed',
  'How far it is, in words of whoever owes it.',
  z.object({ words }),
);
export const improvementDone = defineEvent(
  'improvement.done',
  'It was done, with what came of it.',
  z.object({ words }),
);
export const improvementDropped = defineEvent(
  'improvement.dropped',
  'It will not be done after all, with the reason.',
  z.object({ words }),
);
export const improvementEvents = [
  improvementPlanned,
  improvementProgressed,
  improvementDone,
  improvementDropped,
  ...obligationEvents('improvement'),
] as const;
export type ImprovementEvent = (typeof improvementEvents)[number];
