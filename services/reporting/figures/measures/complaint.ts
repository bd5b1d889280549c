import { happenedOf } from '../../../../shared/domain/happened.ts';
import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { chain, type DutyChain, type DutyLink, inOrder } from './chain.ts';
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
  running,
  runningUntil,
  type Seen,
} from './measure.ts';

/** A step of a department's work. */
interface WorkStep {
  is: 'assigned' | 'accepted' | 'investigated' | 'resolved' | 'unresolved' | 'decided' | 'missed';
  /** When it happened. */
  at: Instant;
  department?: string | undefined;
  /** By when it is to be investigated and resolved. */
  investigate?: Instant | undefined;
  resolve?: Instant | undefined;
  /** What was missed. */
  duty?: string | undefined;
}

/** A complaint; its day is the local day it was registered. */
export interface ComplaintFacts {
  day?: Day;
  registered?: Instant;
  kind?: string;
  /** Absent where nobody is to know who complained: anonymous or confidential, or at no unit. */
  unit?: string;
  /** The department that the desk named. */
  named?: string;
  /** Whose conduct it is about. */
  accused?: string;
  /** What departments did and owe, under its version. */
  steps?: Record<string, WorkStep>;
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
  registered: earliest,
  unit: earliest,
  named: earliest,
  accused: earliest,
  steps: byKey,
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
const closing = ({ notValid, close = {}, closed, closeMissed }: ComplaintFacts): OutcomeState => {
  if (notValid) return excluded('not-valid');
  const deadlines = inOrder(close);
  const moments = [...deadlines.slice(1).map(({ at }) => at), ...(closed === undefined ? [] : [closed])];
  const late = moments.some((at, i) => at > (deadlines[i]?.due ?? at));
  if (closeMissed || late) return missed('not-closed-in-time');
  return closed === undefined ? runningUntil(deadlines.at(-1)?.due) : met;
};

const notValidShare = ({ notValid, valid }: ComplaintFacts): OutcomeState =>
  notValid ? counts(true) : valid ? counts(false) : running;

const attitude = ({ kind, upheld, notValid, resolved }: ComplaintFacts): OutcomeState | undefined => {
  if (kind !== 'attitude') return undefined;
  if (upheld) return counts(true);
  return notValid || resolved ? counts(false) : running;
};

const DUTIES = {
  investigate: { done: 'investigated', late: 'investigated-late' },
  resolve: { done: 'resolved', late: 'resolved-late' },
} as const;

/** What the first department that kept it did of a duty: handing it on, or up, lets go of it. */
export const complaintDutyOf = ({ steps = {} }: ComplaintFacts, duty: keyof typeof DUTIES): DutyChain => {
  const { done, late } = DUTIES[duty];
  const links = inOrder(steps).flatMap(({ is, at, department, duty: of, ...dues }): DutyLink[] => {
    if (is === 'missed') return of === duty ? [{ is: 'missed', at, department }] : [];
    if (is === done) return [{ is: 'done', at, department }];
    if (dues[duty] !== undefined) return [{ is: 'owed', at, due: dues[duty], department }];
    return is === 'assigned' || (is === 'unresolved' && duty === 'resolve') ? [{ is: 'let-go', at, department }] : [];
  });
  return chain(links, late);
};

/** The department whose it is: the last it was assigned to, or the one that the desk named. */
export const departmentOf = ({ steps = {}, named }: ComplaintFacts): string | undefined =>
  inOrder(steps).findLast(({ is }) => is === 'assigned')?.department ?? named;

const ended = ({ notValid, closed }: ComplaintFacts): OutcomeState =>
  notValid ? excluded('not-valid') : closed === undefined ? running : met;

/** The closing rate, the share found not valid, and the complaints about attitude made. */
export const complaint = family<ComplaintFacts>(
  LATTICE,
  (facts) => ({ closing: closing(facts), 'not-valid': notValidShare(facts), attitude: attitude(facts) }),
  (facts) => ({
    closed: ended(facts),
    investigated: facts.notValid ? excluded('not-valid') : complaintDutyOf(facts, 'investigate').outcome,
    resolved: facts.notValid ? excluded('not-valid') : complaintDutyOf(facts, 'resolve').outcome,
  }),
);

export const projectComplaint = (event: Seen, zone: string): CaseFacts[] => {
  const about = (facts: ComplaintFacts): CaseFacts[] => [
    { family: 'complaint', root: rootOf(event.aggregate), facts: { ...told(facts) } },
  ];
  const step = (is: WorkStep['is'], more: Partial<WorkStep> = {}): Pick<ComplaintFacts, 'steps'> => ({
    steps: { [event.version]: told({ is, at: event.at, ...more }) },
  });
  const due = (opens: readonly { duty: string; due: Instant }[], of: string) =>
    opens.find(({ duty }) => duty === of)?.due;
  const missedOf = (duty: string) => {
    if (duty === 'close') return about({ closeMissed: true });
    return duty in DUTIES ? about(step('missed', { duty })) : [];
  };
  switch (event.name) {
    case 'complaint.registered': {
      const { kind, closeDue, department, unit, anonymous, confidential, about: conduct } = event.data;
      return about({
        day: localDay(event.at, zone),
        registered: event.at,
        kind,
        named: department,
        ...(unit === undefined || anonymous || confidential ? {} : { unit }),
        ...(conduct === undefined ? {} : { accused: conduct.staff }),
        close: { [event.version]: { at: event.at, due: closeDue } },
      });
    }
    case 'complaint.assigned':
      return about({ valid: true, ...step('assigned', { department: event.data.department }) });
    case 'complaint.accepted': {
      const { department, opens } = event.data;
      return about(
        step('accepted', {
          at: happenedOf(event),
          department,
          investigate: due(opens, 'investigate'),
          resolve: due(opens, 'resolve'),
        }),
      );
    }
    case 'complaint.investigated':
      return about(step('investigated', { at: happenedOf(event) }));
    case 'complaint.unresolved':
      return about(step('unresolved'));
    case 'complaint.decided':
      return about(step('decided', { resolve: due(event.data.opens, 'resolve') }));
    case 'complaint.found-not-valid':
      return about({ notValid: event.data.reason });
    case 'complaint.upheld':
      return about({ upheld: true });
    case 'complaint.resolved':
      return about({
        resolved: true,
        ...step('resolved', { at: happenedOf(event), department: event.data.department }),
      });
    case 'complaint.reopened': {
      const closeDue = due(event.data.opens, 'close');
      return closeDue === undefined ? [] : about({ close: { [event.version]: { at: event.at, due: closeDue } } });
    }
    case 'complaint.closed':
      return about({ closed: event.at });
    case 'complaint.missed':
      return missedOf(event.data.duty);
    default:
      return [];
  }
};
