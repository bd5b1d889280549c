import { isSystem } from '../../../../shared/domain/events.ts';
import { happenedOf } from '../../../../shared/domain/happened.ts';
import type { Obligation } from '../../../../shared/domain/obligation.ts';
import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { type Acceptance, acceptance, firstAccepted } from './acceptance.ts';
import { byKey, earliest, happened, type Lattice, told } from './facts.ts';
import {
  type CaseFacts,
  counts,
  excluded,
  family,
  met,
  missed,
  type OutcomeState,
  rootOf,
  runningUntil,
  type Seen,
} from './measure.ts';

/** A contact received; its day is the local day it rang or arrived. */
export interface ContactFacts {
  day?: Day;
  /** By when it has to be answered. */
  answerDue?: Instant;
  takenBy?: string;
  notAnswered?: true;
  answered?: true;
  answeredLate?: true;
  /** Nobody had answered when it was due; what counts once somebody has is whether that was in time. */
  answerMissed?: true;
  /** When it had to be settled or handed over, and when that was done. */
  handOverDue?: Instant;
  handedOver?: Instant;
  handOverMissed?: true;
  /** What it was routed as; absent while nothing has come of it, and for good when settled at once. */
  as?: string;
  /** The department it was handed to, and whether its acceptance was recorded for somebody who gave it by word of mouth. */
  department?: string;
  proxy?: true;
  /** Its acceptance was recorded later than it was given (补录). */
  later?: true;
  /** When it was accepted, whenever that was recorded. */
  accepted?: Instant;
  acceptDue?: Instant;
  acceptMissed?: true;
  complaint?: Record<string, Acceptance>;
  notValid?: string;
  /** Complaints about shirking or slowness upheld against it, or made in it and attributed to none, with their kind. */
  upheld?: Record<string, string>;
}

const LATTICE: Lattice<ContactFacts> = {
  day: earliest,
  answerDue: earliest,
  takenBy: earliest,
  notAnswered: happened,
  answered: happened,
  answeredLate: happened,
  answerMissed: happened,
  handOverDue: earliest,
  handedOver: earliest,
  handOverMissed: happened,
  as: earliest,
  department: earliest,
  proxy: happened,
  later: happened,
  accepted: earliest,
  acceptDue: earliest,
  acceptMissed: happened,
  complaint: byKey,
  notValid: earliest,
  upheld: byKey,
};

const NEVER = Number.POSITIVE_INFINITY;
const handOver = ({ handedOver, handOverDue, handOverMissed }: ContactFacts): OutcomeState => {
  const late = handedOver !== undefined && handOverDue !== undefined && handedOver > handOverDue;
  if (handOverMissed || late) return missed('handed-over-late');
  return handedOver === undefined ? runningUntil(handOverDue) : met;
};

const desk = (f: ContactFacts): OutcomeState => {
  if (f.notAnswered) return missed('not-answered');
  if (f.answeredLate || (f.answerMissed && !f.answered)) return missed('answered-late');
  const handed = handOver(f);
  return f.answered || handed.state === 'missed' ? handed : runningUntil(f.answerDue);
};

const inTime = (at: Instant, due: Instant | undefined): OutcomeState =>
  due === undefined || at <= due ? met : missed('accepted-late');

const department = (f: ContactFacts): OutcomeState | undefined => {
  if (f.as === undefined) return undefined;
  if (f.as === 'complaint') return f.notValid ? excluded('not-valid') : acceptance(f.complaint).outcome;
  // Whatever the clock said meanwhile: in time is what was accepted in time.
  if (f.accepted !== undefined && (f.acceptDue !== undefined || !f.acceptMissed))
    return inTime(f.accepted, f.acceptDue);
  return f.acceptMissed ? missed('accepted-late') : runningUntil(f.acceptDue);
};

/** Whose the department's half is: the one that had it when it was decided, or else the one the desk named. */
export const acceptor = (f: ContactFacts): string | undefined => acceptance(f.complaint).department ?? f.department;
/** Which department accepted it first. */
export const accepter = (f: ContactFacts): string | undefined => firstAccepted(f.complaint)?.department ?? f.department;

/** Of what was accepted: how that was recorded. */
const recorded = (f: ContactFacts, how: 'proxy' | 'later'): OutcomeState | undefined => {
  const first = f.as === 'complaint' ? firstAccepted(f.complaint) : undefined;
  const accepted = f.as === 'complaint' ? first : f.accepted;
  return accepted === undefined ? undefined : counts(first?.[how] ?? f[how] ?? false);
};

