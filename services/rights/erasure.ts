import type * as z from 'zod';
import type { NewEvent, PersonalRef, Recorded } from '../../shared/domain/events.ts';
import { derivedId } from '../../shared/domain/ids.ts';
import { guard, type Transitions } from '../../shared/domain/machine.ts';
import { type Obligation, open, tookRung } from '../../shared/domain/obligation.ts';
import { notFound, Refusal } from '../../shared/domain/refusal.ts';
import { KEEPING, type Keeping } from '../../shared/forgetting/events.ts';
import type { AggregateType } from '../../shared/journal/aggregate.ts';
import type { Situation } from '../../shared/journal/command.ts';
import { decision } from '../../shared/journal/decision.ts';
import { newSignIn, notSecond } from '../../shared/people/second-person.ts';
import type { PolicyContext } from '../../shared/policy/policy-context.ts';
import { DAY, endOfDay, HOUR, type Instant } from '../../shared/time/clock.ts';
import { type ErasureEvent, type erasureAnswered, erasureEvents } from './events.ts';

export type Status = 'none' | 'asked' | 'refused' | 'confirmed' | 'cleared' | 'finished';
type ErasureCommand = 'ask' | 'refuse' | 'confirm' | 'clear' | 'resume' | 'replay' | 'finish';
export const TRANSITIONS: Transitions<Status, ErasureCommand> = {
  ask: { from: ['none', 'refused', 'finished'], to: ['asked'] },
  refuse: { from: ['asked'], to: ['refused'] },
  confirm: { from: ['asked'], to: ['confirmed'] },
  clear: { from: ['confirmed'], to: ['cleared'] },
  resume: { from: ['confirmed', 'cleared'], to: ['confirmed'] },
  replay: { from: ['asked', 'refused', 'confirmed', 'cleared', 'finished'], to: ['confirmed'] },
  finish: { from: ['cleared'], to: ['finished'] },
};

export type ErasureAnswer = z.output<typeof erasureAnswered.data>;

/** That a person is erased (PIPL art. 47): asked by one, confirmed by another, done by every service for its own. */
export interface Erasure {
  status: Status;
  party: string;
  /** Every id the party goes by; known once it was confirmed, and kept when it is asked for anew. */
  parties: string[];
  reason: PersonalRef;
  askedBy: string;
  askedAt: Instant;
  confirmedBy?: string;
  /** What each service told last. */
  answers: Partial<Record<Keeping, ErasureAnswer>>;
  /** The events that asked the services last, none before it was confirmed: who hasn't answered one of them has still to come. */
  asked: string[];
  policy: number;
  /** What was erased before, also while it is asked for again, and where that is refused. */
  erased?: { at: Instant; askedBy: string; confirmedBy: string; answers: Erasure['answers'] };
  /** When what could not be erased yet is tried again. */
  wake?: Instant | undefined;
  owed: Obligation[];
}

/** One a party: asked for anew, it is the same. */
export const erasureId = (party: string): string => derivedId('erasure', party);

const CASES = KEEPING.filter((service) => service !== 'registry');
const isDone = ({ answers, asked }: Pick<Erasure, 'answers' | 'asked'>, service: Keeping): boolean => {
  const answer = answers[service];
  return answer?.waits === 0 && asked.includes(answer.asked);
};

