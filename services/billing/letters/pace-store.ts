import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Instant, SECOND } from '../../../shared/clock.ts';

/**
 * A token bucket for all mail of the account (GCRA): one item holds the moment from which the next mail may go (`tat`), and one
 * conditional update reserves it. What has reserved a moment waits for it in the queue.
 */
const KEY = { pk: 'mail#pace', sk: 'pace' };

export interface Pace {
  /** The moment at which one more mail may go: now, or later. */
  reserve(now: Instant): Promise<Instant>;
  /** Nothing goes before: the mail service said that it is too much. */
  hold(until: Instant): Promise<void>;
}

/** @param perSecond what the account's quota lets through */
export const paceIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }, perSecond: number): Pace => {
  // Rounded up: rather a little slower than the quota than a little faster.
  const apart = Math.ceil(SECOND / perSecond);
  /** The item's moment after an update, `undefined` when its condition doesn't hold. */
  const update = async (expression: string, condition: string, values: Record<string, number>) => {
    try {
      const { Attributes } = await doc.send(
        new UpdateCommand({
          TableName: own,
          Key: KEY,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes?.tat as Instant | undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
  return {
    async reserve(now) {
      for (;;) {
        // While mails are waiting each takes the next moment; after a pause it begins anew from now.
        const next = await update('SET tat = tat + :apart', 'tat > :now', { ':apart': apart, ':now': now });
        if (next !== undefined) return next - apart;
        const first = await update('SET tat = :next', 'attribute_not_exists(tat) OR tat <= :now', {
          ':next': now + apart,
          ':now': now,
        });
        if (first !== undefined) return now;
      }
    },
    async hold(until) {
      await update('SET tat = :until', 'attribute_not_exists(tat) OR tat < :until', { ':until': until });
    },
  };
};
