import { type Day, type Instant, localDay } from '../../../shared/clock.ts';
import { byKey, earliest, happened, type Lattice } from './facts.ts';
import {
  counts,
  excluded,
  family,
  type Learned,
  met,
  missed,
  rootOf,
  running,
  runningUntil,
  type Seen,
  type Standing,
} from './measure.ts';

/** A complaint; its day is the local day it was registered. */
interface ComplaintFacts {
  day?: Day;
  kind?: string;
  valid?: true;
  notValid?: string;
  upheld?: true;
  resolved?: true;
  /** Deadlines to close by, under the version of the event that set them: the registration's, then each reopening's. */
  close?: Record<string, { at: Instant; due: Instant }>;
  closed?: Instant;
  closeMissed?: true;
}

const LATTICE: Lattice<ComplaintFacts> = {
  day: earliest,
  kind: earliest,
  valid: happened,
  notValid: earliest,
  upheld: happened,
  resolved: happened,
  close: byKey,
  closed: earliest,
  closeMissed: happened,
};

/** Closed within the deadline in force; a reopening sets a fresh one, but not after the old one has passed. */
const closing = ({ notValid, close = {}, closed, closeMissed }: ComplaintFacts): Standing => {
  if (notValid) return excluded('not-valid');
  const inOrder = Object.entries(close).sort(([a], [b]) => Number(a) - Number(b));
  const moments = [...inOrder.slice(1).map(([, { at }]) => at), ...(closed === undefined ? [] : [closed])];
  const late = moments.some((at, i) => at > (inOrder[i]?.[1].due ?? at));
  if (closeMissed || late) return missed('not-closed-in-time');
  return closed === undefined ? runningUntil(inOrder.at(-1)?.[1].due) : met;
};

const notValidShare = ({ notValid, valid }: ComplaintFacts): Standing =>
  notValid ? counts(true) : valid ? counts(false) : running;

const attitude = ({ kind, upheld, notValid, resolved }: ComplaintFacts): Standing | undefined => {
  if (kind !== 'attitude') return undefined;
  if (upheld) return counts(true);
  return notValid || resolved ? counts(false) : running;
};

/** The closing rate, the share found not valid, and the complaints about attitude made. */
export const complaint = family<ComplaintFacts>(LATTICE, (facts) => ({
  closing: closing(facts),
  'not-valid': notValidShare(facts),
  attitude: attitude(facts),
}));

export const learnComplaint = (event: Seen, zone: string): Learned[] => {
  const about = (facts: ComplaintFacts): Learned[] => [
    { family: 'complaint', root: rootOf(event.aggregate), facts: { ...facts } },
  ];
  switch (event.name) {
    case 'complaint.registered': {
      const { kind, closeDue } = event.data;
      return about({
        day: localDay(event.at, zone),
        kind,
        close: { [event.version]: { at: event.at, due: closeDue } },
      });
    }
    case 'complaint.assigned':
      return about({ valid: true });
    case 'complaint.found-not-valid':
      return about({ notValid: event.data.reason });
    case 'complaint.upheld':
      return about({ upheld: true });
    case 'complaint.resolved':
      return about({ resolved: true });
    case 'complaint.reopened': {
      const due = event.data.opens.find(({ duty }) => duty === 'close')?.due;
      return due === undefined ? [] : about({ close: { [event.version]: { at: event.at, due } } });
    }
    case 'complaint.closed':
      return about({ closed: event.at });
    case 'complaint.missed':
      return event.data.duty === 'close' ? about({ closeMissed: true }) : [];
    default:
      return [];
  }
};
