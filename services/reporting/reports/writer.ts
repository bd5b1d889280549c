import * as z from 'zod';
import { Refusal } from '../../../shared/domain/refusal.ts';
import type { Published } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { log } from '../../../shared/lambda/log.ts';
import { eachMessage, type QueueBatch } from '../../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../../shared/lambda/stream.ts';
import type { Clock, Instant } from '../../../shared/time/clock.ts';
import { everySite } from '../figures/contract.ts';
import type { Content } from './content.ts';
import { gatherGroup, gatherSite } from './gather.ts';
import { isIssued, issue, type Report, reportId, type SerializedReport, serialize } from './report.ts';
import { GROUP, refusedTime, type Sources } from './sources.ts';
import { contentItems, type Reports } from './store.ts';

export interface WriterDeps extends Sources {
  reports: Reports;
  clock: Clock;
}

/** What a report of a site, or of the group, would say now. @throws Refusal before the period is over */
export const gather = async (sources: Sources, site: string, period: string, now: Instant): Promise<Content> => {
  const sites = site === GROUP ? await everySite(sources.policies) : [await sources.policies.site(site)];
  const early = refusedTime(sites, period, now);
  if (early) throw early;
  return site === GROUP ? gatherGroup(sources, period, now) : gatherSite(sources, site, period, now);
};

/** What was composed, kept with the event that says it was issued. */
export const keptWith =
  (site: string, period: string, { parts }: SerializedReport) =>
  ({ state }: { state: Report | undefined }): Published =>
    contentItems(site, period, state?.editions.length ?? 1, parts);

/** A site at which nothing has ever been counted, nor charged, gets no report by the calendar. */
const saysNothing = ({ trend, collection }: Content): boolean =>
  trend.length === 0 && collection.items.length === 0 && collection.months.every(({ toDate }) => toDate === null);

/** Issues the edition that the calendar asks for, unless there is one since it was due. */
const issueByCalendar = async (deps: WriterDeps, { site, period, since }: z.output<typeof message>): Promise<void> => {
  const { reports, clock } = deps;
  const now = clock();
  const id = reportId(period);
  if (isIssued((await reports.head(site, id)).state, since)) return;
  const content = await gather(deps, site, period, now);
  if (saysNothing(content)) return;
  const what = serialize(content);
  const { events } = await execute(reports, {
    site,
    id,
    now,
    by: 'system:calendar',
    decide: (state) => {
      const events = issue(state, { period, ...what }, { since });
      if (events instanceof Refusal) throw events;
      return events;
    },
    publish: keptWith(site, period, what),
  });
  log('HY-RPT-3', { site, report: id, issued: events.length > 0 });
};

const message = z.object({ site: z.string(), period: z.string(), since: z.number().int() });

/** In: reports that are due, any number of times. Out: each issued once. What fails comes again, and waits as a dead letter. */
export const writer =
  (deps: WriterDeps) =>
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-RPT-4' }, async ({ body }) =>
      issueByCalendar(deps, message.parse(JSON.parse(body))),
    );
