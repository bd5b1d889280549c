import { type Clock, type Instant, localDay, minuteOfDay } from '../../../shared/clock.ts';
import { errorName, log } from '../../../shared/log.ts';
import { inParallel } from '../../../shared/many.ts';
import { dayOfMonth, monthOf, plusMonths } from '../../../shared/month.ts';
import type { Policies, SiteFacts } from '../../../shared/policy.ts';
import { everySite } from '../sites.ts';
import { reportId } from './report.ts';
import { GROUP, refusedEarly } from './sources.ts';
import type { Reports } from './store.ts';

/** A report that is to be issued; also the queue's message. */
export interface Wanted {
  site: string;
  period: string;
}

export interface DueDeps {
  reports: Reports;
  policies: Policies;
  enqueue(wanted: readonly Wanted[]): Promise<void>;
  clock: Clock;
}

/** For so many days a report that could not be issued on its day is looked for; later a person issues it. */
const LOOKED_FOR_DAYS = 7;
/** Looked for so many minutes each day from the policy's minute on: an hourly look meets it, and whoever is mailed is awake. */
const MORNING = 120;
/** Sites looked at side by side. */
const SIDE_BY_SIDE = 50;

/** What ended with the month before: that month, and with December its year. */
const endedBefore = (today: string): string[] => {
  const month = plusMonths(monthOf(today), -1);
  return month.endsWith('-12') ? [month, month.slice(0, 4)] : [month];
};

/** The periods whose reports a site's day asks for: on the mornings from the policy's day on. */
const askedOn = (
  now: Instant,
  zone: string,
  { reportDay, digestMinute }: { reportDay: number; digestMinute: number },
) => {
  const today = localDay(now, zone);
  const day = dayOfMonth(today);
  const past = minuteOfDay(now, zone) - digestMinute;
  const isMorning = past >= 0 && past < MORNING;
  return isMorning && day >= reportDay && day < reportDay + LOOKED_FOR_DAYS ? endedBefore(today) : [];
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
    const lookAt = async (site: string, zone: string, all: readonly SiteFacts[]) => {
      try {
        const { values } = await policies.at(site, now);
        const over = askedOn(now, zone, values).filter((period) => !refusedEarly(all, period, now));
        const heads = over.length === 0 ? [] : await reports.heads(site, over.map(reportId));
        const wanted = over.filter((_, i) => heads[i]?.state === undefined);
        await enqueue(wanted.map((period) => ({ site, period })));
        if (wanted.length > 0) log('HY-RPT-1', { site, reports: wanted.length });
      } catch (error) {
        failed += 1;
        log('HY-RPT-2', { site, error: errorName(error) });
      }
    };
    await inParallel(sites, SIDE_BY_SIDE, (one) => lookAt(one.site, one.timeZone, [one]));
    const [first] = sites;
    if (first) await lookAt(GROUP, first.timeZone, sites);
    if (failed > 0) throw new Error(`reports of ${failed} sites could not be looked for; the next hour tries again`);
  };
