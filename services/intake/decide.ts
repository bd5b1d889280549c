import type { NewEvent, PersonalRef } from '../../shared/domain/events.ts';
import { guard } from '../../shared/domain/machine.ts';
import { badPromise, mayKeep, oweReply } from '../../shared/domain/promise.ts';
import { invalid, notFound, Refusal, refuse } from '../../shared/domain/refusal.ts';
import { append } from '../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { isForDepartment, type Role } from '../../shared/people/positions.ts';
import { notSpoken, notTheirs, type Spoken } from '../../shared/people/spoken.ts';
import { DAY, type Instant, localDay, MINUTE, toldInstant } from '../../shared/time/clock.ts';
import { type Contact, type ContactCommand, contactType, promiseOf, TRANSITIONS } from './contact.ts';
import { type ContactChannel, isWritten, oweAccept, oweAnswer, oweFirstAsked, oweHandOver } from './duties.ts';
import type { ContactEvent, ROUTED_AS } from './events.ts';

export type Situation = On<Contact>;
export type NewEvents = NewEvent<ContactEvent>[] | Refusal;
type ContactDecision = (on: Situation) => NewEvents;

/** Several decisions as one, each made on what the one before left; the first refusal refuses them all. */
export const together =
  (...steps: readonly ContactDecision[]): ContactDecision =>
  (on) => {
    const happened: NewEvent<ContactEvent>[] = [];
    let current = { id: '', site: '', version: 0, state: on.state };
    for (const step of steps) {
      const newEvents = step({ ...on, state: current.state });
      if (newEvents instanceof Refusal) return newEvents;
      happened.push(...newEvents);
      current = append(contactType, current, newEvents, on.now, on.actor.staff).next as typeof current;
    }
    return happened;
  };

const admit = ({ state }: Situation, command: ContactCommand): Contact | Refusal => {
  if (!state) return notFound('contact');
  return guard(TRANSITIONS, command, state.status, 'contact.not-now') ?? state;
};

export interface Received {
  channel: ContactChannel;
  unit?: string | undefined;
  party?: string | undefined;
  receivedAt: Instant;
  /** What was written, and the letter that it is about. */
  words?: PersonalRef | undefined;
  letter?: string | undefined;
}

/** What is older belongs to no open day any more. */
const RECORDED_WITHIN = 7 * DAY;

/** Unless it is said: who calls or comes is answered as they come, what is written when somebody takes it. */
export const answeredWhen = (channel: ContactChannel, receivedAt: Instant, now: Instant): Instant =>
  isWritten(channel) ? now : receivedAt;

export const receive =
  ({ channel, unit, party, receivedAt, words, letter }: Received): ContactDecision =>
  ({ context, now }) => {
    if (receivedAt > now) return invalid({ field: 'body.receivedAt', rule: 'field.not-future' });
    if (receivedAt < now - RECORDED_WITHIN)
      return invalid({ field: 'body.receivedAt', rule: 'field.last-days', details: { days: RECORDED_WITHIN / DAY } });
    const opens = [oweAnswer(receivedAt, channel, context)];
    const written = { ...(words ? { words } : {}), ...(letter === undefined ? {} : { letter }) };
    const data = { channel, unit, party, receivedAt, ...written, policy: context.version, opens };
    return [{ name: 'contact.received', data }];
  };

export const miss =
  (rings?: number): ContactDecision =>
  (on) => {
    const state = admit(on, 'miss');
    if (state instanceof Refusal) return state;
    return [{ name: 'contact.not-answered', data: { rings } }];
  };

/** A call is in time by its rings, a visit always, what is written by the minutes until somebody took it (Q2). */
const isInTime = (
  { channel, receivedAt }: Contact,
  rings: number,
  answeredAt: Instant,
  { policy }: On<Contact>['context'],
) =>
  channel === 'call'
    ? rings <= policy.ringsInTime
    : !isWritten(channel) || answeredAt - receivedAt <= policy.messageMinutes * MINUTE;