/** Q2 and its two halves, each also assessed on its own. */
const figures = (facts: ContactFacts) => {
  const halves = { 'Q2-desk': desk(facts), 'Q2-department': department(facts) };
  const upheld = Object.values(facts.upheld ?? {}).sort()[0];
  const both = Object.values(halves);
  const ahead = both.filter((half) => half?.state === 'running');
  const undecided = ahead.length > 0 ? runningUntil(Math.min(...ahead.map((half) => half?.due ?? NEVER))) : met;
  const all =
    upheld === undefined ? (both.find((half) => half?.state === 'missed') ?? undecided) : missed(`${upheld}-upheld`);
  return { Q2: all, ...halves };
};

export const contact = family<ContactFacts>(LATTICE, figures, (facts) => ({
  'hand-over': facts.answered ? handOver(facts) : undefined,
  proxy: recorded(facts, 'proxy'),
  'recorded-later': recorded(facts, 'later'),
}));

/** By when what an event opens is due, as a fact. */
const dueFact = (opens: readonly Obligation[], duty: string, fact: 'answerDue' | 'acceptDue' | 'handOverDue') => {
  const due = opens.find((one) => one.duty === duty)?.due;
  return due === undefined ? {} : { [fact]: due };
};

export const projectContact = (event: Seen, zone: string): CaseFacts[] => {
  const about = (id: string, facts: ContactFacts): CaseFacts[] => [
    { family: 'contact', root: rootOf(id), facts: { ...told(facts) } },
  ];
  const step = (is: Acceptance['is'], due: Instant, more: Partial<Acceptance> = {}) =>
    about(event.aggregate, { complaint: { [event.version]: told({ is, at: event.at, due, ...more }) } });
  switch (event.name) {
    case 'contact.received':
      return about(event.aggregate, {
        day: localDay(event.data.receivedAt, zone),
        ...dueFact(event.data.opens, 'answer', 'answerDue'),
      });
    case 'contact.not-answered':
      return about(event.aggregate, { notAnswered: true });
    case 'contact.answered':
      return about(event.aggregate, {
        answered: true,
        ...(isSystem(event.data.takenBy) ? {} : { takenBy: event.data.takenBy }),
        ...(event.data.inTime ? {} : { answeredLate: true }),
        ...dueFact(event.data.opens, 'hand-over', 'handOverDue'),
      });
    case 'contact.settled':
      return about(event.aggregate, { handedOver: event.at });
    case 'contact.routed':
      return about(event.aggregate, {
        handedOver: event.at,
        as: event.data.as,
        department: event.data.department,
        ...dueFact(event.data.opens, 'accept', 'acceptDue'),
      });
    case 'contact.accepted': {
      const { acceptDue, proxyFor, happenedAt } = event.data;
      return about(event.aggregate, {
        accepted: happenedOf(event),
        ...(happenedAt === undefined ? {} : { later: true }),
        ...(acceptDue === undefined ? {} : { acceptDue }),
        ...(proxyFor ? { proxy: true } : {}),
      });
    }
    case 'contact.missed': {
      const { duty } = event.data;
      if (duty === 'answer') return about(event.aggregate, { answerMissed: true });
      if (duty === 'hand-over') return about(event.aggregate, { handOverMissed: true });
      return duty === 'accept' ? about(event.aggregate, { acceptMissed: true }) : [];
    }
    case 'complaint.assigned': {
      const due = event.data.opens.find(({ duty }) => duty === 'accept')?.due;
      return due === undefined ? [] : step('assigned', due, { department: event.data.department });
    }
    case 'complaint.accepted':
      return step('accepted', event.data.acceptDue, {
        department: event.data.department,
        proxy: event.data.proxyFor ? true : undefined,
        at: happenedOf(event),
        later: event.data.happenedAt === undefined ? undefined : true,
      });
    case 'complaint.missed':
      return event.data.duty === 'accept' ? step('missed', event.data.due) : [];
    case 'complaint.found-not-valid':
      return about(event.aggregate, { notValid: event.data.reason });
    case 'complaint.upheld': {
      const { contact: against, through, kind } = event.data;
      return kind === 'attitude' ? [] : about(against ?? through, { upheld: { [event.aggregate]: kind } });
    }
    default:
      return [];
  }
};
