import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { decision, oneOf } from '../../../shared/journal/decision.ts';
import { addDays, type Day, endOfDay, type Instant, localDay, MINUTE } from '../../../shared/time/clock.ts';
import { oweArrival, oweDelivery } from './duties.ts';
import type { LetterEvent } from './events.ts';
import { type Letter, type LetterCommand, linksOpen, TRANSITIONS } from './letter.ts';
import type { PaperReason, Receiver } from './terms.ts';

export type Situation = On<Letter>;
export type NewEvents = NewEvent<LetterEvent>[] | Refusal;

const admit = ({ state }: Situation, command: LetterCommand): Letter | Refusal => {
  if (!state) return notFound('letter');
  if (state.status === 'withdrawn') return refuse(state.parted ? 'letter.parted' : 'letter.withdrawn');
  return guard(TRANSITIONS, command, state.status, 'letter.not-now') ?? state;
};

const admitted =
  (command: LetterCommand, refused: (state: Letter) => Refusal | undefined = () => undefined) =>
  (on: Situation): Letter | Refusal => {
    const state = admit(on, command);
    return state instanceof Refusal ? state : (refused(state) ?? state);
  };

/** Whether it is in a state from which this may come of it. */
export const may = (state: Letter | undefined, command: LetterCommand): state is Letter =>
  state !== undefined && TRANSITIONS[command].from.includes(state.status);

/** A letter that waits for longer than this has lost its message to the mailer, or waits its turn: it gets another. */
export const REQUEUE = 60 * MINUTE;

/**
 * It goes on paper. Its deadline stays, unless it came back (24:00 of the day on which it did); where it had been sent
 * before, whoever carries it has the rest of today.
 */
export const toPaper = (
  { state, now, context }: Pick<Situation, 'now' | 'context'> & { state: Letter },
  why: PaperReason,
  due: Instant = state.due,
): NewEvent<LetterEvent> => {
  const { kind, owed } = state;
  const owes = owed.find((one) => one.duty === 'deliver' && one.due === due);
  const until = why === 'bounced' ? due : Math.max(due, endOfDay(now, context.zone));
  const opens = [owes ?? oweDelivery(now, until, context, why)];
  return { name: 'letter.moved-to-paper', data: { kind, why, due, opens } };
};

/** It was printed. @param contentHash of what it says */
export const print = decision(
  admitted('print'),
  (_, { kind }, contentHash: string): NewEvents => [{ name: 'letter.printed', data: { kind, contentHash } }],
);

/** A demand has to arrive; what else was left behind with proof, or taken by somebody, is delivered. */
const arrivalOf = ({ kind, owed }: Letter, { now, context }: Situation) =>
  kind === 'demand' ? [owed.find(({ duty }) => duty === 'arrive') ?? oweArrival(now, context)] : [];

const printedFirst = ({ kind, status }: Letter, contentHash: string | undefined): NewEvent<LetterEvent>[] =>
  status === 'to-print' && contentHash !== undefined ? [{ name: 'letter.printed', data: { kind, contentHash } }] : [];

export interface HandOver {
  receivedBy: Receiver;
  relation?: PersonalRef | undefined;
  /** SHA-256 of the signed sheet or photo. */
  proof?: string | undefined;
}

/**
 * It was handed over: to the payer, or to a relative who may sign for them. A demand that somebody else took is not known
 * to have arrived: that is owed from then on. Of a demand it is kept who signed, and how related (Civil Code 195: it
 * interrupts the limitation only where it provably arrived).
 * @param contentHash of what it says, where nobody recorded that it was printed
 */
export const handOver = decision(admitted('hand-over'), (on, state, how: HandOver, contentHash?: string): NewEvents => {
  const { receivedBy, relation, proof } = how;
  const { kind } = state;
  if (kind === 'demand' && receivedBy !== 'payer' && relation === undefined) {
    return invalid({ field: 'body.relation', rule: 'field.relation-of-demand' });
  }
  return [
    ...printedFirst(state, contentHash),
    {
      name: 'letter.handed-over',
      data: {
        kind,
        receivedBy,
        ...(relation === undefined ? {} : { relation }),
        ...(proof === undefined ? {} : { proof }),
        opens: receivedBy === 'other' ? arrivalOf(state, on) : [],
      },
    },
  ];
});

