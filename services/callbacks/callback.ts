import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import type { Transitions } from '../../shared/domain/machine.ts';
import { NUMBERED } from '../../shared/domain/number.ts';
import { claim, type Obligation, tookRung, without } from '../../shared/domain/obligation.ts';
import type { AggregateType } from '../../shared/journal/aggregate.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { type CallbackEvent, callbackEvents } from './events.ts';

export type Status = 'open' | 'reached' | 'waived' | 'published';
export type CallbackCommand = 'claim' | 'attempt' | 'answer-opinion' | 'sign-opinion' | 'reply' | 'waive' | 'publish';

export const TRANSITIONS: Transitions<Status, CallbackCommand> = {
  claim: { from: ['open'], to: ['open'] },
  attempt: { from: ['open'], to: ['open', 'reached'] },
  'answer-opinion': { from: ['reached'], to: ['reached'] },
  'sign-opinion': { from: ['reached'], to: ['reached'] },
  reply: { from: ['reached'], to: ['reached'] },
  waive: { from: ['open'], to: ['waived'] },
  publish: { from: ['open'], to: ['published'] },
};

/** One opinion the owner gave: answered by the department, signed by its manager. */
export interface Opinion {
  words: PersonalRef;
  answeredBy?: string;
  signed: boolean;
}

export interface Callback {
  number?: string | undefined;
  status: Status;
  complaint: string;
  ordinal: number;
  department: string;
  resolvedAt: Instant;
  due: Instant;
  unit?: string | undefined;
  party?: string | undefined;
  /** Whose conduct it is about: they answer and sign nothing of it. */
  accused?: string | undefined;
  /** Positions that they alone held. */
  alone?: Position[] | undefined;
  /** Nobody calls back about their own work. */
  notBy: string[];
  anonymous: boolean;
  /** Who complained is kept from departments. */
  concealed: boolean;
  public: boolean;
  policy: number;
  attempts: number;
  /** The parts of days in which it was tried. */
  dayParts: string[];
  reachedAt?: Instant;
  rating?: number | undefined;
  opinions: Opinion[];
  owed: Obligation[];
}

/** No try is refused for having been one too many: the parts of days after these add nothing. */
const PARTS_KEPT = 10;

const settledOpinions = (opinions: readonly Opinion[]) => opinions.every(({ signed }) => signed);
const change = (opinions: readonly Opinion[], item: number, to: Partial<Opinion>) =>
  opinions.map((opinion, i) => (i === item ? { ...opinion, ...to } : opinion));

const fold = (state: Callback | undefined, event: Recorded<CallbackEvent>): Callback => {
  if (event.name === 'callback.opened') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'open', attempts: 0, dayParts: [], opinions: [], owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  const { owed } = state;
  switch (event.name) {
    case 'callback.claimed':
      return { ...state, owed: claim(claim(owed, 'call', event.by), 'publish', event.by) };
    case 'callback.attempted':
      return {
        ...state,
        attempts: state.attempts + 1,
        dayParts: [...new Set([...state.dayParts, event.data.dayPart])]
          .filter((part) => part !== undefined)
          .slice(0, PARTS_KEPT),
      };
    case 'callback.reached': {
      const { opinions, rating, opens } = event.data;
      return {
        ...state,
        status: 'reached',
        attempts: state.attempts + 1,
        reachedAt: event.at,
        rating,
        opinions: opinions.map((words) => ({ words, signed: false })),
        owed: [...without(owed, 'call'), ...opens],
      };
    }
    case 'callback.opinion-answered':
      return { ...state, opinions: change(state.opinions, event.data.item, { answeredBy: event.by }) };
    case 'callback.opinion-signed':
      return { ...state, opinions: change(state.opinions, event.data.item, { signed: true }) };
    case 'callback.opinions-settled':
      return { ...state, owed: without(owed, 'opinions') };
    case 'callback.replied':
      return { ...state, owed: without(owed, 'reply') };
    case 'callback.waived':
      return { ...state, status: 'waived', owed: [] };
    case 'callback.published':
      return { ...state, status: 'published', owed: [] };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};

export const callbackType: AggregateType<Callback, CallbackEvent> = {
  type: 'callback',
  ids: 'callback',
  numbered: NUMBERED.callback,
  unitOf: ({ concealed, unit }) => (concealed ? undefined : unit),
  events: callbackEvents,
  most: { alone: 30, notBy: 200, dayParts: PARTS_KEPT, opinions: 20 },
  fold,
  finished: ({ status, owed }) => status !== 'open' && owed.length === 0,
};

/** Whether signing this item settles them all. */
export const isLastToSign = ({ opinions }: Callback, item: number): boolean =>
  settledOpinions(change(opinions, item, { signed: true }));
