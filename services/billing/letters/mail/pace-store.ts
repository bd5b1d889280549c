import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { aggregateKey } from '../../../../shared/journal/layout.ts';
import { type Instant, SECOND } from '../../../../shared/time/clock.ts';
import { AHEAD, hasCome, hasRoom, holds } from './pace.ts';

/**
 * A token bucket for all mail of the account (GCRA): one item holds the moment from which the next mail may go (`tat`), and one
 * conditional update reserves it. A letter that has to wait for its moment has it in an item of its own, so that of several
 * messages to the mailer only one reserves.
 */
const KEY = { pk: 'mail#pace', sk: 'pace' };

export interface Pace {
  /** Whether there is a moment to be had; what says so may be a second old. */
  hasRoom(now: Instant): Promise<boolean>;
  /** The moment at which a letter may go: now, or later, or the one that it has. `undefined`: it asks again later. */
  reserve(site: string, letter: string, now: Instant): Promise<Instant | undefined>;
  /** Nothing goes before: the mail service said that it is too much. */
  hold(until: Instant): Promise<void>;
}

const failed = (error: unknown): undefined => {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw error;
};

/** @param perSecond what the account's quota lets through */
export const paceIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }, perSecond: number): Pace => {
  // Rounded up: rather a little slower than the quota than a little faster.
  const apart = Math.ceil(SECOND / perSecond);
  const read = async (Key: { pk: string; sk: string }, ConsistentRead = false) =>
    (await doc.send(new GetCommand({ TableName: own, Key, ConsistentRead }))).Item;
  /** The item's moment after an update, `undefined` when its condition doesn't hold. */
  const update = (
    expression: string,
    condition: string,
    values: Record<string, number>,
  ): Promise<Instant | undefined> =>
    doc
      .send(
        new UpdateCommand({
          TableName: own,
          Key: KEY,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      )
      .then(({ Attributes }) => Attributes?.tat as Instant | undefined, failed);

  const next = async (now: Instant): Promise<Instant | undefined> => {
    for (;;) {
      // While mails are waiting each takes the next moment; after a pause it begins anew from now.
      const after = await update('ADD tat :apart', 'tat >= :now AND tat <= :last', {
        ':apart': apart,
        ':now': now + 1,
        ':last': now + AHEAD,
      });
      if (after !== undefined) return after - apart;
      const first = await update('SET tat = :next', 'attribute_not_exists(tat) OR tat <= :now', {
        ':next': now + apart,
        ':now': now,
      });
      if (first !== undefined) return now;
      if (!hasRoom((await read(KEY, true))?.tat, now)) return undefined;
    }
  };

  const momentKey = (site: string, letter: string) => ({ pk: aggregateKey(site, 'letter', letter), sk: 'moment' });
  /** Says which moment a letter has; false where another message of it was faster. */
  const keep = (key: { pk: string; sk: string }, moment: Instant, before: Instant | undefined): Promise<boolean> =>
    doc
      .send(
        new PutCommand({
          TableName: own,
          Item: { ...key, moment },
          ...(before === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : { ConditionExpression: 'moment = :before', ExpressionAttributeValues: { ':before': before } }),
        }),
      )
      .then(
        () => true,
        (error) => failed(error) ?? false,
      );

  return {
    hasRoom: async (now) => hasRoom((await read(KEY))?.tat, now),
    async reserve(site, letter, now) {
      const key = momentKey(site, letter);
      const has = (await read(key))?.moment as Instant | undefined;
      if (holds(has, now)) return has;
      const moment = await next(now);
      if (moment === undefined || hasCome(moment, now) || (await keep(key, moment, has))) return moment;
      // It is given back, unless somebody has the next already.
      await update('SET tat = :moment', 'tat = :after', { ':moment': moment, ':after': moment + apart });
      return (await read(key, true))?.moment;
    },
    async hold(until) {
      await update('SET tat = :until', 'attribute_not_exists(tat) OR tat < :until', { ':until': until });
    },
  };
};
