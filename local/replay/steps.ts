import type { ComplaintRow } from './rows.ts';

/** What the desk does of one row at one moment; the numbers follow from its key *k*, as anyone computes them by hand. */
export interface Moment {
  /** ms since the epoch. */
  at: number;
  row: ComplaintRow;
  what: 'take' | 'resolve' | 'call-back';
}

const mod = (key: bigint, n: bigint): number => Number(key % n);

/** Answered after `1 + k mod 5` rings; a count, no time passes. */
export const ringsOf = ({ key }: ComplaintRow): number => 1 + mod(key, 5n);
/** When `k mod 50 = 0`, it is about the attitude of the agent who took that same contact. */
export const isAttitude = ({ key }: ComplaintRow): boolean => mod(key, 50n) === 0;
/** The owner is reached this long after the resolution, ms of elapsed time. */
export const callbackAfter = ({ key }: ComplaintRow): number => mod(key, 60n) * 3_600_000;
/** Satisfaction of 5: `1 + ⌊k/7⌋ mod 5`. */
export const ratingOf = ({ key }: ComplaintRow): number => 1 + mod(key / 7n, 5n);

/** Everything that happens before `until`, in order of time; at one moment first contacts, then results, then callbacks. */
export const momentsOf = (rows: readonly ComplaintRow[], until: number): Moment[] => {
  const order = { take: 0, resolve: 1, 'call-back': 2 };
  return rows
    .flatMap((row): Moment[] => {
      const take: Moment = { at: row.created, row, what: 'take' };
      if (row.closed === undefined) return [take];
      return [
        take,
        { at: row.closed, row, what: 'resolve' },
        { at: row.closed + callbackAfter(row), row, what: 'call-back' },
      ];
    })
    .filter(({ at }) => at < until)
    .sort((a, b) => a.at - b.at || order[a.what] - order[b.what] || a.row.line - b.row.line);
};
