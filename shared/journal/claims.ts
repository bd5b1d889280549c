import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../aws/many.ts';
import { type Instant, MINUTE } from '../time/clock.ts';

/**
 * Mails that go out once. An item says what is to be mailed: `due`, then `sending` while a mailer has it, then what came of
 * it. A mailer that dies between sending and settling is the one moment that repeats a mail, once its claim is old.
 */

/** A mailer that took longer than this is dead: its claim may be taken over. Above every mailer's timeout (1 min). */
const CLAIM = 5 * MINUTE;

export type Claim<T> = { item: T } | 'done' | 'busy';

/** @param life how long a claim holds (ms): longer than the mailer may run */
export const claimsIn = <State extends string>(
  { doc, own }: { doc: DynamoDBDocumentClient; own: string },
  life = CLAIM,
) => {
  const one = async <T>(Key: Key): Promise<T | undefined> => {
    const { Item } = await doc.send(new GetCommand({ TableName: own, Key, ConsistentRead: true }));
    return Item as T | undefined;
  };

  /** The item after a conditional update; `undefined` when the condition doesn't hold. */
  const update = async <T>(
    Key: Key,
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

  /** Says that something is to be mailed, the first time. */
  const offer = async (key: Key, mail: State): Promise<void> => {
    try {
      const Item = { ...key, mail };
      await doc.send(new PutCommand({ TableName: own, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  /** Takes a mail on: `done` when it was sent (or needn't be), `busy` while another mailer has it. */
  const claim = async <T extends { mail: State }>(key: Key, now: Instant): Promise<Claim<T>> => {
    const item = await update<T>(
      key,
      'SET mail = :sending, claimedAt = :now',
      'mail = :due OR (mail = :sending AND claimedAt <= :dead)',
      { ':due': 'due', ':sending': 'sending', ':now': now, ':dead': now - life },
    );
    if (item) return { item };
    return (await one<T>(key))?.mail === 'sending' ? 'busy' : 'done';
  };

  /** Says what became of a claimed mail. */
  const settle = (key: Key, mail: State, now: Instant, messageId?: string) =>
    update(
      key,
      `SET mail = :mail, sentAt = :now${messageId === undefined ? '' : ', messageId = :id'}`,
      'mail = :sending',
      { ':mail': mail, ':sending': 'sending', ':now': now, ...(messageId === undefined ? {} : { ':id': messageId }) },
    );

  return { one, update, offer, claim, settle };
};
