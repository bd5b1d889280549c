import type { NewEvent, PersonalRef } from '../../shared/domain/events.ts';
import { guard } from '../../shared/domain/machine.ts';
import { badPromise, mayKeep, oweReply } from '../../shared/domain/promise.ts';
import { invalid, notFound, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { decision } from '../../shared/journal/decision.ts';
import { isLiftedTo, SIGNS_ABOVE } from '../../shared/people/positions.ts';
import { type Instant, toldInstant } from '../../shared/time/clock.ts';
import { dayPart } from '../../shared/time/day-part.ts';
import { type Callback, type CallbackCommand, isLastToSign, type Opinion, TRANSITIONS } from './callback.ts';
import { oweOpinions } from './duties.ts';
import type { CallbackEvent, CallOutcome, WAIVERS } from './events.ts';

type Situation = On<Callback>;
type NewEvents = NewEvent<CallbackEvent>[] | Refusal;

/** What a command may rely on: the callback exists, is in a state that allows it, and nothing else is against who acts. */
const admitted =
  (command: CallbackCommand, refused: (on: Situation, state: Callback) => Refusal | undefined) =>
  (on: Situation): Callback | Refusal => {
    const { state } = on;
    if (!state) return notFound('callback');
    return guard(TRANSITIONS, command, state.status, 'callback.not-now') ?? refused(on, state) ?? state;
  };

/** Nobody calls back about their own work. */
const ownWork = ({ actor }: Situation, { notBy }: Callback): Refusal | undefined =>
  notBy.includes(actor.staff) ? refuse('callback.own-work') : undefined;

const about = ({ complaint, ordinal, resolvedAt }: Callback) => ({ complaint, ordinal, resolvedAt });

export const claim = decision(
  admitted('claim', ownWork),
  ({ actor }, { owed }): NewEvents =>
    owed.some((o) => o.claimedBy === actor.staff) ? [] : [{ name: 'callback.claimed', data: {} }],
);

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
export const attempt = decision(
  admitted('attempt', (on, state) => ownWork(on, state) ?? (state.public ? refuse('callback.public') : undefined)),
  (on, state, call: Attempt): NewEvents => {
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
  },
);

/** What is done about one opinion, which is the department's, and `notYet` while there is none that it could be done about. */
const ofOpinions = (
  command: CallbackCommand,
  { isReady, notYet }: { isReady(opinion: Opinion): boolean; notYet: 'callback.signed' | 'callback.unanswered' },
) =>
  admitted(command, ({ actor }, { accused, department, opinions, owed }) => {
    if (opinions.length === 0) return notFound('opinion');
    if (accused === actor.staff) return refuse('complaint.accused');
    // A department's only head may be whom it is about: then a position above answers and signs.
    const above =
      (accused !== undefined && actor.roles.some((role) => SIGNS_ABOVE.includes(role))) ||
      isLiftedTo(actor, owed, 'opinions');
    if (!above && !actor.departments.includes(department)) return refuse('callback.other-department');
    return opinions.some(isReady) ? undefined : refuse(notYet);
  });

export const answerOpinion = decision(
  ofOpinions('answer-opinion', { isReady: ({ signed }) => !signed, notYet: 'callback.signed' }),
  (_, { opinions }, item: number, answer: PersonalRef): NewEvents => {
    const opinion = opinions[item];
    if (!opinion) return notFound(`opinion ${item}`);
    if (opinion.signed) return refuse('callback.signed');
    return [{ name: 'callback.opinion-answered', data: { item, answer } }];
  },
);

export const signOpinion = decision(
  ofOpinions('sign-opinion', { isReady: ({ answeredBy }) => answeredBy !== undefined, notYet: 'callback.unanswered' }),
  (_, state, item: number): NewEvents => {
    const opinion = state.opinions[item];
    if (!opinion) return notFound(`opinion ${item}`);
    if (!opinion.answeredBy) return refuse('callback.unanswered');
    if (opinion.signed) return [];
    const settled: NewEvent<CallbackEvent>[] = isLastToSign(state, item)
      ? [{ name: 'callback.opinions-settled', data: { complaint: state.complaint, ordinal: state.ordinal } }]
      : [];
    return [{ name: 'callback.opinion-signed', data: { item } }, ...settled];
  },
);

export const reply = decision(
  admitted('reply', ({ actor }, { owed }) => {
    const promised = owed.find(({ duty }) => duty === 'reply');
    if (!promised) return refuse('callback.nothing-promised');
    return mayKeep(promised, actor) ? undefined : refuse('callback.promised-by-another');
  }),
  (_, __, words: PersonalRef): NewEvents => [{ name: 'callback.replied', data: { words } }],
);

export const waive = decision(
  admitted('waive', ownWork),
  (_, state, reason: (typeof WAIVERS)[number], words: PersonalRef): NewEvents => {
    // What nobody tried can't be known to be in vain.
    if (reason !== 'owner-deceased' && state.attempts === 0) return refuse('callback.untried');
    return [{ name: 'callback.waived', data: { ...about(state), reason, words } }];
  },
);

export const publish = decision(
  admitted('publish', (on, state) => ownWork(on, state) ?? (state.public ? undefined : refuse('callback.not-public'))),
  (_, state, words: PersonalRef): NewEvents => [{ name: 'callback.published', data: { ...about(state), words } }],
);
