import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { earliest, earliestOf, happened, type Lattice, newer, told } from './facts.ts';
import {
  type CaseFacts,
  callbackRoot,
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

/** Calls in this many different parts of the day within the window count as attempted (domain.md, Q3). */
const ATTEMPTS = 3;
/** Calls in vain that are told apart: as many, and more. */
export const CALLS = 3;

/** One resolution of a complaint, with its callback; its day is the local day of the resolution. */
export interface ResolutionFacts {
  day?: Day;
  resolved?: Instant;
  department?: string;
  due?: Instant;
  public?: true;
  /** When it was recorded that the owner was reached. */
  reached?: Instant;
  waived?: Instant;
  waiver?: string;
  callMissed?: true;
  /** Parts of days in which the owner was tried, with the moment the first in each was recorded; the earliest few. */
  tried?: Record<string, Instant>;
  /** Calls that didn't reach the owner, by version: the first few. */
  calls?: Record<string, Instant>;
  reachedBy?: string;
  /** Who took it on last, and who had it when it was missed. */
  claim?: { version: number; by: string };
  missedBy?: string;
  published?: true;
  reopened?: true;
}

const LATTICE: Lattice<ResolutionFacts> = {
  day: earliest,
  due: earliest,
  public: happened,
  reached: earliest,
  waived: earliest,
  waiver: earliest,
  callMissed: happened,
  tried: earliestOf(ATTEMPTS),
  resolved: earliest,
  department: earliest,
  calls: earliestOf(CALLS),
  reachedBy: earliest,
  claim: newer,
  missedBy: earliest,
  published: happened,
  reopened: happened,
};

/** Met means recorded at or before the due time. What was missed stays missed: no later waiver takes it out. */
const inTime = (f: ResolutionFacts): OutcomeState => {
  if (f.public) return excluded('public');
  const { due = Number.POSITIVE_INFINITY, reached, waived, waiver, tried = {} } = f;
  const ended = Math.min(reached ?? Number.POSITIVE_INFINITY, waived ?? Number.POSITIVE_INFINITY);
  if (f.callMissed || (Number.isFinite(ended) && ended > due)) {
    const inWindow = Object.values(tried).filter((at) => at <= due).length;
    return missed('not-reached-in-time', inWindow >= ATTEMPTS ? 'attempted' : undefined);
  }
  if (reached !== undefined) return met;
  return waived === undefined ? runningUntil(due) : excluded(waiver ?? 'waived');
};

/**
 * Whose callback it is: whoever reached the owner in time; of one missed, whoever had claimed it when it was due; else whoever
 * claimed it last. Nobody's where nobody claimed it.
 */
export const callerOf = (f: ResolutionFacts): string | undefined => {
  const { state } = inTime(f);
  if (state === 'met') return f.reachedBy;
  return state === 'missed' && f.callMissed ? f.missedBy : f.claim?.by;
};

/** Over once the owner was reached, the answer published or the callback let go; what was missed may still be made. */
const reopened = (f: ResolutionFacts): OutcomeState => {
  if (f.reopened) return counts(true);
  return f.reached !== undefined || f.waived !== undefined || f.published ? counts(false) : running;
};

/** Q3, and beside it the share overdue and the share reached at all. */
const figures = (facts: ResolutionFacts) => {
  const q3 = inTime(facts);
  const undecided = q3.state === 'running' ? running : q3;
  const share = (numerator: boolean) => (q3.state === 'met' || q3.state === 'missed' ? counts(numerator) : undecided);
  return { Q3: q3, overdue: share(q3.state === 'missed'), reached: share(facts.reached !== undefined) };
};
/** By what staff are assessed beside Q3, which stays exact. */
const tried = (facts: ResolutionFacts): OutcomeState => {
  const q3 = inTime(facts);
  return q3.flag === 'attempted' ? { ...met, why: 'attempted' } : q3;
};
export const resolution = family<ResolutionFacts>(LATTICE, figures, (facts) => ({
  reopened: reopened(facts),
  'Q3-attempted': tried(facts),
}));

const ofComplaint = (complaint: string, ordinal: number, facts: ResolutionFacts): CaseFacts[] => [
  { family: 'resolution', root: rootOf(complaint), ordinal, facts: { ...told(facts) } },
];

export const projectResolution = (event: Seen, zone: string): CaseFacts[] => {
  if (event.name === 'complaint.resolved') {
    const { ordinal, department } = event.data;
    return ofComplaint(event.aggregate, ordinal, { day: localDay(event.at, zone), resolved: event.at, department });
  }
  if (event.name === 'complaint.reopened') {
    return ofComplaint(event.aggregate, event.data.ordinal, { reopened: true });
  }
  const about = (facts: ResolutionFacts): CaseFacts[] => [
    { family: 'resolution', ...callbackRoot(event.aggregate), facts: { ...told(facts) } },
  ];
  switch (event.name) {
    case 'callback.opened':
      return about({ due: event.data.due, ...(event.data.public ? { public: true } : {}) });
    case 'callback.attempted': {
      const { dayPart } = event.data;
      return about({
        ...(dayPart === undefined ? {} : { tried: { [dayPart]: event.at } }),
        calls: { [event.version]: event.at },
      });
    }
    case 'callback.claimed':
      return about({ claim: { version: event.version, by: event.by } });
    case 'callback.reached':
      return about({ reached: event.at, reachedBy: event.by, due: event.data.due });
    case 'callback.waived':
      return about({ waived: event.at, waiver: event.data.reason });
    case 'callback.published':
      return about({ published: true });
    case 'callback.missed': {
      const { duty, claimedBy } = event.data;
      return duty === 'call'
        ? about({ callMissed: true, ...(claimedBy === undefined ? {} : { missedBy: claimedBy }) })
        : [];
    }
    default:
      return [];
  }
};
