import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { writeAll } from '../../shared/aws/many.ts';
import { defineTable } from '../../shared/aws/table.ts';
import { claimsIn } from '../../shared/journal/claims.ts';
import { ordered } from '../../shared/journal/ordered.ts';
import type { Instant } from '../../shared/time/clock.ts';
import type { Notice, NoticeMailState } from './notice.ts';

/**
 *   pk `staff#<staff>`   sk `ntc_…`                           an entry of somebody's inbox, in order of time
 *   pk `told#<event>`    sk `told`                            all who had to hear of what happened to a member of staff have
 *   pk `waits#<site>`    sk `<type>#<case>#<duty>#<which>`    what waits for a second person (see waits-store.ts)
 *   pk `digest#<site>`   sk `wait#<arrival>#<staff>#ntc_…`    said, but not yet in a digest (see digest-store.ts)
 *                        sk `mail#<day>#<staff>`              a director's digest of a day
 *   pk `digests`         sk `<site>`                          sites that have, or had, something for a digest
 * Hot only where one person hears more than 1,000 things a second.
 */
export const inboxTable = defineTable({ name: 'inbox', journal: false });

/** Where something to be mailed lies: a notice or a digest. Also the queue's message: ids only. */
export interface MailKey {
  pk: string;
  sk: string;
}

/** What a mailer finds and leaves in an item while it is mailed. */
export interface Mailed {
  mail: NoticeMailState;
  /** Which addresses are dealt with while others have trouble, by `addressPrint`. */
  reached?: string[] | undefined;
  messageId?: string | undefined;
}

/** What tells an item's addresses apart, without any standing here; of another item the same address has another. */
export const addressPrint = ({ sk }: MailKey, email: string): string =>
  createHash('sha256').update(`${sk}\n${email}`).digest('hex').slice(0, 16);

export const staffPk = (staff: string) => `staff#${staff}`;
export const noticeKey = ({ staff, id }: Pick<Notice, 'staff' | 'id'>): MailKey => ({ pk: staffPk(staff), sk: id });
const toldKey = (event: string): MailKey => ({ pk: `told#${event}`, sk: 'told' });
export const digestPk = (site: string) => `digest#${site}`;
const waitKey = ({ site, staff, id }: Notice, arrived: Instant): MailKey => ({
  pk: digestPk(site),
  sk: `wait#${ordered(arrived)}#${staff}#${id}`,
});

/** Entries read from the table for one page at most; the rest is the next page. */
const READ_MOST = 1000;
const READ_STEP = 100;

export const inboxIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const absent = 'attribute_not_exists(pk)';
  const { one, update, claim, settle } = claimsIn<NoticeMailState>({ doc, own });
  const knownSites = new Set<string>();

  /** A site's digests are looked for from now on; written before the first thing that waits for one. */
  const knowSite = async (site: string) => {
    if (knownSites.has(site)) return;
    await doc.send(new PutCommand({ TableName: own, Item: { pk: 'digests', sk: site } }));
    knownSites.add(site);
  };

  /** Puts an entry if it isn't there; one for a digest together with what waits for it. */
  const put = async (notice: Notice, arrived: Instant): Promise<void> => {
    const Put = { TableName: own, Item: { ...noticeKey(notice), ...notice }, ConditionExpression: absent };
    try {
      if (notice.mail !== 'digest') {
        await doc.send(new PutCommand(Put));
        return;
      }
      await knowSite(notice.site);
      const waits = { ...waitKey(notice, arrived), ...notice };
      await writeAll(doc, [{ Put }, { Put: { TableName: own, Item: waits } }]);
    } catch (error) {
      if (!isThere(error)) throw error;
    }
  };

  /** Somebody's entries that `wanted` lets through, newest first. */
  const list = async (
    staff: string,
    limit: number,
    before: string | undefined,
    wanted: (notice: Notice) => boolean,
  ): Promise<{ items: Notice[]; next?: string }> => {
    const items: Notice[] = [];
    let last = before;
    for (let seen = 0; seen < READ_MOST; seen += READ_STEP) {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          KeyConditionExpression: last === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :last',
          ExpressionAttributeValues: { ':pk': staffPk(staff), ...(last === undefined ? {} : { ':last': last }) },
          ScanIndexForward: false,
          Limit: READ_STEP,
        }),
      );
      for (const notice of Items as unknown as Notice[]) {
        if (wanted(notice)) {
          if (items.length === limit) return { items, next: items.at(-1)?.id as string };
          items.push(notice);
        }
        last = notice.id;
      }
      if (!LastEvaluatedKey) return { items };
    }
    return { items, ...(last === undefined ? {} : { next: last }) };
  };

  /** Says which addresses of a claimed mail are dealt with, and under which id one of them took it. */
  const record = (key: MailKey, reached: readonly string[], messageId: string | undefined) =>
    update(key, `SET reached = :reached${messageId === undefined ? '' : ', messageId = :id'}`, 'mail = :sending', {
      ':reached': reached,
      ':sending': 'sending',
      ...(messageId === undefined ? {} : { ':id': messageId }),
    });

  /** Sets the moment of reading, the first time; `undefined` when there is no such entry. */
  const read = async (key: MailKey, now: Instant): Promise<Instant | undefined> => {
    const changed = await update<Notice>(key, 'SET readAt = if_not_exists(readAt, :now)', 'attribute_exists(pk)', {
      ':now': now,
    });
    return changed?.readAt;
  };

  /** Whether all who had to hear of an event have; whoever came since doesn't. */
  const isTold = async (event: string): Promise<boolean> => (await one(toldKey(event))) !== undefined;
  const markTold = async (event: string): Promise<void> => {
    await doc.send(new PutCommand({ TableName: own, Item: toldKey(event) }));
  };

  return { doc, own, put, list, one, read, claim, record, settle, update, isTold, markTold };
};

export type Inbox = ReturnType<typeof inboxIn>;

const isThere = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed'));
