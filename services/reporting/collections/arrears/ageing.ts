import { invalid } from '../../../../shared/domain/refusal.ts';
import { addDays, type Day, daysBetween, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { lastDay, type Month, monthOf } from '../../../../shared/time/month.ts';
import { BEFORE, type Coarse, LATER } from '../folding.ts';
import { type Money, sumOf } from '../money.ts';
import type { MoneyCell } from '../post.ts';

/**
 * How long what is open is past its due day, in days of the site's calendar (账龄). The due day itself can still be paid
 * on until 24:00: a debt is in arrears from the day after it, on which the ladder begins (D+1).
 */
export const BUCKETS = ['not-due', '1-30', '31-60', '61-90', '91-180', '181-365', 'over-365'] as const;
export type Bucket = (typeof BUCKETS)[number];
/** The last day of each; what is older is `over-365`. */
const LAST: readonly [Bucket, number][] = [
  ['not-due', 0],
  ['1-30', 30],
  ['31-60', 60],
  ['61-90', 90],
  ['91-180', 180],
  ['181-365', 365],
];
const OVER = 366;

/** @throws Refusal for a month that has begun nowhere in these time zones: nothing can be said of it yet */
export const checkBegun = (month: Month | undefined, now: Instant, zones: readonly string[]): void => {
  if (month !== undefined && zones.length > 0 && zones.every((zone) => month > monthOf(localDay(now, zone))))
    throw invalid({ field: 'query.month', rule: 'field.begun' });
};

/** To which day ages are counted: the last of a month that is over, else today. */
export const agedOn = (month: Month | undefined, now: Instant, zone: string): Day => {
  const today = localDay(now, zone);
  return month === undefined || lastDay(month) > today ? today : lastDay(month);
};

/** @param on the day on which it is asked */
export const bucketOf = (dueDay: Day, on: Day): Bucket => {
  const past = daysBetween(dueDay, on);
  return LAST.find(([, last]) => past <= last)?.[0] ?? 'over-365';
};

/** What ages tell apart (pure): a due day stands for all of its age, and of months there are those counted and later ones. */
export const forAges =
  (on: Day, month?: Month): Coarse =>
  ({ of, ...key }) => {
    const past = daysBetween(of, on);
    const last = LAST.find(([, days]) => past <= days)?.[1] ?? OVER;
    return { ...key, of: addDays(on, -last), month: month !== undefined && key.month > month ? LATER : BEFORE };
  };

/** What is open: principal and, apart, late charges (fen); how many bills, and accounts by the oldest due day they have open. */
export interface Open {
  fen: number;
  lateFen: number;
  bills: number;
  accounts: number;
}
export interface Ageing {
  /** All that is open; its principal is what the collection's roll-forward closes with. */
  open: Open;
  /** Of that, what is past its due day. */
  overdue: Open;
  /** Together they are `open`. */
  buckets: Record<Bucket, Open>;
}

const openOf = ({ owed = 0, lateOwed = 0, bills = 0, accounts = 0 }: Money): Open => ({
  fen: owed,
  lateFen: lateOwed,
  bills,
  accounts,
});

/**
 * What is open by age, from the cells of one level or of many, added up (pure).
 * @param on the day the age is counted to
 * @param month lines entered after it are left out; all are in where there is none
 */
export const ageing = (cells: readonly MoneyCell[], on: Day, month?: Month): Ageing => {
  const till = cells.filter(({ key }) => month === undefined || key.month <= month);
  const byBucket = Map.groupBy(till, ({ key }) => bucketOf(key.of, on));
  const sums = (some: readonly MoneyCell[]) => openOf(sumOf(some.map(({ money }) => money)));
  return {
    open: sums(till),
    overdue: sums(till.filter(({ key }) => key.of < on)),
    buckets: Object.fromEntries(
      BUCKETS.map((bucket) => [bucket, sums(byBucket.get(bucket) ?? [])]),
    ) as Ageing['buckets'],
  };
};

const plus = (a: Open, b: Open): Open => ({
  fen: a.fen + b.fen,
  lateFen: a.lateFen + b.lateFen,
  bills: a.bills + b.bills,
  accounts: a.accounts + b.accounts,
});
/** Of several sites together, each aged on its own calendar (pure). */
export const together = (all: readonly Ageing[]): Ageing => {
  const sum = (of: (one: Ageing) => Open) => all.map(of).reduce(plus, openOf({}));
  return {
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    buckets: Object.fromEntries(
      BUCKETS.map((bucket) => [bucket, sum(({ buckets }) => buckets[bucket])]),
    ) as Ageing['buckets'],
  };
};
