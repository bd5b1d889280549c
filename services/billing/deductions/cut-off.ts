import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { addDays, type Day, type Instant, localDay, startOfDay } from '../../../shared/time/clock.ts';
import { addMonths } from '../accounts/contract.ts';

/** The cut-off of the month a day lies in. */
const cutOffOf = (day: Day, { deductionCutOffDay }: PolicyContext['policy']): Day =>
  `${day.slice(0, -2)}${String(Math.max(1, deductionCutOffDay)).padStart(2, '0')}`;

/** The cut-off day on a day or after it; what is there by 24:00 of it goes to that batch. */
export const nextCutOff = (day: Day, { policy }: PolicyContext): Day => {
  const here = cutOffOf(day, policy);
  return day <= here ? here : cutOffOf(addMonths(`${day.slice(0, -2)}01`, 1), policy);
};

/** The last cut-off day that is over. */
export const lastCutOff = (now: Instant, { zone, policy }: PolicyContext): Day => {
  const day = localDay(now, zone);
  const here = cutOffOf(day, policy);
  return here < day ? here : cutOffOf(addMonths(`${day.slice(0, -2)}01`, -1), policy);
};

/** 24:00 of a site-local day. */
export const endOf = (day: Day, { zone }: Pick<PolicyContext, 'zone'>): Instant => startOfDay(addDays(day, 1), zone);
