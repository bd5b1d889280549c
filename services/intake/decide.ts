import type { NewEvent, PersonalRef } from '../../shared/domain/events.ts';
import { type Happened, happened } from '../../shared/domain/happened.ts';
import { guard } from '../../shared/domain/machine.ts';
import { badPromise, mayKeep, oweReply } from '../../shared/domain/promise.ts';
import { invalid, notFound, Refusal, refuse } from '../../shared/domain/refusal.ts';
import { append } from '../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { decision } from '../../shared/journal/decision.ts';
import type { Actor } from '../../shared/people/access.ts';
import { isForDepartment, type Role } from '../../shared/people/positions.ts';
import { notSpoken, notTheirs, recordsFor, type Spoken } from '../../shared/people/spoken.ts';
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

/** What a command may rely on: the contact exists, is in a state that allows it, and nothing else is against who acts. */
const admitted =
  (command: ContactCommand, refused: (on: Situation, state: Contact) => Refusal | undefined = () => undefined) =>
  (on: Situation): Contact | Refusal => {
    const { state } = on;
    if (!state) return notFound('contact');
    return guard(TRANSITIONS, command, state.status, 'contact.not-now') ?? refused(on, state) ?? state;
  };

/** A decision on a contact, which what is said makes: several may then be taken together. */
const saying = <A extends unknown[]>(
  admit: (on: Situation) => Contact | Refusal,
  decide: (on: Situation, state: Contact, ...said: A) => NewEvents,
) => {
  const decided = decision(admit, decide);
  return Object.assign(
    (...said: A): ContactDecision =>
      (on) =>
        decided(on, ...said),
    { may: decided.may },
  );
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

export const miss = saying(
  admitted('miss'),
  (_, __, rings?: number): NewEvents => [{ name: 'contact.not-answered', data: { rings } }],
);

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
export const answer = saying(
  admitted('answer'),
  (
    { now, actor, context },
    state,
    { rings, answeredAt }: { rings?: number | undefined; answeredAt?: Instant | undefined },
  ): NewEvents => {
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
  },
);

export const settle = saying(
  admitted('settle'),
  (_, __, words?: PersonalRef): NewEvents => [{ name: 'contact.settled', data: { words } }],
);

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
export const route = saying(
  admitted('route'),
  ({ now, actor, context }, { takenBy, unit, party }, routing: Routing): NewEvents => {
    if (routing.about?.staff === actor.staff) return refuse('contact.accused');
    const receivedBy = takenBy ?? actor.staff;
    const opens =
      routing.as === 'complaint'
        ? [oweFirstAsked(now, receivedBy, context)]
        : [oweAccept(now, routing.department, context)];
    const who = routing.anonymous ? {} : { unit, party };
    return [{ name: 'contact.routed', data: { ...routing, ...who, receivedBy, opens } }];
  },
);

const ABOVE: Role[] = ['supervisor', 'centre-manager'];

const isTheirs = (actor: Actor, { department = '' }: Contact): boolean => isForDepartment(actor, department, ABOVE);

/** By the department's head or a position above, or recorded by the desk for that head, who accepted by word of mouth (代录). */
export const accept = saying(
  admitted('accept', ({ actor }, state) => {
    const { as, department = '' } = state;
    if (as === 'complaint') return refuse('contact.through-complaint');
    return isTheirs(actor, state) || recordsFor(actor) ? undefined : notTheirs(actor, department, true);
  }),
  (on, state, { spoken, ...when }: { spoken?: Spoken | undefined } & Happened = {}): NewEvents => {
    const { actor, now } = on;
    const { department = '', owed } = state;
    if (!spoken && !isTheirs(actor, state)) return notTheirs(actor, department, true);
    const refused = spoken && notSpoken(actor, spoken, department);
    if (refused) return refused;
    const { since = now, due: acceptDue } = owed.find(({ duty }) => duty === 'accept') ?? {};
    const then = happened(when, on, since, { witnessed: spoken !== undefined });
    if (then instanceof Refusal) return then;
    return [{ name: 'contact.accepted', data: { department, acceptDue, proxyFor: spoken?.staff, ...then } }];
  },
);

/** Its complaint was accepted by a department, or found not valid (then by none): the first asked is relieved. */
export const complaintTakenOn = (
  { status }: Contact,
  accepted: { department: string; acceptDue: Instant } | undefined,
): NewEvent<ContactEvent>[] =>
  status === 'routed'
    ? [{ name: 'contact.accepted', data: { department: accepted?.department, acceptDue: accepted?.acceptDue } }]
    : [];

/** One promise at a time: a second one would hide that the first wasn't kept. */
export const promise = saying(
  admitted('promise', (_, state) => (promiseOf(state) ? refuse('contact.promised-already') : undefined)),
  ({ now, actor, context }, { promises = 0 }, replyBy: Instant, field?: string): NewEvents => {
    const bad = badPromise(replyBy, now, field ?? 'body.replyBy');
    if (bad) return bad;
    const promise = promises + 1;
    const opens = [{ ...oweReply(now, replyBy, actor.staff, context), of: String(promise) }];
    return [{ name: 'contact.promised', data: { replyBy, promise, opens } }];
  },
);

export const reply = saying(
  admitted('reply', ({ actor }, state) => {
    const promised = promiseOf(state);
    if (!promised) return refuse('contact.nothing-promised');
    return mayKeep(promised, actor) ? undefined : refuse('contact.promised-by-another');
  }),
  (on, state, words: PersonalRef, when: Happened = {}): NewEvents => {
    const then = happened(when, on, promiseOf(state)?.since ?? on.now);
    if (then instanceof Refusal) return then;
    return [{ name: 'contact.replied', data: { words, promise: state.promises, ...then } }];
  },
);
