import { type Day, type Instant, localDay } from '../../../shared/clock.ts';
import { earliest, earliestOf, happened, type Lattice } from './facts.ts';
import {
  callbackRoot,
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

/** Calls in this many different parts of the day within the window count as attempted (domain.md, Q3). */
const ATTEMPTS = 3;

/** One resolution of a complaint, with its callback; its day is the local day of the resolution. */
interface ResolutionFacts {
  day?: Day;
  due?: Instant;
  public?: true;
  /** When it was recorded that the owner was reached. */
  reached?: Instant;
  waived?: Instant;
  waiver?: string;
  callMissed?: true;
  /** Parts of days in which the owner was tried, with the moment the first in each was recorded; the earliest few. */
  tried?: Record<string, Instant>;
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
};

/** Met means recorded at or before the due time. What was missed stays missed: no later waiver takes it out. */
const inTime = (f: ResolutionFacts): Standing => {
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

/** Q3, and beside it the share overdue and the share reached at all. */
export const resolution = family<ResolutionFacts>(LATTICE, (facts) => {
  const q3 = inTime(facts);
  const undecided = q3.state === 'running' ? running : q3;
  const share = (numerator: boolean) => (q3.state === 'met' || q3.state === 'missed' ? counts(numerator) : undecided);
  return { Q3: q3, overdue: share(q3.state === 'missed'), reached: share(facts.reached !== undefined) };
});

export const learnResolution = (event: Seen, zone: string): Learned[] => {
  if (event.name === 'complaint.resolved') {
    const facts: ResolutionFacts = { day: localDay(event.at, zone) };
    return [{ family: 'resolution', root: rootOf(event.aggregate), ordinal: event.data.ordinal, facts: { ...facts } }];
  }
  const about = (facts: ResolutionFacts): Learned[] => [
    { family: 'resolution', ...callbackRoot(event.aggregate), facts: { ...facts } },
  ];
  switch (event.name) {
    case 'callback.opened':
      return about({ due: event.data.due, ...(event.data.public ? { public: true } : {}) });
    case 'callback.attempted':
      return about({ tried: { [event.data.dayPart]: event.at } });
    case 'callback.reached':
      return about({ reached: event.at, due: event.data.due });
    case 'callback.waived':
      return about({ waived: event.at, waiver: event.data.reason });
    case 'callback.missed':
      return event.data.duty === 'call' ? about({ callMissed: true }) : [];
    default:
      return [];
  }
};
