import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import { markedLater } from '../../shared/domain/happened.ts';
import type { Transitions } from '../../shared/domain/machine.ts';
import { NUMBERED } from '../../shared/domain/number.ts';
import { type Obligation, tookRung, without } from '../../shared/domain/obligation.ts';
import type { AggregateType } from '../../shared/journal/aggregate.ts';
import type { Day, Instant } from '../../shared/time/clock.ts';
import { isConcealed } from '../complaints/events.ts';
import type { ContactChannel, ContactDuty } from './duties.ts';
import { type ContactEvent, contactEvents, type ROUTED_AS } from './events.ts';

export type Status = 'received' | 'not-answered' | 'answered' | 'settled' | 'routed' | 'accepted';
export type ContactCommand = 'miss' | 'answer' | 'settle' | 'route' | 'accept' | 'promise' | 'reply';

/** What may come of a contact; a promise runs beside and changes nothing of it. */
export const TRANSITIONS: Transitions<Status, ContactCommand> = {
  miss: { from: ['received'], to: ['not-answered'] },
  answer: { from: ['received'], to: ['answered'] },
  settle: { from: ['answered'], to: ['settled'] },
  route: { from: ['answered'], to: ['routed'] },
  accept: { from: ['routed'], to: ['accepted'] },
  promise: { from: ['answered', 'routed', 'accepted'], to: [] },
  reply: { from: ['answered', 'settled', 'routed', 'accepted'], to: [] },
};

export interface Contact {
  number?: string | undefined;
  status: Status;
  channel: ContactChannel;
  unit?: string | undefined;
  party?: string | undefined;
  receivedAt: Instant;
  policy: number;
  /** How often it rang; calls only. */
  rings?: number | undefined;
  takenBy?: string;
  answeredAt?: Instant;
  /** The site-local day it was answered on. */
  day?: Day;
  /** Answered in time: the desk's half of Q2 begins with it. */
  inTime?: boolean;
  as?: (typeof ROUTED_AS)[number];
  kind?: string | undefined;
  department?: string;
  about?: { staff: string; contact?: string | undefined } | undefined;
  /** Who raised it is kept from departments. */
  concealed?: boolean;
  /** Nobody is to know who it was; it isn't kept. */
  anonymous?: boolean;
  /** What was said, or what came of it. */
  words?: PersonalRef | undefined;
  /** The letter that its payer questioned. */
  letter?: string | undefined;
  /** Replies promised so far; absent before the first. */
  promises?: number;
  /** Something of it was recorded later than it happened (补录). */
  recordedLater?: true;
  owed: Obligation[];
}

const owes = (owed: readonly Obligation[], duty: ContactDuty) => owed.some((o) => o.duty === duty);

/** A promise that is still to be kept. */
export const promiseOf = ({ owed }: Contact): Obligation | undefined => owed.find(({ duty }) => duty === 'reply');

const done = (owed: readonly Obligation[], ...duties: ContactDuty[]) => without(owed, ...duties);

const fold = (state: Contact | undefined, event: Recorded<ContactEvent>): Contact => {
  if (event.name === 'contact.received') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'received', owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before it was received`);
  const { owed } = state;
  switch (event.name) {
    case 'contact.not-answered':
      return { ...state, status: 'not-answered', rings: event.data.rings, owed: done(owed, 'answer') };
    case 'contact.answered': {
      const { opens, ...data } = event.data;
      return { ...state, ...data, status: 'answered', owed: [...done(owed, 'answer'), ...opens] };
    }
    case 'contact.settled':
      return { ...state, status: 'settled', words: event.data.words ?? state.words, owed: done(owed, 'hand-over') };
    case 'contact.routed': {
      const { as, kind, department, words, about, anonymous, opens } = event.data;
      const nobody = anonymous ? { anonymous, party: undefined, unit: undefined } : {};
      const routed = { as, kind, department, words, about, concealed: isConcealed(event.data), ...nobody };
      return { ...state, ...routed, status: 'routed', owed: [...done(owed, 'hand-over'), ...opens] };
    }
    case 'contact.accepted':
      return {
        ...state,
        ...markedLater(event),
        status: 'accepted',
        department: event.data.department ?? (state.department as string),
        owed: done(owed, 'accept', 'first-asked'),
      };
    case 'contact.promised':
      return { ...state, promises: (state.promises ?? 0) + 1, owed: [...owed, ...event.data.opens] };
    case 'contact.replied':
      return { ...state, ...markedLater(event), owed: done(owed, 'reply') };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};

const ENDED: Status[] = ['not-answered', 'settled', 'accepted'];

/** Whose contacts of which day: what conduct complaints are attributed by. */
export const takerKey = (site: string, staff: string, day: Day): string => `${site}#${staff}#${day}`;

export const contactType: AggregateType<Contact, ContactEvent> = {
  type: 'contact',
  ids: 'contact',
  numbered: NUMBERED.contact,
  // Before it is routed nobody knows whether it will be concealed, and what was told can't be taken back.
  unitOf: ({ as, concealed, unit }) => (as === undefined || concealed ? undefined : unit),
  events: contactEvents,
  most: {},
  fold,
  finished: ({ status, owed }) => ENDED.includes(status) && !owes(owed, 'reply'),
  indexed: ({ takenBy, day, answeredAt, unit }, site) =>
    takenBy === undefined || day === undefined || answeredAt === undefined
      ? {}
      : { taker: takerKey(site, takenBy, day), answeredAt, ...(unit === undefined ? {} : { unit }) },
};
