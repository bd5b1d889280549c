import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { claimsIn } from '../../../shared/journal/claims.ts';
import { type Holder, rosterKey } from '../../../shared/people/access.ts';
import type { Role } from '../../../shared/people/positions.ts';
import { journals, type Life, SITE } from '../testing/site.ts';
import { record, type World } from '../testing/world.ts';
import { type DueReport, dueReports } from './due.ts';
import { reportIssued } from './events.ts';
import { onReportIssued, type ReportMailState } from './on-report-issued.ts';
import { reportId } from './report.ts';
import type { ReportMail } from './ses.ts';
import { writer } from './writer.ts';

/** Complaints resolved in May 2026, each called back in time or late. */
export const complain = async (w: World, at: number, fates: ('in time' | 'late')[], from = 1) => {
  for (const [i, fate] of fates.entries()) {
    const life: Life = {
      n: from + i,
      at: at + i * 1000,
      rings: 1,
      fate: 'complaint',
      accepted: 0,
      kind: 'noise',
      closed: 1,
      results: [{ resolved: 1, tries: 0, call: { after: fate === 'late' ? 60 : 20, rating: 5, ratedBy: 'owner' } }],
    };
    const events = journals(life).flat();
    await w.write(events);
    const { batchItemFailures } = await w.count({ Records: events.map(record) });
    if (batchItemFailures.length > 0) throw new Error('not counted');
  }
};

/** Somebody holds a position, as the registry publishes it. */
export const holds = ({ stores, registry }: World, site: string, role: string, holder: Holder) =>
  stores.directory.doc.send(
    new PutCommand({
      TableName: registry,
      Item: { ...rosterKey(site, { role: role as Role }, holder.staff), ...holder },
    }),
  );

/** The calendar, the writer and the mailer of reports, each worked by hand. */
export const office = (w: World, holders: Record<string, Holder[]>) => {
  const queue: DueReport[] = [];
  const sent: ReportMail[] = [];
  const clock = () => w.now;
  const { reports } = w.stores;
  let links = 0;
  let refusing: Error | undefined;
  const mailer = {
    ...w.stores,
    clock,
    claims: claimsIn<ReportMailState>({ doc: reports.doc, own: reports.own }, 65_000),
    roster: async (site: string, { role }: { role: string }) => holders[`${site} ${role}`] ?? [],
    send: async (mail: ReportMail) => {
      if (refusing) throw refusing;
      sent.push(mail);
      return `ses-${sent.length}`;
    },
    token: () => `token-${++links}`,
    apiUrl: 'http://api.example.com',
  };
  const calendar = dueReports({
    ...w.stores,
    clock,
    enqueue: async (wanted) => void queue.push(...wanted),
  });
  const worker = writer({ ...w.stores, clock });
  const write = async (...wanted: DueReport[]) => {
    const Records = wanted.map((one, i) => ({ messageId: String(i), body: JSON.stringify(one) }));
    if ((await worker({ Records })).batchItemFailures.length > 0) throw new Error('not written');
  };
  return {
    queue,
    sent,
    write,
    refuse: (error: Error | undefined) => {
      refusing = error;
    },
    /** What is due goes to the writer; answers what was asked for. */
    async hour() {
      queue.length = 0;
      await calendar();
      await write(...queue);
      return [...queue];
    },
    /** The event of an edition arrives, as often as it is called. */
    async told(period: string, edition = 1, site = SITE) {
      const events = await reports.history(site, reportId(period));
      const event = events[edition - 1];
      if (!event) throw new Error('not issued');
      await onReportIssued.handle({ ...event, data: reportIssued.data.parse(event.data) } as never, mailer);
    },
  };
};
