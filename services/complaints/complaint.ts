import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import { markedLater } from '../../shared/domain/happened.ts';
import type { Transitions } from '../../shared/domain/machine.ts';
import { NUMBERED } from '../../shared/domain/number.ts';
import { type Obligation, tookRung, without } from '../../shared/domain/obligation.ts';
import type { AggregateType } from '../../shared/journal/aggregate.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { type ComplaintDuty, type ComplaintEvent, complaintEvents, isConcealed, type KINDS } from './events.ts';

export type Status =
  | 'registered'
  | 'doubted'
  | 'assigned'
  | 'accepted'
  | 'investigated'
  | 'unresolved'
  | 'resolved'
  | 'called-back'
  | 'closed'
  | 'not-valid';

export type ComplaintCommand =
  | 'judge'
  | 'second-look'
  | 'assign'
  | 'accept'
  | 'investigate'
  | 'resolve'
  | 'give-up'
  | 'decide'
  | 'mark-important'
  | 'callback-result'
  | 'sign';

const UNFINISHED: Status[] = [
  'registered',
  'doubted',
  'assigned',
  'accepted',
  'investigated',
  'unresolved',
  'resolved',
  'called-back',
];

/** The closed loop (投诉闭环) as a table: read by the guard, and drawn in the docs. */
export const TRANSITIONS: Transitions<Status, ComplaintCommand> = {
  judge: { from: ['registered'], to: ['assigned', 'doubted'] },
  'second-look': { from: ['doubted'], to: ['not-valid', 'assigned'] },
  assign: { from: ['assigned', 'accepted', 'investigated'], to: ['assigned'] },
  accept: { from: ['assigned'], to: ['accepted'] },
  investigate: { from: ['accepted'], to: ['investigated'] },
  resolve: { from: ['investigated'], to: ['resolved'] },
  'give-up': { from: ['investigated'], to: ['unresolved'] },
  decide: { from: ['unresolved'], to: ['investigated'] },
  'mark-important': { from: UNFINISHED, to: [] },
  'callback-result': { from: ['resolved'], to: ['called-back', 'accepted'] },
  sign: { from: ['called-back'], to: ['closed'] },
};

/** No link of the chain may be missing: what is owed in each state, besides the callback that callbacks owes for it. */
export const OWED: Record<Status, readonly ComplaintDuty[]> = {
  registered: ['judge', 'close'],
  doubted: ['second-look', 'close'],
  assigned: ['accept', 'close'],
  accepted: ['investigate', 'resolve', 'close'],
  investigated: ['resolve', 'close'],
  unresolved: ['decide', 'close'],
  resolved: ['close'],
  'called-back': ['sign', 'close'],
  closed: [],
  'not-valid': [],
};

export interface Complaint {
  number?: string | undefined;
  status: Status;
  contact: string;
  kind: (typeof KINDS)[number];
  words: PersonalRef;
  department: string;
  /** Whose conduct, at which contact; and which positions they alone held. */
  about?: { staff: string; contact?: string | undefined; alone?: Position[] | undefined } | undefined;
  unit?: string | undefined;
  party?: string | undefined;
  anonymous: boolean;
  confidential: boolean;
  callable: boolean;
  important: boolean;
  upheld: boolean;
  policy: number;
  registeredAt: Instant;
  receivedBy: string;
  registeredBy: string;
  /** Who found it not valid, while the second pair of eyes is awaited. */
  doubtedBy?: string | undefined;
  /** Which reason they gave. */
  doubt?: string | undefined;
  /** How often it has been resolved; a case of Q3 is a complaint and this ordinal. */
  resolutions: number;
  /** Staff whose own work the answer is. */
  workedOn: string[];
  /** Something of it was recorded later than it happened (补录). */
  recordedLater?: true;
  /** Opinions still to be answered and signed, by the callback they were heard in; a reopening carries them on. */
  opinions: Record<string, number>;
  owed: Obligation[];
}

