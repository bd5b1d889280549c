import type { PersonalRef, Recorded } from '../../../../shared/domain/events.ts';
import type { Transitions } from '../../../../shared/domain/machine.ts';
import { type Obligation, tookRung } from '../../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../../shared/journal/aggregate.ts';
import type { Position } from '../../../../shared/people/positions.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import { type ImprovementEvent, improvementEvents, type Topic } from './events.ts';

export const STATUSES = ['planned', 'done', 'dropped'] as const;
export type Status = (typeof STATUSES)[number];
export type ImprovementCommand = 'progress' | 'done' | 'drop';

export const TRANSITIONS: Transitions<Status, ImprovementCommand> = {
  progress: { from: ['planned'], to: ['planned'] },
  done: { from: ['planned'], to: ['done'] },
  drop: { from: ['planned'], to: ['dropped'] },
};

/** An improvement measure (改进措施): owned by a position, due on a day, followed from report to report. */
export interface Improvement {
  status: Status;
  period: string;
  topic: Topic;
  words: PersonalRef;
  position: Position;
  plannedAt: Instant;
  plannedBy: string;
  dueDay: Day;
  /** 24:00 of the due day. */
  due: Instant;
  /** What was said of it last, and when. */
  said?: { words: PersonalRef; at: Instant };
  /** When it was done or dropped. */
  endedAt?: Instant;
  policy: number;
  owed: Obligation[];
}

const fold = (state: Improvement | undefined, event: Recorded<ImprovementEvent>): Improvement => {
  if (event.name === 'improvement.planned') {
    const { opens, ...data } = event.data;
    const due = opens[0]?.due ?? event.at;
    return { ...data, due, status: 'planned', plannedAt: event.at, plannedBy: event.by, owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the plan`);
  switch (event.name) {
    case 'improvement.progressed':
      return { ...state, said: { words: event.data.words, at: event.at } };
    case 'improvement.done':
    case 'improvement.dropped': {
      const status = event.name === 'improvement.done' ? 'done' : 'dropped';
      return { ...state, status, said: { words: event.data.words, at: event.at }, endedAt: event.at, owed: [] };
    }
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const improvementType: AggregateType<Improvement, ImprovementEvent> = {
  type: 'improvement',
  ids: 'improvement',
  events: improvementEvents,
  most: {},
  fold,
  finished: ({ status }) => status !== 'planned',
};
