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

/** The site-local day on which an instant falls. */
export const localDay = (at: Instant, zone: string): Day => zoned(at, zone).toPlainDate().toString();

/** The first instant of a site-local day (00:00, or later where the clocks skip midnight). */
export const startOfDay = (day: Day, zone: string): Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;

export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();

/** Days from one day to another: 0 for the same. */
export const daysBetween = (from: Day, to: Day): number => Temporal.PlainDate.from(from).until(to).days;

/** 24:00 of the local day `days` after the one `at` falls on: a period in days excludes its first day (Civil Code 201). */
export const endOfDay = (at: Instant, zone: string, days = 0): Instant =>
  startOfDay(addDays(localDay(at, zone), days + 1), zone);

/** Minutes since local midnight, as the wall clock shows them. */
export const minuteOfDay = (at: Instant, zone: string): number => {
  const local = zoned(at, zone);
  return local.hour * 60 + local.minute;
};

/** A wall-clock time of a local day; one the clocks skip moves forward, one they repeat is the first. */
export const atLocal = (day: Day, minute: number, zone: string): Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }),
  }).epochMilliseconds;

/** What durations are measured by (ms): it never goes back, and says nothing of when. */
export const stopwatch = (): number => performance.now();

/** An instant as a site's wall clock shows it, `2026-05-01 09:30`. */
export const localMinute = (at: Instant, zone: string): string =>
  zoned(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

/** The Monday of the ISO week a day lies in. */
export const weekOf = (day: Day): Day => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

export const isDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
