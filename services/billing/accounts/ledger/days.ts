import { Temporal } from 'temporal-polyfill';
import type { Day } from '../../../../shared/time/clock.ts';

/** So many calendar months on; a day that the month doesn't have is its last (Civil Code 202). */
export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString();
export const addYears = (day: Day, years: number): Day => Temporal.PlainDate.from(day).add({ years }).toString();
