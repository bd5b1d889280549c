import { inParallel } from '../../../shared/aws/many.ts';
import { errorName, failure, log } from '../../../shared/lambda/log.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { PolicyValues, SiteFacts } from '../../../shared/policy/policy.ts';
import {
  atLocal,
  type Clock,
  type Day,
  daysBetween,
  type Instant,
  localDay,
  minuteOfDay,
} from '../../../shared/time/clock.ts';
import { dayOfMonth, monthOf, plusMonths } from '../../../shared/time/month.ts';
import { everySite } from '../figures/contract.ts';
import { isIssued, reportId } from './report.ts';
import { GROUP, refusedTime } from './sources.ts';
import type { Reports } from './store.ts';

/** A report that is to be issued, unless it was since the day it was due; also the queue's message. */
export interface DueReport {
  site: string;
  period: string;
  since: Instant;
}

export interface DueDeps {
  reports: Reports;
  policies: Policies;
  enqueue(wanted: readonly DueReport[]): Promise<void>;
  clock: Clock;
}

/** For so many days a report that could not be issued on its day is looked for; later a person issues it. */
const DUE_FOR_DAYS = 7;
/** Looked for so many minutes each day from the policy's minute on: an hourly call meets it, and whoever is mailed is awake. */
const MORNING = 120;
/** Sites looked at side by side. */
const SIDE_BY_SIDE = 50;

/** What ended with the month before: that month, and with December its year. */
const endedBefore = (today: Day): string[] => {
  const month = plusMonths(monthOf(today), -1);
  return month.endsWith('-12') ? [month, month.slice(0, 4)] : [month];
};

/** The last day on which reports were due, today included. */
const lastDue = (today: Day, reportDay: number): Day => {
  const month = dayOfMonth(today) >= reportDay ? monthOf(today) : plusMonths(monthOf(today), -1);
  return `${month}-${String(reportDay).padStart(2, '0')}`;
};

/** What a site's morning asks for: the periods whose reports were due within the last week, and since when. */
const askedOn = (
  now: Instant,
  zone: string,
  { reportDay, digestMinute }: Pick<PolicyValues, 'reportDay' | 'digestMinute'>,
) => {
  const today = localDay(now, zone);
  const past = minuteOfDay(now, zone) - digestMinute;
  const due = lastDue(today, reportDay);
  if (past < 0 || past >= MORNING || daysBetween(due, today) >= DUE_FOR_DAYS) return { periods: [], since: now };
  return { periods: endedBefore(due), since: atLocal(due, digestMinute, zone) };
};

/**
 * In: nothing but the time, every hour. Out: from the policy's day and minute of a site's month on (the 5th, 08:00), a
 * message for each report of the period before that isn't there yet; the group's once every site's month is over. What was
 * missed is caught up on the next morning, within a week. One site's failure doesn't stop the others.
 */
export const dueReports =
  ({ reports, policies, enqueue, clock }: DueDeps) =>
  async (): Promise<void> => {
    const now = clock();
    const sites = await everySite(policies);
    let failed = 0;
    const dueOf = async (site: string, zone: string, all: readonly SiteFacts[]) => {
      try {
        const { values } = await policies.at(site, now);
        const { periods, since } = askedOn(now, zone, values);
        const over = periods.filter((period) => !refusedTime(all, period, now));
        const heads = over.length === 0 ? [] : await reports.heads(site, over.map(reportId));
        const wanted = over.filter((_, i) => !isIssued(heads[i]?.state, since));
        await enqueue(wanted.map((period) => ({ site, period, since })));
        if (wanted.length > 0) log('HY-RPT-1', { site, reports: wanted.length });
      } catch (error) {
        failed += 1;
        failure('HY-RPT-2', { site, error: errorName(error) });
      }
    };
    await inParallel(sites, SIDE_BY_SIDE, (one) => dueOf(one.site, one.timeZone, [one]));
    const [first] = sites;
    if (first) await dueOf(GROUP, first.timeZone, sites);
    if (failed > 0) throw new Error(`reports of ${failed} sites could not be looked for; the next hour tries again`);
  };
