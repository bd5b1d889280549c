import type { Recorded } from '../../../shared/domain/events.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { type complaintRegistered, isConcealed } from '../../complaints/events.ts';

/** What is watched of a kind or of a building: sets, not counters, so that what comes twice, late or in another order is the same. */
export interface WatchedComplaints {
  /** Of the day, by id. */
  complaints: readonly WatchedComplaint[];
  /** How many there were on the days before, as far back as a rise is held against; a day that isn't there had none. */
  counts: Readonly<Record<Day, number>>;
}

/** A complaint as it is watched: by its kind, and by its building. */
export interface WatchedComplaint {
  id: string;
  /**
   * What it shares a household by: its unit and its party. None where nobody knows who complained. Of a concealed one only
   * itself: whose it is stands nowhere here, and is compared with nothing.
   */
  ties: readonly string[];
}

/** The unit whose building it is watched in; none of a concealed one, as in the figures. */
export const unitWatched = (data: Recorded<typeof complaintRegistered>['data']): string | undefined =>
  isConcealed(data) ? undefined : data.unit;

/** What is watched of a complaint. */
export const complaintOf = ({ aggregate: id, data }: Recorded<typeof complaintRegistered>): WatchedComplaint => {
  const known = [data.unit, data.party].filter((one) => one !== undefined);
  return { id, ties: known.length > 0 && isConcealed(data) ? [id] : known };
};

/** How many households complained: complaints that share a unit or a party, be it through others, are of one. */
export const householdsOf = (complaints: readonly WatchedComplaint[]): number => {
  const above = new Map<string, string>();
  const topOf = (tie: string): string => {
    let at = tie;
    for (let up = above.get(at); up !== undefined; up = above.get(at)) at = up;
    return at;
  };
  const known = complaints.filter(({ ties }) => ties.length > 0);
  for (const { ties } of known) {
    for (const tie of ties) {
      const [one, other] = [topOf(ties[0] as string), topOf(tie)];
      if (one !== other) above.set(other, one);
    }
  }
  return new Set(known.map(({ ties }) => topOf(ties[0] as string))).size;
};

/** Whether whose it is stands nowhere here: it may be of a household that is counted already, or of the same as another. */
export const isHidden = ({ id, ties }: WatchedComplaint): boolean => ties.length === 1 && ties[0] === id;
