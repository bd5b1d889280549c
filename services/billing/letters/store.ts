import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import { EXPIRES } from '../../../shared/aws/table.ts';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import type { Envelope, Recorded } from '../../../shared/domain/events.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import { linkKey } from '../../../shared/http/link.ts';
import { refold } from '../../../shared/journal/aggregate.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import { type Day, type Instant, SECOND } from '../../../shared/time/clock.ts';
import { LETTERS_INDEX } from '../store.ts';
import { type PayerAddresses, payerType } from './addresses/payer.ts';
import { letterType } from './aggregate.ts';
import type { LetterEvent, PayerEvent, RunmailEvent } from './events.ts';
import { type Letter, type LetterAccount, type LISTED, listedKey, listedRange, onPaperKey } from './letter.ts';
import { COUNTS, type RunCounts, type RunMail, runCountPk, runMailType } from './mail/run-mail.ts';

export type Letters = Journal<Letter, LetterEvent>;
export const lettersIn = (tables: JournalTables): Letters => journal(letterType, tables);
export type Payers = Journal<PayerAddresses, PayerEvent>;
export const payersIn = (tables: JournalTables): Payers => journal(payerType, tables);
export type RunMails = Journal<RunMail, RunmailEvent>;
export const runMailsIn = (tables: JournalTables): RunMails => journal(runMailType, tables);

/** Events of one letter at most: it is added to until it is out, and sent a bounded number of times. */
const EVENTS_MOST = 1000;

/** What a letter says, account by account, from its journal. */
export const accountsOf = async (letters: Letters, site: string, id: string): Promise<LetterAccount[]> =>
  saidIn(await letters.history(site, id, EVENTS_MOST));

const saidIn = (events: readonly Envelope[]): LetterAccount[] =>
  (events as Recorded<LetterEvent>[]).flatMap((event) =>
    event.name === 'letter.opened' || event.name === 'letter.added' ? event.data.accounts : [],
  );

/** A letter as it was at a version: what went out with it, whatever was added or has become of it since. */
export const letterAsOf = async (letters: Letters, site: string, id: string, version: number) => {
  const events = await letters.history(site, id, version);
  return { state: refold(letters.type, events), accounts: saidIn(events) };
};

/** Whether a place in the list (`listedRange`) is one of the day. */
const isPlace = (place: string, day: Day = '') => /^\d{4}-\d{2}-\d{2}#/.test(place) && place.startsWith(day);

/**
 * Letters people have to do something with, in order of their days; of one day where it is named.
 * @param after the `next` of the page before
 * @throws Refusal for an `after` that no page of this list gave
 */
export const listedLetters = async (
  { doc, own, heads }: Letters,
  site: string,
  {
    status,
    day,
    limit,
    after,
  }: { status: (typeof LISTED)[number]; day?: Day | undefined; limit: number; after?: string | undefined },
) => {
  if (after !== undefined && !isPlace(after, day)) throw invalid({ field: 'query.after', rule: 'field.next-of-page' });
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: own,
      IndexName: LETTERS_INDEX,
      KeyConditionExpression: 'lettersOf = :letters AND lettersBy BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':letters': listedKey(site, status),
        // The least that sorts after what came last.
        ':from': after === undefined ? listedRange(day ?? '') : `${after} `,
        ':to': listedRange(day ?? '~', '~'),
      },
      Limit: limit,
    }),
  );
  const last = Items.at(-1)?.lettersBy as string | undefined;
  const ids = Items.map(({ lettersBy }) => (lettersBy as string).split('#')[1] ?? '');
  // The index follows a moment later than the letters do.
  const found = (await heads(site, ids)).filter(({ state }) => state?.status === status);
  return { items: found, ...(LastEvaluatedKey && last !== undefined ? { next: last } : {}) };
};

/** Letters about an account that wait to be handed over on paper. */
export const lettersOnPaper = async ({ doc, own }: Letters, site: string, account: string): Promise<string[]> => {
  const found = { doc, table: own };
  const items = await queryAll(found, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': onPaperKey(site, account, '').pk },
    ConsistentRead: true,
  });
  return items.map(({ sk }) => sk as string);
};

/** What the letters of a run come to. */
export const readRunCounts = async ({ doc, own }: Letters, site: string, run: string): Promise<RunCounts> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': runCountPk(site, run) },
      ConsistentRead: true,
    }),
  );
  const sum = (name: string) => Items.reduce((total, item) => total + ((item[name] as number | undefined) ?? 0), 0);
  return Object.fromEntries(COUNTS.map((name) => [name, sum(name)])) as RunCounts;
};

/** How many mails a payer got on a day: one item for each payer, which forgets the day before. */
export interface MailCount {
  stamp?: string;
  mails: number;
}
const mailCountKey = (site: string, party: string) => ({ pk: `${site}#mails#${party}`, sk: 'mails' });

export const readMailCount = async (
  { doc, own }: Letters,
  site: string,
  party: string,
  day: Day,
): Promise<MailCount> => {
  const { Item } = await doc.send(
    new GetCommand({ TableName: own, Key: mailCountKey(site, party), ConsistentRead: true }),
  );
  return Item ? { stamp: Item.stamp as string, mails: Item.day === day ? (Item.mails as number) : 0 } : { mails: 0 };
};

/** Counts one more mail, if nobody else has meanwhile. @param by -1: one that was counted was not sent */
export const countMail = (
  { own }: Letters,
  site: string,
  party: string,
  day: Day,
  { stamp, mails }: MailCount,
  by = 1,
): TransactItem => ({
  Put: {
    TableName: own,
    Item: { ...mailCountKey(site, party), day, mails: mails + by, stamp: `${day}#${mails + by}` },
    ...(stamp === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'stamp = :stamp', ExpressionAttributeValues: { ':stamp': stamp } }),
  },
});

/** The letter behind a link, and and for what reason whoever has it may see it. */
export interface LetterLink {
  site: string;
  letter: string;
  /** The letter's version that went out: the page says what was said by then. */
  version: number;
  /** Reference of the address that it went to. */
  address: string;
  /** The payer paid for a unit of it on the day it went out; else it went to somebody who had left, knowingly. */
  paying: boolean;
}
/** @param until after that it is kept for nothing */
export const putLetterLink = ({ own }: Letters, token: string, link: LetterLink, until: Instant): TransactItem => ({
  Put: {
    TableName: own,
    Item: { ...linkKey(token), ...link, [EXPIRES]: Math.ceil(until / SECOND) },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export const readLetterLink = async ({ doc, own }: Letters, token: string): Promise<LetterLink | undefined> => {
  const { Item } = await doc.send(new GetCommand({ TableName: own, Key: linkKey(token) }));
  return Item as LetterLink | undefined;
};
