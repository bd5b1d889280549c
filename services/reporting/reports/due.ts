import { type Clock, type Instant, localDay, minuteOfDay } from '../../../shared/clock.ts';
import { errorName, log } from '../../../shared/log.ts';
import { inParallel } from '../../../shared/many.ts';
import { monthOf, plusMonths } from '../../../shared/month.ts';
import type { Policies, SiteFacts } from '../../../shared/policy.ts';
import { everySite } from '../sites.ts';
import { reportId } from './report.ts';
import { GROUP, isOver } from './sources.ts';
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
/** Sites looked at side by side. */
const SIDE_BY_SIDE = 50;

/** What ended with the month before: that month, and with December its year. */
const endedBefore = (today: string): string[] => {
  const month = plusMonths(monthOf(today), -1);
  return month.endsWith('-12') ? [month, month.slice(0, 4)] : [month];
};

/** The periods whose reports a site's day asks for: none before the policy's day, nor before its minute. */
const askedOn = (
  now: Instant,
  zone: string,
  { reportDay, digestMinute }: { reportDay: number; digestMinute: number },
) => {
  const today = localDay(now, zone);
  const day = Number(today.slice(8));
  const isDay = day === reportDay ? minuteOfDay(now, zone) >= digestMinute : day > reportDay;
  return isDay && day < reportDay + LOOKED_FOR_DAYS ? endedBefore(today) : [];
};

/**
 * In: nothing but the time, every hour. Out: from the policy's day and minute of a site's month on (the 5th, 08:00), a
 * message for each report of the period before that isn't there yet; the group's once every site's month is over. Missed
 * hours and days are caught up within a week. One site's failure doesn't stop the others.
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
        const over = askedOn(now, zone, values).filter((period) => !isOver(all, period, now));
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