/** @param answeredAt when somebody took it; `now` when it isn't said */
export const answer =
  ({ rings, answeredAt }: { rings?: number | undefined; answeredAt?: Instant | undefined }): ContactDecision =>
  (on) => {
    const state = admit(on, 'answer');
    if (state instanceof Refusal) return state;
    const { now, actor, context } = on;
    const taken = toldInstant(answeredAt ?? now, now);
    if (taken > now) return invalid({ field: 'body.answeredAt', rule: 'field.not-future' });
    if (taken < state.receivedAt) return invalid({ field: 'body.answeredAt', rule: 'field.not-before-received' });
    if (state.channel === 'call' && rings === undefined) return invalid({ field: 'body.rings', rule: 'field.of-call' });
    if (state.channel !== 'call' && rings !== undefined)
      return invalid({ field: 'body.rings', rule: 'field.only-of-call' });
    return [
      {
        name: 'contact.answered',
        data: {
          takenBy: actor.staff,
          rings,
          answeredAt: taken,
          day: localDay(taken, context.zone),
          inTime: isInTime(state, rings ?? 0, taken, context),
          opens: [oweHandOver(taken, actor.staff, context)],
        },
      },
    ];
  };

export const settle =
  (words?: PersonalRef): ContactDecision =>
  (on) => {
    const state = admit(on, 'settle');
    if (state instanceof Refusal) return state;
    return [{ name: 'contact.settled', data: { words } }];
  };

export interface Routing {
  as: (typeof ROUTED_AS)[number];
  kind?: string | undefined;
  department: string;
  words: PersonalRef;
  about?: { staff: string; contact?: string | undefined } | undefined;
  anonymous: boolean;
  confidential: boolean;
  callable: boolean;
}

/** To a department, or as a complaint; never by whoever the complaint is about. */
export const route =
  (routing: Routing): ContactDecision =>
  (on) => {
    const state = admit(on, 'route');
    if (state instanceof Refusal) return state;
    const { now, actor, context } = on;
    if (routing.about?.staff === actor.staff) return refuse('contact.accused');
    const receivedBy = state.takenBy ?? actor.staff;
    const opens =
      routing.as === 'complaint'
        ? [oweFirstAsked(now, receivedBy, context)]
        : [oweAccept(now, routing.department, context)];
    const { unit, party } = state;
    const who = routing.anonymous ? {} : { unit, party };
    return [{ name: 'contact.routed', data: { ...routing, ...who, receivedBy, opens } }];
  };

const ABOVE: Role[] = ['supervisor', 'centre-manager'];

/** By the department's head or a position above, or recorded by the desk for that head, who accepted by word of mouth (代录). */
export const accept =
  (spoken?: Spoken): ContactDecision =>
  (on) => {
    const state = admit(on, 'accept');
    if (state instanceof Refusal) return state;
    if (state.as === 'complaint') return refuse('contact.through-complaint');
    const { department = '' } = state;
    if (spoken) {
      const refusal = notSpoken(on.actor, spoken, department);
      if (refusal) return refusal;
    } else if (!isForDepartment(on.actor, department, ABOVE)) return notTheirs(on.actor, department, true);
    const proxyFor = spoken?.staff;
    const acceptDue = state.owed.find(({ duty }) => duty === 'accept')?.due;
    return [{ name: 'contact.accepted', data: { department, acceptDue, proxyFor } }];
  };

/** Its complaint was accepted by a department, or found not valid (then by none): the first asked is relieved. */
export const complaintTakenOn = (
  { status }: Contact,
  accepted: { department: string; acceptDue: Instant } | undefined,
): NewEvent<ContactEvent>[] =>
  status === 'routed'
    ? [{ name: 'contact.accepted', data: { department: accepted?.department, acceptDue: accepted?.acceptDue } }]
    : [];

/** One promise at a time: a second one would hide that the first wasn't kept. */
export const promise =
  (replyBy: Instant, field = 'body.replyBy'): ContactDecision =>
  (on) => {
    const state = admit(on, 'promise');
    if (state instanceof Refusal) return state;
    if (promiseOf(state)) return refuse('contact.promised-already');
    const bad = badPromise(replyBy, on.now, field);
    if (bad) return bad;
    const promise = (state.promises ?? 0) + 1;
    const opens = [{ ...oweReply(on.now, replyBy, on.actor.staff, on.context), of: String(promise) }];
    return [{ name: 'contact.promised', data: { replyBy, promise, opens } }];
  };

export const reply =
  (words: PersonalRef): ContactDecision =>
  (on) => {
    const state = admit(on, 'reply');
    if (state instanceof Refusal) return state;
    const promised = promiseOf(state);
    if (!promised) return refuse('contact.nothing-promised');
    if (!mayKeep(promised, on.actor)) return refuse('contact.promised-by-another');
    return [{ name: 'contact.replied', data: { words, promise: state.promises } }];
  };
