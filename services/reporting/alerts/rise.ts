import { addDays, type Day } from '../../../shared/time/clock.ts';

/**
 * The rule of an unusual rise (投诉异常增多), of a kind or of a building: a day's complaints, `riseFrom` at least, are more
 * than chance explains. They are held against a Poisson law with the mean of the 28 days before, or of the same weekday
 * among them where that is larger: a rise is what such a law reaches or exceeds less than once in 1,000 days. Days without
 * a complaint count as none; days before the site's first complaint of any kind don't count, for nobody was there to take one,
 * and nothing is said before there are 14.
 */
export const HELD_AGAINST = 28;
const DAYS_LEAST = 14;
const WEEK = 7;
/** One day in so many at most is called a rise where nothing rose. */
const ONE_IN = 1000n;

/** What a day is held against: so many complaints in so many days. */
export interface DaysBefore {
  complaints: number;
  days: number;
}

/**
 * @param counts complaints by day; a day that isn't there had none
 * @param since how many days before `day` the site had its first complaint of any kind
 * @returns `undefined` while they are too few
 */
export const beforeOf = (counts: Readonly<Record<Day, number>>, day: Day, since: number): DaysBefore | undefined => {
  const known = Math.min(since, HELD_AGAINST);
  if (known < DAYS_LEAST) return undefined;
  const sumOf = (step: number): DaysBefore => {
    const days = Math.floor(known / step);
    const ago = Array.from({ length: days }, (_, i) => counts[addDays(day, -step * (i + 1))] ?? 0);
    return { complaints: ago.reduce((sum, n) => sum + n, 0), days };
  };
  const [all, weekday] = [sumOf(1), sumOf(WEEK)];
  return weekday.complaints * all.days > all.complaints * weekday.days ? weekday : all;
};

/** @param from the policy's `riseFrom` */
export const isUnusual = (n: number, before: DaysBefore, from: number): boolean =>
  n >= from && n * before.days > before.complaints && isRarer(n, before);

/**
 * Whether a Poisson variable of mean m = complaints/days is n or more with a probability under 1/1000. Exact, in whole
 * numbers: with a(k) = m^k/k!, it is that 999 · Σ a(k ≥ n) < Σ a(k < n). The first sum never ends; as many terms are taken as
 * decide, the rest being less than a geometric series. They can't be equal, for e^m isn't a fraction.
 */
const isRarer = (n: number, { complaints, days }: DaysBefore): boolean => {
  if (complaints === 0) return true;
  const [s, d] = [BigInt(complaints), BigInt(days)];
  // All terms over one denominator, which grows by d·k with each.
  let [term, below, beyond] = [1n, 1n, 0n];
  for (let k = 1; ; k++) {
    const grow = d * BigInt(k);
    term *= s;
    if (k < n) {
      below = below * grow + term;
      continue;
    }
    below *= grow;
    beyond = beyond * grow + term;
    if ((ONE_IN - 1n) * beyond >= below) return false;
    // The rest, as a part of this term: r + r² + … with r = m/(k+1), once that is below 1.
    const [over, under] = [s, d * BigInt(k + 1) - s];
    if (under > 0n && (ONE_IN - 1n) * (beyond * under + term * over) < below * under) return true;
  }
};
