import { type Day, type Instant, localDay } from '../../../shared/clock.ts';
import type { Obligation } from '../../../shared/obligation.ts';
import { byKey, earliest, happened, type Lattice } from './facts.ts';
import {
  excluded,
  family,
  type Learned,
  met,
  missed,
  rootOf,
  runningUntil,
  type Seen,
  type Standing,
} from './measure.ts';

/** One step of a department's acceptance of a complaint, under its version in the complaint's journal. */
interface Step {
  is: 'assigned' | 'accepted' | 'missed';
  at: Instant;
  due: Instant;
}

/** A contact received; its day is the local day it rang or arrived. */
interface ContactFacts {
  day?: Day;
  /** By when it has to be answered. */
  answerDue?: Instant;
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
  accepted?: Instant;
  acceptDue?: Instant;
  acceptMissed?: true;
  complaint?: Record<string, Step>;
  notValid?: string;
  /** Complaints about shirking or slowness upheld against it, with their kind. */
  upheld?: Record<string, string>;
}

const LATTICE: Lattice<ContactFacts> = {
  day: earliest,
  answerDue: earliest,
  notAnswered: happened,
  answered: happened,
  answeredLate: happened,
  answerMissed: happened,
  handOverDue: earliest,
  handedOver: earliest,
  handOverMissed: happened,
  as: earliest,
  accepted: earliest,
  acceptDue: earliest,
  acceptMissed: happened,
  complaint: byKey,
  notValid: earliest,
  upheld: byKey,
};

const NEVER = Number.POSITIVE_INFINITY;

const desk = (f: ContactFacts): Standing => {
  if (f.notAnswered) return missed('not-answered');
  if (f.answeredLate || (f.answerMissed && !f.answered)) return missed('answered-late');
  const { handedOver, handOverDue } = f;
  const late = handedOver !== undefined && handOverDue !== undefined && handedOver > handOverDue;
  if (f.handOverMissed || late) return missed('handed-over-late');
  if (f.answered && handedOver !== undefined) return met;
  return runningUntil(f.answered ? handOverDue : f.answerDue);
};

const inTime = (at: Instant, due: Instant | undefined): Standing =>
  due === undefined || at <= due ? met : missed('accepted-late');

/** The first department's answer counts, and a deadline that passed before it was handed on; what comes after doesn't. */
const acceptance = (steps: Record<string, Step>): Standing => {
  let deadline: Instant | undefined;
  const inOrder = Object.entries(steps).sort(([a], [b]) => Number(a) - Number(b));
  for (const [, { is, at, due }] of inOrder) {
    if (is === 'missed' || (deadline !== undefined && at > deadline)) return missed('accepted-late');
    if (is === 'accepted') return inTime(at, due);
    deadline = due;
  }
  return runningUntil(deadline);
};

const department = (f: ContactFacts): Standing | undefined => {
  if (f.as === undefined) return undefined;
  if (f.as === 'complaint') return f.notValid ? excluded('not-valid') : acceptance(f.complaint ?? {});
  if (f.acceptMissed) return missed('accepted-late');
  return f.accepted === undefined ? runningUntil(f.acceptDue) : inTime(f.accepted, f.acceptDue);
};

/** Q2 and its two halves, each also assessed on its own. */
export const contact = family<ContactFacts>(LATTICE, (facts) => {
  const halves = { 'Q2-desk': desk(facts), 'Q2-department': department(facts) };
  const upheld = Object.values(facts.upheld ?? {}).sort()[0];
  const both = Object.values(halves);
  const ahead = both.filter((half) => half?.state === 'running');
  const undecided = ahead.length > 0 ? runningUntil(Math.min(...ahead.map((half) => half?.due ?? NEVER))) : met;
  const all =
    upheld === undefined ? (both.find((half) => half?.state === 'missed') ?? undecided) : missed(`${upheld}-upheld`);
  return { Q2: all, ...halves };
});

/** By when what an event opens is due, as a fact. */
const dueFact = (opens: readonly Obligation[], duty: string, fact: 'answerDue' | 'acceptDue' | 'handOverDue') => {
  const due = opens.find((one) => one.duty === duty)?.due;
  return due === undefined ? {} : { [fact]: due };
};

export const learnContact = (event: Seen, zone: string): Learned[] => {
  const about = (id: string, facts: ContactFacts): Learned[] => [
    { family: 'contact', root: rootOf(id), facts: { ...facts } },
  ];
  const step = (is: Step['is'], due: Instant) =>
    about(event.aggregate, { complaint: { [event.version]: { is, at: event.at, due } } });
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
        ...(event.data.inTime ? {} : { answeredLate: true }),
        ...dueFact(event.data.opens, 'hand-over', 'handOverDue'),
      });
    case 'contact.settled':
      return about(event.aggregate, { handedOver: event.at });
    case 'contact.routed':
      return about(event.aggregate, {
        handedOver: event.at,
        as: event.data.as,
        ...dueFact(event.data.opens, 'accept', 'acceptDue'),
      });
    case 'contact.accepted': {
      const { acceptDue } = event.data;
      return about(event.aggregate, { accepted: event.at, ...(acceptDue === undefined ? {} : { acceptDue }) });
    }
    case 'contact.missed': {
      const { duty } = event.data;
      if (duty === 'answer') return about(event.aggregate, { answerMissed: true });
      if (duty === 'hand-over') return about(event.aggregate, { handOverMissed: true });
      return duty === 'accept' ? about(event.aggregate, { acceptMissed: true }) : [];
    }
    case 'complaint.assigned': {
      const due = event.data.opens.find(({ duty }) => duty === 'accept')?.due;
      return due === undefined ? [] : step('assigned', due);
    }
    case 'complaint.accepted':
      return step('accepted', event.data.acceptDue);
    case 'complaint.missed':
      return event.data.duty === 'accept' ? step('missed', event.data.due) : [];
    case 'complaint.found-not-valid':
      return about(event.aggregate, { notValid: event.data.reason });
    case 'complaint.upheld': {
      const { contact: against, kind } = event.data;
      const counted = against !== undefined && kind !== 'attitude';
      return counted ? about(against, { upheld: { [event.aggregate]: kind } }) : [];
    }
    default:
      return [];
  }
};
