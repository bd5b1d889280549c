import { Temporal } from 'temporal-polyfill';
import { addDays, type Day } from '../clock.ts';
import { CN } from './cn.ts';

/** Days off besides weekends, and weekend days that are worked (调休); held as data. */
export interface Calendar {
  off: readonly (readonly [first: Day, last: Day])[];
  work: readonly Day[];
}

const NONE: Calendar = { off: [], work: [] };
const BY_ZONE: Record<string, Calendar> = { 'Asia/Shanghai': CN, 'Asia/Urumqi': CN };

/** The calendar of a site, by its time zone; where we have none, weekends only. */
export const calendarOf = (zone: string): Calendar => BY_ZONE[zone] ?? NONE;

const isWeekend = (day: Day): boolean => Temporal.PlainDate.from(day).dayOfWeek > 5;

export const isWorkingDay = (day: Day, { off, work }: Calendar): boolean =>
  work.includes(day) || !(isWeekend(day) || off.some(([first, last]) => first <= day && day <= last));

/** The day itself, or the next working day: a last day on a holiday rolls over (Civil Code 203). */
export const rolled = (day: Day, calendar: Calendar): Day => {
  let rolls = day;
  while (!isWorkingDay(rolls, calendar)) rolls = addDays(rolls, 1);
  return rolls;
};
