import { addDays, type Day, type Instant, localDay } from '../time/clock.ts';

/**
 * Numbers that people can say (matters.md, "Numbers"): a prefix, the site-local day on which it was opened, and which of that day: at
 * least three digits. Never sorted by; gaps are fine, doubles never. Kept with the year: `JD20261130-004`.
 */
export const NUMBERED = { contact: 'JD', complaint: 'TS', callback: 'HF', slip: 'YC' } as const;
export type NumberPrefix = (typeof NUMBERED)[keyof typeof NUMBERED];

export const caseNumber = (prefix: string, day: Day, serial: number): string =>
  `${prefix}${day.replaceAll('-', '')}-${String(serial).padStart(3, '0')}`;

/** The parts of a number as it is kept. */
export const partsOf = (number: string): { prefix: string; day: Day; serial: number } | undefined => {
  const [, prefix = '', year, month, date, serial] = /^([A-Z]{2})(\d{4})(\d{2})(\d{2})-(\d+)$/.exec(number) ?? [];
  return serial === undefined ? undefined : { prefix, day: `${year}-${month}-${date}`, serial: Number(serial) };
};

/** Without its year a number is clear for so many days. */
const CLEAR_FOR = 300;
/** As it is said on a day: `JD1130-004`, with its year where that isn't clear. */
export const saidNumber = (number: string, today: Day): string => {
  const parts = partsOf(number);
  if (!parts || parts.day < addDays(today, -CLEAR_FOR)) return number;
  const { prefix, day } = parts;
  return `${prefix}${day.slice(5).replace('-', '')}${number.slice(number.indexOf('-'))}`;
};

/** The same of an answer: there, where it has one. */
export const saidOn = (now: Instant, number: string | undefined): { number?: string } =>
  number === undefined ? {} : { number: saidNumber(number, localDay(now, 'UTC')) };

/** Days that a number which names none is sought in. */
const SOUGHT_DAYS = 31;

/** What is sought by a number as somebody typed it: which of a day, and the days it may be of. */
export interface SoughtNumber {
  prefix: string;
  serial: number;
  from: Day;
  to: Day;
  isOf(day: Day): boolean;
}

/** @param prefix of what is looked through: a number of another is none of it */
export const soughtNumber = (typed: string, prefix: string, today: Day): SoughtNumber | undefined => {
  const [, of, rest = ''] = /^\s*([A-Za-z]{2})?([\d-]+)\s*$/.exec(typed) ?? [];
  if (of !== undefined && of.toUpperCase() !== prefix) return undefined;
  const [, date = '', digits] = /^(?:(\d{1,2}|\d{4}|\d{8})-)?(\d{1,7})$/.exec(rest) ?? [];
  if (digits === undefined) return undefined;
  const serial = Number(digits);
  const lately = { prefix, serial, from: addDays(today, 1 - SOUGHT_DAYS), to: today };
  if (date === '') return { ...lately, isOf: () => true };
  if (date.length <= 2) return { ...lately, isOf: (day) => Number(day.slice(8)) === Number(date) };
  if (date.length === 4)
    return {
      prefix,
      serial,
      // It is said on UTC's day and sought on the site's own.
      from: addDays(today, -CLEAR_FOR - 1),
      to: addDays(today, 1),
      isOf: (day) => day.slice(5).replace('-', '') === date,
    };
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return { prefix, serial, from: day, to: day, isOf: () => true };
};
