import { type Day, localDay } from '../../../shared/clock.ts';
import { earliest, happened, type Lattice } from './facts.ts';
import { callbackRoot, counts, family, type Learned, met, missed, type Seen } from './measure.ts';

/** An owner reached; the day is the local day on which that was recorded. */
interface RatingFacts {
  day?: Day;
  rated?: true;
  satisfied?: true;
  byAgent?: true;
}

const LATTICE: Lattice<RatingFacts> = { day: earliest, rated: happened, satisfied: happened, byAgent: happened };

/** Q4 over the ratings given, and beside it the share rated and the share typed by an agent. */
export const rating = family<RatingFacts>(LATTICE, ({ rated, satisfied, byAgent }) => ({
  rated: counts(rated ?? false),
  ...(rated ? { Q4: satisfied ? met : missed('not-satisfied'), 'agent-typed': counts(byAgent ?? false) } : {}),
}));

export const learnRating = (event: Seen, zone: string): Learned[] => {
  if (event.name !== 'callback.reached') return [];
  const { rating: given, satisfied, ratedBy } = event.data;
  const facts: RatingFacts = {
    day: localDay(event.at, zone),
    ...(given === undefined ? {} : { rated: true }),
    ...(satisfied ? { satisfied: true } : {}),
    ...(given !== undefined && ratedBy === 'agent' ? { byAgent: true } : {}),
  };
  return [{ family: 'rating', ...callbackRoot(event.aggregate), facts: { ...facts } }];
};
