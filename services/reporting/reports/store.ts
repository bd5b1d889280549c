import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import { defineTable, EXPIRES } from '../../../shared/aws/table.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { linkKey } from '../../../shared/http/link.ts';
import type { Published } from '../../../shared/journal/aggregate.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import { ordered } from '../../../shared/journal/ordered.ts';
import type { Role } from '../../../shared/people/positions.ts';
import { type Instant, SECOND } from '../../../shared/time/clock.ts';
import type { Content } from './content.ts';
import type { ReportEvent } from './events.ts';
import { type Issued, type Report, reportHash, reportId, reportType } from './report.ts';
import { deserialize } from './serialized.ts';

/**
 * Reports and improvements: a journal each, and beside them
 *   pk `<site>#content#<period>#<edition>`   sk `a0`, `a1`, …   what a report says, as it was composed
 *   pk `<site>#mail#<period>#<edition>`      sk `<staff>`         the mail of one edition to one person
 *   pk `link#<SHA-256 of a token>`           sk `link`            which edition whoever has the link may read
 * The group's own lie under the site `*`. A site writes a few dozen items a month.
 */
export const reportsTable = defineTable({ name: 'reports', journal: true });

export type Reports = Journal<Report, ReportEvent>;
export const reportsIn = (tables: JournalTables): Reports => journal(reportType, tables);

const contentPk = (site: string, period: string, edition: number) => `${site}#content#${period}#${edition}`;

/** What a report says, with the event that it was issued, in the same transaction. */
export const contentItems = (site: string, period: string, edition: number, parts: readonly string[]): Published => ({
  put: parts.map((text, i) => ({
    pk: contentPk(site, period, edition),
    sk: ordered(i),
    text,
  })),
  remove: [],
});

/** A report with the edition asked for, the last where none is. @throws Refusal not-found */
export const readIssued = async (
  reports: Reports,
  site: string,
  period: string,
  edition?: number,
): Promise<{ report: Report; issued: Issued }> => {
  const { state: report } = await reports.head(site, reportId(period));
  const issued = edition === undefined ? report?.editions.at(-1) : report?.editions[edition - 1];
  if (!report || !issued) throw notFound(period);
  return { report, issued };
};

/** What an edition says, checked against what was issued. @throws Error when it is not what was issued */
export const readContent = async (
  { doc, own }: Reports,
  site: string,
  period: string,
  { edition, hash }: Pick<Issued, 'edition' | 'hash'>,
): Promise<Content> => {
  const items = await queryAll(
    { doc, table: own },
    {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': contentPk(site, period, edition) },
      ConsistentRead: true,
    },
  );
  const parts = items.map(({ text }) => text as string);
  if (reportHash(parts) !== hash) throw new Error('what is kept of a report is not what was issued');
  return deserialize(parts.join(''));
};

/** Which edition of which report a link opens, since and until when, and to whom it was mailed. */
export interface ReportLink {
  site: string;
  period: string;
  edition: number;
  since: Instant;
  until: Instant;
  staff: string;
  /** The position that they hold, and where (`*`: of the group). */
  sitePosition: { site: string; role: Role };
  /** Of the address it went to; see `linkSeal`. */
  seal: string;
}
export const putReportLink = async ({ doc, own }: Reports, token: string, link: ReportLink): Promise<void> => {
  // Kept for longer than it opens anything: until then it says that it has ended.
  const expires = { [EXPIRES]: Math.ceil((2 * link.until - link.since) / SECOND) };
  await doc.send(new PutCommand({ TableName: own, Item: { ...linkKey(token), ...link, ...expires } }));
};

/** @throws Refusal not-found: unknown */
export const readReportLink = async ({ doc, own }: Reports, token: string): Promise<ReportLink> => {
  const { Item } = await doc.send(new GetCommand({ TableName: own, Key: linkKey(token) }));
  if (!Item) throw notFound('report');
  return Item as unknown as ReportLink;
};