const add = (list: readonly string[], one: string) => (list.includes(one) ? [...list] : [...list, one]);

/** What is open after a callback: none of it stands there when nothing is. */
const heard = ({ opinions }: Complaint, { callback, opinions: open }: { callback: string; opinions: number }) => {
  const { [callback]: _, ...others } = opinions;
  return open > 0 ? { ...others, [callback]: open } : others;
};

/** How many opinions are still to be answered and signed, over all its callbacks. */
export const openOpinions = ({ opinions }: Complaint): number => Object.values(opinions).reduce((sum, n) => sum + n, 0);

const fold = (state: Complaint | undefined, event: Recorded<ComplaintEvent>): Complaint => {
  if (event.name === 'complaint.registered') {
    const { opens, closeDue: _, ...data } = event.data;
    return {
      ...data,
      status: 'registered',
      important: false,
      upheld: false,
      registeredAt: event.at,
      resolutions: 0,
      workedOn: [],
      opinions: {},
      owed: opens,
    };
  }
  if (!state) throw new Error(`${event.id} stands before the registration`);
  const { owed } = state;
  const worked = () => add(state.workedOn, event.by);
  switch (event.name) {
    case 'complaint.doubted':
      return {
        ...state,
        status: 'doubted',
        doubtedBy: event.by,
        doubt: event.data.reason,
        owed: [...without(owed, 'judge'), ...event.data.opens],
      };
    case 'complaint.found-not-valid':
      return { ...state, status: 'not-valid', owed: [] };
    case 'complaint.assigned':
      return {
        ...state,
        status: 'assigned',
        department: event.data.department,
        owed: [...without(owed, 'judge', 'second-look', 'accept', 'investigate', 'resolve'), ...event.data.opens],
      };
    case 'complaint.accepted':
      return {
        ...state,
        ...markedLater(event),
        status: 'accepted',
        owed: [...without(owed, 'accept'), ...event.data.opens],
      };
    case 'complaint.investigated':
      return {
        ...state,
        ...markedLater(event),
        status: 'investigated',
        workedOn: worked(),
        owed: [...without(owed, 'investigate'), ...event.data.opens],
      };
    case 'complaint.upheld':
      return { ...state, upheld: true };
    case 'complaint.resolved':
      return {
        ...state,
        ...markedLater(event),
        status: 'resolved',
        resolutions: event.data.ordinal,
        workedOn: worked(),
        owed: without(owed, 'resolve'),
      };
    case 'complaint.unresolved':
      return {
        ...state,
        status: 'unresolved',
        workedOn: worked(),
        owed: [...without(owed, 'resolve'), ...event.data.opens],
      };
    case 'complaint.decided':
      return {
        ...state,
        status: 'investigated',
        workedOn: worked(),
        owed: [...without(owed, 'decide'), ...event.data.opens],
      };
    case 'complaint.marked-important':
      return { ...state, important: true };
    case 'complaint.reopened':
      return {
        ...state,
        status: 'accepted',
        opinions: heard(state, event.data),
        owed: [...without(owed, 'close'), ...event.data.opens],
      };
    case 'complaint.called-back':
      return {
        ...state,
        status: 'called-back',
        opinions: heard(state, event.data),
        owed: [...owed, ...event.data.opens],
      };
    case 'complaint.opinions-settled':
      return { ...state, opinions: heard(state, { callback: event.data.callback, opinions: 0 }) };
    case 'complaint.closed':
      return { ...state, status: 'closed', owed: [] };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};

export const complaintType: AggregateType<Complaint, ComplaintEvent> = {
  type: 'complaint',
  ids: 'complaint',
  numbered: NUMBERED.complaint,
  unitOf: (state) => (isConcealed(state) ? undefined : state.unit),
  events: complaintEvents,
  most: { workedOn: 200, opinions: 100 },
  fold,
  finished: (state) => state.status === 'closed' || state.status === 'not-valid',
};
