import { addDays, type Day } from '../../../shared/clock.ts';

/**
 * The complaints of a site about one kind or in one building: those of a day by their ids, each with its household, and how
 * many there were on the days before. Sets, not counters: whatever comes twice, late or in another order comes to the same.
 */
export interface Watched {
  /** The household of each complaint of the day: its unit, else its party; empty where neither is known. */
  households: Readonly<Record<string, string>>;
  /** Complaints by day, as far back as they are kept. */
  counts: Readonly<Record<Day, number>>;
  /** Whether the days before this one are all kept, so that it can be held against them. */
  judged: boolean;
}

/** Days kept before the newest, and how far back from it a late complaint is still held against the 28 days before its own. */
const KEPT = 56;
const JUDGED = 28;
/** Complaints of a day that are told apart; of more nothing depends. */
const MOST = 2_000;

export interface Complaint {
  id: string;
  day: Day;
  household: string;
}

/** What lies in the tables of a day, and of the days before. */
export interface Kept {
  households: Record<string, string>;
  counts: Record<Day, number>;
}

/** With one more complaint; `undefined` when it was seen before. */
export const withOne = ({ households, counts }: Kept, { id, day, household }: Complaint): Kept | undefined => {
  if (id in households || Object.keys(households).length >= MOST) return undefined;
  const more = { ...households, [id]: household };
  const all = { ...counts, [day]: Object.keys(more).length };
  const since = addDays(newest(all), -KEPT);
  return { households: more, counts: Object.fromEntries(Object.entries(all).filter(([one]) => one >= since)) };
};

export const watched = (kept: Kept, day: Day): Watched => ({
  ...kept,
  judged: day >= addDays(newest({ ...kept.counts, [day]: 0 }), -JUDGED),
});

const newest = (counts: Record<Day, number>): Day => Object.keys(counts).sort().at(-1) ?? '';