interface Attempt {
  words: PersonalRef;
  proof: string;
}

/** Nobody took it; what was done instead, with proof (left in the letter box, a photo of the door, by post). */
export const attempt = decision(admitted('attempt'), (on, state, tried: Attempt, contentHash?: string): NewEvents => {
  const { words, proof } = tried;
  const data = { kind: state.kind, words, proof, opens: arrivalOf(state, on) };
  return [...printedFirst(state, contentHash), { name: 'letter.attempted', data }];
});

/** Nothing that it asks for is open any more: it is no letter to print or to deliver. */
export const withdraw = (state: Letter | undefined): NewEvent<LetterEvent>[] =>
  may(state, 'withdraw') ? [{ name: 'letter.withdrawn', data: { kind: state.kind } }] : [];

/** Some of its accounts are somebody else's by now: whoever it goes to would read what others owe. Each gets one of their own. */
export const part = (state: Letter | undefined): NewEvent<LetterEvent>[] =>
  may(state, 'part') ? [{ name: 'letter.withdrawn', data: { kind: state.kind, parted: true } }] : [];

/** Its arrival is not waited for any longer. */
export const giveUp = decision(
  admitted('give-up', ({ owed }) =>
    owed.some(({ duty }) => duty === 'arrive') ? undefined : refuse('letter.nothing-awaited'),
  ),
  (_, { kind }, words: PersonalRef): NewEvents => [{ name: 'letter.given-up', data: { kind, words } }],
);

const SETTLED = ['print', 'send-again'] as const;
type Settled = (typeof SETTLED)[number];

const settling = (on: Situation, how: Settled): Letter | Refusal => {
  const state = admit(on, how === 'print' ? 'go-on-paper' : 'resend');
  if (state instanceof Refusal) return state;
  return how === 'print' && state.status === 'sending' ? refuse('letter.being-sent') : state;
};

/** A person decides what becomes of a sending whose outcome nobody knows, or whose arrival nothing tells of. */
export const settle = Object.assign(
  (on: Situation, how: Settled): NewEvents => {
    const state = settling(on, how);
    if (state instanceof Refusal) return state;
    if (how === 'print') return [toPaper({ ...on, state }, 'person')];
    return [{ name: 'letter.resend-decided', data: { kind: state.kind, wake: on.now + REQUEUE } }];
  },
  {
    may: (on: Situation): Refusal | undefined =>
      oneOf(SETTLED, (how) => {
        const state = settling(on, how);
        return state instanceof Refusal ? state : undefined;
      }),
  },
);

/** Somebody says that the links that went out so far open nothing any more; said again, that is so already. */
export const endLinks = decision(
  ({ state }: Situation): Letter | Refusal => {
    if (!state) return notFound('letter');
    return state.mailed === undefined ? refuse('letter.no-link') : state;
  },
  (_, state, words: PersonalRef): NewEvents =>
    linksOpen(state) ? [{ name: 'letter.links-ended', data: { kind: state.kind, words } }] : [],
);

/** Questions that one letter takes; who has more calls the desk. */
const QUESTIONS = 5;
/** The page behind a letter's link is there for so long. */
export const SHOWN_DAYS = 400;

/** The page of a letter is closed once it says nothing of today any more. */
export const isShown = ({ day }: Letter, today: Day): boolean => today <= addDays(day, SHOWN_DAYS);

/** The payer questions it. */
export const question = ({ state, now, context }: Situation, words: PersonalRef): NewEvents => {
  if (!state || !isShown(state, localDay(now, context.zone))) return notFound('letter');
  if (state.questions >= QUESTIONS) return new Refusal('too-many', 'letter.questions', { most: QUESTIONS });
  const { kind, party, accounts, questions } = state;
  const unit = accounts[0]?.unit ?? '';
  return [{ name: 'letter.questioned', data: { kind, ordinal: questions + 1, party, unit, words } }];
};
