import { Temporal } from 'temporal-polyfill';

/** Milliseconds since the Unix epoch (UTC). */
export type Instant = number;
/** Asked for the time; the only way time enters the domain. */
export type Clock = () => Instant;
/** A day of a site's own calendar, `YYYY-MM-DD`. */
export type Day = string;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** 24 hours of elapsed time; a local day may be longer or shorter. */
export const DAY = 24 * HOUR;

export const systemClock: Clock = () => Date.now();

/** For what insists on a `Date`. */
export const dateOf = (at: Instant): Date => new Date(at);

export const iso = (at: Instant): string => dateOf(at).toISOString();

/** Reads an ISO 8601 instant with an offset; `undefined` when it isn't one. */
export const parseInstant = (text: string): Instant | undefined => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
};

/** How far a client's clock may be ahead of ours. */
const AHEAD = 2 * MINUTE;

/** When something happened, as whoever saw it says; what a clock that is ahead says is now. Later than that it stays as told. */
export const toldInstant = (told: Instant, now: Instant): Instant => (told > now && told <= now + AHEAD ? now : told);

const zoned = (at: Instant, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

export const isZone = (zone: string): boolean => {
  try {
    zoned(0, zone);
    return true;
  } catch {
    return false;
  }
};

/** How far a zone is ahead of UTC (ms) on a UTC day on which its clocks stay; what was asked lately. */
const steady = new Map<string, number | undefined>();
const MOST_KNOWN = 500;
const aheadOn = (utcDay: number, zone: string): number | undefined => {
  const key = `${utcDay} ${zone}`;
  if (steady.has(key)) return steady.get(key);
  const [first, last] = [utcDay, utcDay + 1].map((one) => zoned(one * DAY, zone).offsetNanoseconds / 1e6);
  if (steady.size >= MOST_KNOWN) steady.clear();
  const ahead = first === last ? first : undefined;
  steady.set(key, ahead);
  return ahead;
};

/** Where a day begins in UTC. @throws RangeError for what is no day */
const utcOf = (day: Day): Instant => {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(at) || dayOf(at) !== day) throw new RangeError(`${day} is no day`);
  return at;
};
const dayOf = (at: Instant): Day => iso(at).slice(0, 10);

/** The site-local day on which an instant falls. */
export const localDay = (at: Instant, zone: string): Day => {
  const ahead = aheadOn(Math.floor(at / DAY), zone);
  return ahead === undefined ? zoned(at, zone).toPlainDate().toString() : dayOf(at + ahead);
};

/** The first instant of a site-local day (00:00, or later where the clocks skip midnight). */
export const startOfDay = (day: Day, zone: string): Instant => atLocal(day, 0, zone);

export const addDays = (day: Day, days: number): Day => dayOf(utcOf(day) + days * DAY);

/** Days from one day to another: 0 for the same. */
export const daysBetween = (from: Day, to: Day): number => (utcOf(to) - utcOf(from)) / DAY;

/** 24:00 of the local day `days` after the one `at` falls on: a period in days excludes its first day (Civil Code 201). */
export const endOfDay = (at: Instant, zone: string, days = 0): Instant =>
  startOfDay(addDays(localDay(at, zone), days + 1), zone);

/** Minutes since local midnight, as the wall clock shows them. */
export const minuteOfDay = (at: Instant, zone: string): number => {
  const ahead = aheadOn(Math.floor(at / DAY), zone);
  if (ahead !== undefined) return Math.floor(((((at + ahead) % DAY) + DAY) % DAY) / MINUTE);
  const local = zoned(at, zone);
  return local.hour * 60 + local.minute;
};

/** A wall-clock time of a local day; one the clocks skip moves forward, one they repeat is the first. */
export const atLocal = (day: Day, minute: number, zone: string): Instant => {
  const shown = utcOf(day) + minute * MINUTE;
  const around = Math.floor(shown / DAY);
  // No zone is a whole day ahead or behind.
  const [before, ahead, after] = [around - 1, around, around + 1].map((one) => aheadOn(one, zone));
  if (ahead !== undefined && before === ahead && after === ahead) return shown - ahead;
  return Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }),
  }).epochMilliseconds;
};

/** What durations are measured by (ms): it never goes back, and says nothing of when. */
export const stopwatch = (): number => performance.now();

/** An instant as a site's wall clock shows it, `2026-05-01 09:30`. */
export const localMinute = (at: Instant, zone: string): string =>
  zoned(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

/** The Monday of the ISO week a day lies in. */
export const weekOf = (day: Day): Day => {
  const weekday = dateOf(utcOf(day)).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
};

export const isDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
