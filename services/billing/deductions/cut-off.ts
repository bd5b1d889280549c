import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { addDays, type Day, type Instant, localDay, startOfDay } from '../../../shared/time/clock.ts';
import { type Month, monthOf, plusMonths } from '../../../shared/time/month.ts';

const cutOffOf = (month: Month, { deductionCutOffDay }: PolicyContext['policy']): Day =>
  `${month}-${String(Math.max(1, deductionCutOffDay)).padStart(2, '0')}`;

/** The cut-off day on a day or after it; what is there by 24:00 of it goes to that batch. */
export const nextCutOff = (day: Day, { policy }: PolicyContext): Day => {
  const month = monthOf(day);
  const here = cutOffOf(month, policy);
  return day <= here ? here : cutOffOf(plusMonths(month, 1), policy);
};

/** The last cut-off day that is over. */
export const lastCutOff = (now: Instant, { zone, policy }: PolicyContext): Day => {
  const day = localDay(now, zone);
  const month = monthOf(day);
  const here = cutOffOf(month, policy);
  return here < day ? here : cutOffOf(plusMonths(month, -1), policy);
};

/** 24:00 of a site-local day. */
export const endOf = (day: Day, { zone }: Pick<PolicyContext, 'zone'>): Instant => startOfDay(addDays(day, 1), zone);
