import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import { someoneWasFirst } from '../../../shared/journal/again.ts';
import { addDays, type Day } from '../../../shared/time/clock.ts';
import type { Subject } from './events.ts';
import { HELD_AGAINST } from './rise.ts';
import type { WatchedComplaint, WatchedComplaints } from './watch.ts';

/**
 * What complaints are watched by, in the alerts' table. No write waits for another, and each may be made again:
 *   pk `<site>#watch#<kind|building>#<value>`   sk `YYYY-MM-DD#<complaint>`   a complaint
 *   pk `<site>#days#<kind|building>#<value>`    sk `YYYY-MM-DD`               how many there were that day
 *   pk `<site>#watched`                         sk `YYYY-MM-DD`               the first day with a complaint of any kind
 */

/** Complaints of a day, of one kind or building, that are told apart; of more nothing depends. */
const MOST = 2_000;

export const watchIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const ofDay = async (site: string, of: Subject, value: string, day: Day): Promise<WatchedComplaint[]> => {
    const { Items = [] } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :day)',
        ExpressionAttributeValues: { ':pk': `${site}#watch#${of}#${value}`, ':day': `${day}#` },
        ConsistentRead: true,
        Limit: MOST,
      }),
    );
    return Items as WatchedComplaint[];
  };

  /** Days without a complaint are left out. */
  const daysBefore = async (pk: string, day: Day): Promise<Record<Day, number>> => {
    const items = await queryAll(
      { doc, table: own },
      {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': addDays(day, -HELD_AGAINST), ':to': addDays(day, -1) },
        ConsistentRead: true,
      },
    );
    return Object.fromEntries(items.map(({ sk, n }) => [sk as Day, n as number]));
  };

  /** Complaints only come to be more: whoever saw most is right, and who saw fewer and comes later changes nothing. */
  const count = async (pk: string, day: Day, n: number): Promise<void> => {
    try {
      await doc.send(
        new PutCommand({
          TableName: own,
          Item: { pk, sk: day, n },
          ConditionExpression: 'attribute_not_exists(pk) OR n < :n',
          ExpressionAttributeValues: { ':n': n },
        }),
      );
    } catch (error) {
      if (!someoneWasFirst(error)) throw error;
    }
  };

  /**
   * Takes a complaint in, once however often it comes, and says what there is then: of however many that come at once, whoever
   * reads last has them all.
   */
  const take = async (
    site: string,
    of: Subject,
    value: string,
    { day, id, ties }: WatchedComplaint & { day: Day },
  ): Promise<WatchedComplaints> => {
    const days = `${site}#days#${of}#${value}`;
    await doc.send(
      new PutCommand({ TableName: own, Item: { pk: `${site}#watch#${of}#${value}`, sk: `${day}#${id}`, id, ties } }),
    );
    const [complaints, counts] = await Promise.all([ofDay(site, of, value, day), daysBefore(days, day)]);
    await count(days, day, complaints.length);
    return { complaints, counts };
  };

  /** The first day on which the site had a complaint, this one's included: before it nobody was there to take one. */
  const since = async (site: string, day: Day): Promise<Day> => {
    const pk = `${site}#watched`;
    const { Items: [first] = [] } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        Limit: 1,
      }),
    );
    if (first && first.sk <= day) return first.sk as Day;
    await doc.send(new PutCommand({ TableName: own, Item: { pk, sk: day } }));
    return day;
  };

  /** The complaints of a day, by id. */
  const complaints = async (site: string, of: Subject, value: string, day: Day): Promise<string[]> =>
    (await ofDay(site, of, value, day)).map(({ id }) => id);

  return { take, since, complaints };
};
export type Watch = ReturnType<typeof watchIn>;