const fold = (state: Erasure | undefined, event: Recorded<ErasureEvent>): Erasure => {
  if (event.name === 'erasure.asked') {
    const { opens, ...data } = event.data;
    const by = { askedBy: event.by, askedAt: event.at };
    const { parties = [], erased } = state ?? {};
    const before = erased ? { erased } : {};
    return { ...data, ...by, ...before, status: 'asked', parties, answers: {}, asked: [], owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before anybody asked`);
  switch (event.name) {
    case 'erasure.refused':
      return { ...state, status: 'refused', owed: [] };
    case 'erasure.confirmed': {
      const { parties, again } = event.data;
      return { ...state, status: 'confirmed', parties, confirmedBy: event.by, asked: [event.id], wake: again };
    }
    case 'erasure.answered':
      return { ...state, answers: { ...state.answers, [event.data.service]: event.data } };
    case 'erasure.cleared':
      return { ...state, status: 'cleared', asked: [...state.asked, event.id] };
    case 'erasure.resumed':
      return { ...state, status: 'confirmed', asked: [event.id], wake: event.data.again };
    case 'erasure.replayed': {
      const { again, opens } = event.data;
      return { ...state, status: 'confirmed', asked: [event.id], wake: again, owed: opens };
    }
    case 'erasure.finished': {
      const { wake: _, ...rest } = state;
      const { askedBy, confirmedBy = '', answers } = rest;
      return { ...rest, status: 'finished', erased: { at: event.at, askedBy, confirmedBy, answers }, owed: [] };
    }
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const erasureType: AggregateType<Erasure, ErasureEvent> = {
  type: 'erasure',
  ids: 'erasure',
  most: { parties: 51, asked: 2 },
  events: erasureEvents,
  fold,
  finished: ({ status }) => status === 'refused' || status === 'finished',
  wakes: ({ wake }) => wake,
};

type NewEvents = NewEvent<ErasureEvent>[] | Refusal;
type On = Situation<Erasure>;
const refusedBy = ({ status }: Erasure, command: ErasureCommand) =>
  guard(TRANSITIONS, command, status, 'erasure.not-now');

const owe = (now: Instant, { zone, policy }: PolicyContext): Obligation =>
  open({
    duty: 'erase',
    position: { role: 'centre-manager' },
    since: now,
    due: endOfDay(now, zone, policy.rightsDays),
    remindAt: endOfDay(now, zone, Math.max(policy.rightsDays - 3, 0)),
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });

export const askErasure = (on: On, { party, reason }: { party: string; reason: PersonalRef }): NewEvents => {
  const { state, now, context } = on;
  const refused = (state && refusedBy(state, 'ask')) ?? newSignIn(on);
  const opens = [owe(now, context)];
  return refused ?? [{ name: 'erasure.asked', data: { party, reason, policy: context.version, opens } }];
};

const admitted =
  (command: 'confirm' | 'refuse', refused: (on: On, state: Erasure) => Refusal | undefined = () => undefined) =>
  (on: On): Erasure | Refusal => {
    const { state } = on;
    if (!state) return notFound('erasure');
    return refusedBy(state, command) ?? refused(on, state) ?? state;
  };

/** Who asked never confirms it, whatever positions they hold. @param since of who asked (`signInSince`) */
const isSecond = (on: On, { askedBy, askedAt }: Erasure, since?: Instant) =>
  notSecond(on, { by: askedBy, at: askedAt }, since, 'erasure.second-person');

export const confirmErasure = decision(
  admitted('confirm', isSecond),
  (on, state, parties: string[], since: Instant | undefined): NewEvents => {
    const refused = isSecond(on, state, since);
    if (refused) return refused;
    const { party, askedBy } = state;
    return [{ name: 'erasure.confirmed', data: { party, parties, askedBy, again: on.now + DAY } }];
  },
);

/** Whether it may be confirmed, as far as it is known since when whoever asked signs in as they do. */
export const mayConfirm = (on: On, since: Instant | undefined): Refusal | undefined => {
  const confirmed = confirmErasure(on, [], since);
  return confirmed instanceof Refusal ? confirmed : undefined;
};

export const refuseErasure = decision(
  admitted('refuse'),
  (_, __, reason: PersonalRef): NewEvents => [{ name: 'erasure.refused', data: { reason } }],
);

/** A service told what became of it: once none of the others waits, nobody needs to know any more who it was. */
export const hearAnswer = (state: Erasure | undefined, answer: ErasureAnswer): NewEvent<ErasureEvent>[] => {
  if (!state || state.asked.length === 0) return [];
  const before = state.answers[answer.service];
  if (before?.asked === answer.asked || (before && before.toldAt > answer.toldAt)) return [];
  const answers = { ...state.answers, [answer.service]: answer };
  const told: NewEvent<ErasureEvent> = { name: 'erasure.answered', data: answer };
  const { party, parties } = state;
  const known = { answers, asked: state.asked };
  const cases = CASES.every((service) => isDone(known, service));
  if (state.status === 'confirmed' && cases) return [told, { name: 'erasure.cleared', data: { party, parties } }];
  if (state.status === 'cleared' && cases && isDone(known, 'registry'))
    return [told, { name: 'erasure.finished', data: {} }];
  return [told];
};

/** What was not finished is tried again, once a day: of everybody, since what was finished then may not be now. */
export const resume = ({ status, wake, party, parties }: Erasure, now: Instant): NewEvent<ErasureEvent>[] => {
  if (wake === undefined || wake > now || !TRANSITIONS.resume.from.includes(status)) return [];
  return [{ name: 'erasure.resumed', data: { party, parties, again: now + DAY } }];
};

/** Tables were restored: whatever was erased is erased anew, also where it was asked for again since and nobody decided, or it was refused. */
export const replay = ({ party, parties }: Erasure, now: Instant, context: PolicyContext): NewEvent<ErasureEvent>[] =>
  parties.length === 0
    ? []
    : [{ name: 'erasure.replayed', data: { party, parties, again: now + DAY, opens: [owe(now, context)] } }];

/** Of which services it isn't known yet that they have done it. */
export const toCome = (state: Erasure): Keeping[] =>
  state.asked.length === 0 ? [] : KEEPING.filter((service) => !isDone(state, service));
