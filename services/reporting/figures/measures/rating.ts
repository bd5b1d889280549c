import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { earliest, happened, type Lattice, told } from './facts.ts';
import {
  type CaseFacts,
  callbackRoot,
  counts,
  family,
  met,
  missed,
  type OutcomeState,
  runningUntil,
  type Seen,
} from './measure.ts';

/** An owner reached; the day is the local day on which that was recorded. */
export interface RatingFacts {
  day?: Day;
  /** Who called. */
  caller?: string;
  /** Whose result it was about. */
  department?: string;
  rated?: true;
  satisfied?: true;
  byAgent?: true;
  /** By when the opinions heard are to be answered and signed, and when the last of them was. */
  opinionsDue?: Instant;
  opinionsSettled?: Instant;
  opinionsMissed?: true;
}

const LATTICE: Lattice<RatingFacts> = {
  day: earliest,
  caller: earliest,
  department: earliest,
  rated: happened,
  satisfied: happened,
  byAgent: happened,
  opinionsDue: earliest,
  opinionsSettled: earliest,
  opinionsMissed: happened,
};

const opinions = ({ opinionsDue: due, opinionsSettled: at, opinionsMissed }: RatingFacts): OutcomeState | undefined => {
  if (due === undefined) return undefined;
  if (opinionsMissed || (at !== undefined && at > due)) return missed('answered-late');
  return at === undefined ? runningUntil(due) : met;
};

/** Q4 over the ratings given, and beside it the share rated and the share typed by an agent. */
export const rating = family<RatingFacts>(
  LATTICE,
  ({ rated, satisfied, byAgent }) => ({
    rated: counts(rated ?? false),
    ...(rated ? { Q4: satisfied ? met : missed('not-satisfied'), 'agent-typed': counts(byAgent ?? false) } : {}),
  }),
  (facts) => ({ opinions: opinions(facts) }),
);

export const projectRating = (event: Seen, zone: string): CaseFacts[] => {
  const about = (facts: RatingFacts): CaseFacts[] => [
    { family: 'rating', ...callbackRoot(event.aggregate), facts: { ...told(facts) } },
  ];
  if (event.name === 'callback.opinions-settled') return about({ opinionsSettled: event.at });
  if (event.name === 'callback.missed') return event.data.duty === 'opinions' ? about({ opinionsMissed: true }) : [];
  if (event.name !== 'callback.reached') return [];
  const { rating: given, satisfied, ratedBy, department, opens } = event.data;
  const due = opens.find(({ duty }) => duty === 'opinions')?.due;
  return about({
    day: localDay(event.at, zone),
    caller: event.by,
    ...(department === undefined ? {} : { department }),
    ...(given === undefined ? {} : { rated: true }),
    ...(satisfied ? { satisfied: true } : {}),
    ...(given !== undefined && ratedBy === 'agent' ? { byAgent: true } : {}),
    ...(due === undefined ? {} : { opinionsDue: due }),
  });
};
