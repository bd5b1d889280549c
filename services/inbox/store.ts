import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Instant, MINUTE } from '../../shared/clock.ts';
import { defineTable } from '../../shared/table.ts';
import type { MailState, Notice } from './notice.ts';

/**
 *   pk `staff#<staff>`   sk `ntc_…`                           an entry of somebody's inbox, in order of time
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

export const staffPk = (staff: string) => `staff#${staff}`;
export const noticeKey = ({ staff, id }: Pick<Notice, 'staff' | 'id'>): MailKey => ({ pk: staffPk(staff), sk: id });
export const digestPk = (site: string) => `digest#${site}`;
const waitKey = ({ site, staff, id }: Notice, arrived: Instant): MailKey => ({
  pk: digestPk(site),
  sk: `wait#${instantKey(arrived)}#${staff}#${id}`,
});
/** Sorts as the instants do. */
export const instantKey = (at: Instant): string => String(at).padStart(15, '0');

/** A mailer that took longer than this is dead: its claim may be taken over. Above the mailer's timeout (1 min). */
export const CLAIM = 5 * MINUTE;

export type Claim<T> = { item: T } | 'done' | 'busy';

/** Entries read from the table for one page at most; the rest is the next page. */
const READ_MOST = 1000;
const READ_STEP = 100;

export const inboxIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const absent = 'attribute_not_exists(pk)';
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
      await doc.send(new TransactWriteCommand({ TransactItems: [{ Put }, { Put: { TableName: own, Item: waits } }] }));
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

  const one = async <T>(Key: MailKey): Promise<T | undefined> => {
    const { Item } = await doc.send(new GetCommand({ TableName: own, Key, ConsistentRead: true }));
    return Item as T | undefined;
  };

  /** Sets the moment of reading, the first time; `undefined` when there is no such entry. */
  const read = async (key: MailKey, now: Instant): Promise<Instant | undefined> => {
    const changed = await update<Notice>(key, 'SET readAt = if_not_exists(readAt, :now)', 'attribute_exists(pk)', {
      ':now': now,
    });
    return changed?.readAt;
  };

  /** Takes an email on: `done` when it was sent (or needn't be), `busy` while another mailer has it. */
  const claim = async <T extends { mail: MailState }>(key: MailKey, now: Instant): Promise<Claim<T>> => {
    const item = await update<T>(
      key,
      'SET mail = :sending, claimedAt = :now',
      'mail = :due OR (mail = :sending AND claimedAt <= :dead)',
      { ':due': 'due', ':sending': 'sending', ':now': now, ':dead': now - CLAIM },
    );
    if (item) return { item };
    return (await one<T>(key))?.mail === 'sending' ? 'busy' : 'done';
  };

  /** Says what became of a claimed email. */
  const settle = (key: MailKey, mail: MailState, now: Instant, messageId?: string) =>
    update(
      key,
      `SET mail = :mail, sentAt = :now${messageId === undefined ? '' : ', messageId = :id'}`,
      'mail = :sending',
      { ':mail': mail, ':sending': 'sending', ':now': now, ...(messageId === undefined ? {} : { ':id': messageId }) },
    );

  /** The item after a conditional update; `undefined` when the condition doesn't hold. */
  const update = async <T>(
    Key: MailKey,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
  ): Promise<T | undefined> => {
    try {
      const { Attributes } = await doc.send(
        new UpdateCommand({
          TableName: own,
          Key,
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeValues,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes as T;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  return { doc, own, put, list, one, read, claim, settle, update };
};

export type Inbox = ReturnType<typeof inboxIn>;

const isThere = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed'));
