import type { NewEvent, PersonalRef } from '../../shared/domain/events.ts';
import { guard } from '../../shared/domain/machine.ts';
import { badPromise, mayKeep, oweReply } from '../../shared/domain/promise.ts';
import { invalid, notFound, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { isLiftedTo, SIGNS_ABOVE } from '../../shared/people/positions.ts';
import { type Instant, toldInstant } from '../../shared/time/clock.ts';
import { dayPart } from '../../shared/time/day-part.ts';
import { type Callback, type CallbackCommand, isLastToSign, TRANSITIONS } from './callback.ts';
import { oweOpinions } from './duties.ts';
import type { CallbackEvent, CallOutcome, WAIVERS } from './events.ts';

type Situation = On<Callback>;
type NewEvents = NewEvent<CallbackEvent>[] | Refusal;

const isRefusal = (found: Callback | Refusal): found is Refusal => found instanceof Error;

const admit = ({ state }: Situation, command: CallbackCommand): Callback | Refusal => {
  if (!state) return notFound('callback');
  return guard(TRANSITIONS, command, state.status, 'callback.not-now') ?? state;
};

/** Nobody calls back about their own work. */
const admitCaller = (on: Situation, command: CallbackCommand): Callback | Refusal => {
  const state = admit(on, command);
  if (isRefusal(state)) return state;
  return state.notBy.includes(on.actor.staff) ? refuse('callback.own-work') : state;
};

const about = ({ complaint, ordinal, resolvedAt }: Callback) => ({ complaint, ordinal, resolvedAt });

export const claim = (on: Situation): NewEvents => {
  const state = admitCaller(on, 'claim');
  if (isRefusal(state)) return state;
  return state.owed.some((o) => o.claimedBy === on.actor.staff) ? [] : [{ name: 'callback.claimed', data: {} }];
};

export interface Attempt {
  outcome: CallOutcome;
  calledAt: Instant;
  number?: PersonalRef | undefined;
  spokeWith?: PersonalRef | undefined;
  rating?: number | undefined;
  opinions: PersonalRef[];
  nextPromise?: Instant | undefined;
}

/** A call to the owner. Whether it was in time is judged by when it is recorded, never by when it is said to have been. */
export const attempt = (on: Situation, call: Attempt): NewEvents => {
  const state = admitCaller(on, 'attempt');
  if (isRefusal(state)) return state;
  if (state.public) return refuse('callback.public');
  const calledAt = toldInstant(call.calledAt, on.now);
  if (calledAt > on.now) return invalid({ field: 'body.calledAt', rule: 'field.not-future' });
  if (calledAt < state.resolvedAt) return invalid({ field: 'body.calledAt', rule: 'field.not-before-resolution' });
  const { outcome, number, spokeWith, rating, opinions, nextPromise } = call;
  if (outcome !== 'reached') {
    const said = rating !== undefined || opinions.length > 0 || nextPromise !== undefined || spokeWith !== undefined;
    if (said) return refuse('callback.not-reached', { outcome });
    return [
      { name: 'callback.attempted', data: { outcome, calledAt, number, dayPart: dayPart(calledAt, on.context) } },
    ];
  }
  const bad = nextPromise === undefined ? undefined : badPromise(nextPromise, on.now, 'body.nextPromise');
  if (bad) return bad;
  const opens = [
    ...(opinions.length > 0 ? [oweOpinions(on.now, state.department, on.context, state.alone)] : []),
    ...(nextPromise === undefined ? [] : [oweReply(on.now, nextPromise, on.actor.staff, on.context)]),
  ];
  const rated =
    rating === undefined
      ? {}
      : { rating, satisfied: rating >= on.context.policy.satisfiedFrom, ratedBy: 'agent' as const };
  const said = { calledAt, number, spokeWith, ...rated, opinions, nextPromise };
  const data = { ...about(state), due: state.due, department: state.department, ...said, opens };
  return [{ name: 'callback.reached', data }];
};

const ofItem = (on: Situation, command: CallbackCommand, item: number): Callback | Refusal => {
  const state = admit(on, command);
  if (isRefusal(state)) return state;
  if (!state.opinions[item]) return notFound(`opinion ${item}`);
  if (state.accused === on.actor.staff) return refuse('complaint.accused');
  // A department's only head may be whom it is about: then a position above answers and signs.
  const above =
    (state.accused !== undefined && on.actor.roles.some((role) => SIGNS_ABOVE.includes(role))) ||
    isLiftedTo(on.actor, state.owed, 'opinions');
  return above || on.actor.departments.includes(state.department) ? state : refuse('callback.other-department');
};

export const answerOpinion = (on: Situation, item: number, answer: PersonalRef): NewEvents => {
  const state = ofItem(on, 'answer-opinion', item);
  if (isRefusal(state)) return state;
  if (state.opinions[item]?.signed) return refuse('callback.signed');
  return [{ name: 'callback.opinion-answered', data: { item, answer } }];
};

export const signOpinion = (on: Situation, item: number): NewEvents => {
  const state = ofItem(on, 'sign-opinion', item);
  if (isRefusal(state)) return state;
  if (!state.opinions[item]?.answeredBy) return refuse('callback.unanswered');
  if (state.opinions[item]?.signed) return [];
  const settled: NewEvent<CallbackEvent>[] = isLastToSign(state, item)
    ? [{ name: 'callback.opinions-settled', data: { complaint: state.complaint, ordinal: state.ordinal } }]
    : [];
  return [{ name: 'callback.opinion-signed', data: { item } }, ...settled];
};

export const reply = (on: Situation, words: PersonalRef): NewEvents => {
  const state = admit(on, 'reply');
  if (isRefusal(state)) return state;
  const promised = state.owed.find(({ duty }) => duty === 'reply');
  if (!promised) return refuse('callback.nothing-promised');
  if (!mayKeep(promised, on.actor)) return refuse('callback.promised-by-another');
  return [{ name: 'callback.replied', data: { words } }];
};

export const waive = (on: Situation, reason: (typeof WAIVERS)[number], words: PersonalRef): NewEvents => {
  const state = admitCaller(on, 'waive');
  if (isRefusal(state)) return state;
  // What nobody tried can't be known to be in vain.
  if (reason !== 'owner-deceased' && state.attempts === 0) return refuse('callback.untried');
  return [{ name: 'callback.waived', data: { ...about(state), reason, words } }];
};

export const publish = (on: Situation, words: PersonalRef): NewEvents => {
  const state = admitCaller(on, 'publish');
  if (isRefusal(state)) return state;
  if (!state.public) return refuse('callback.not-public');
  return [{ name: 'callback.published', data: { ...about(state), words } }];
};
