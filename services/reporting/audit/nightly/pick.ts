import { hash } from '../../../../shared/journal/layout.ts';
import { addDays, type Day, daysBetween, HOUR, type Instant, localDay } from '../../../../shared/time/clock.ts';

/** What of the figures a night compares with the journals. */
export interface Sample {
  /** The day (UTC) on whose evening the night began. */
  night: Day;
  /** How often every site has come round; moves what of a site is looked at. */
  round: number;
  sites: string[];
}

/** 02:00 in China, when few are at work. */
const NIGHT_BEGINS = 18 * HOUR;
export const nightOf = (now: Instant): Day => localDay(now - NIGHT_BEGINS, 'UTC');

/** Every site comes round within so many nights, while there are no more of them than `MOST` a night lets through. */
const NIGHTS = 30;
/** Sites a night: of a small group all of them, of the largest no more than a night has time for. */
const [LEAST, MOST] = [5, 400] as const;

/**
 * Which sites a night looks at: those of a round are dealt out by a hash, so that nobody can pick them, and each comes
 * exactly once a round. Where sites are added, a round may deal one twice or leave it to the next.
 * @param sites all of the group
 */
export const sampleOf = (night: Day, sites: readonly string[]): Sample => {
  const aNight = Math.min(Math.max(Math.ceil(sites.length / NIGHTS), LEAST), MOST);
  const nights = Math.max(Math.ceil(sites.length / aNight), 1);
  const n = daysBetween('2000-01-01', night);
  const round = Math.floor(n / nights);
  const dealt = new Map(sites.map((site) => [site, hash(`${round}#${site}`)]));
  const order = [...sites].sort((a, b) => dealt.get(a)! - dealt.get(b)! || (a < b ? -1 : 1));
  const from = (n % nights) * aNight;
  return { night, round, sites: order.slice(from, from + aNight) };
};

/** Days back that a recent day, and an old one, is chosen among. */
const [RECENT, OLD] = [40, 360] as const;

/** The days of a site that a night looks at: yesterday, a recent one and an old one. @param today by the site's calendar */
export const daysOf = ({ night }: Sample, site: string, today: Day): Day[] => {
  const yesterday = addDays(today, -1);
  const chosen = (what: string, among: number) => hash(`${night}#${site}#${what}`) % among;
  const recent = addDays(yesterday, -1 - chosen('recent', RECENT));
  return [yesterday, recent, addDays(yesterday, -1 - RECENT - chosen('old', OLD))];
};

/** One of so many accounts, and of so many of a run's letters, is looked at when its site is; another share each round. */
const SHARE = 20;
export const isPicked = ({ round }: Sample, id: string): boolean => (hash(id) + round) % SHARE === 0;

/** One of a site's buildings; another each round, until all have come. */
export const oneOf = <T>({ round }: Sample, site: string, all: readonly T[]): T | undefined =>
  all[(hash(site) + round) % all.length];
