import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../shared/aws/many.ts';
import { EXPIRES } from '../../shared/aws/table.ts';
import { DAY, SECOND } from '../../shared/time/clock.ts';
import { partitionsOf, type Wait } from './waits.ts';

/** How long it is remembered that something ended, so that the event it began with may come later (ms). */
const REMEMBERED = 30 * DAY;

export const waitsPk = (site: string) => `waits#${site}`;
export const waitSk = ({ type, about, duty, of }: Wait) => `${type}#${about}#${duty}#${of}`;

/** What waits for a second person, by site: `waits#<site>` / `<type>#<case>#<duty>#<which>`. */
export const waitsIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => ({
  /** As the newest event of the case says it. */
  note: async (wait: Wait): Promise<void> => {
    const ends = wait.waits ? {} : { [EXPIRES]: Math.ceil((wait.at + REMEMBERED) / SECOND) };
    await inParallel(partitionsOf(wait), 2, async (site) => {
      try {
        await doc.send(
          new PutCommand({
            TableName: own,
            Item: { pk: waitsPk(site), sk: waitSk(wait), ...wait, ...ends },
            ConditionExpression: 'attribute_not_exists(pk) OR #version < :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': wait.version },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    });
  },
  /** A page of what lies at a site, in order of its places; also what waits no more. */
  page: async (site: string, limit: number, after?: string): Promise<{ items: Wait[]; next?: string }> => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': waitsPk(site), ...(after === undefined ? {} : { ':after': after }) },
        Limit: limit,
      }),
    );
    return {
      items: Items as unknown as Wait[],
      ...(LastEvaluatedKey ? { next: LastEvaluatedKey.sk as string } : {}),
    };
  },
});
export type Waits = ReturnType<typeof waitsIn>;
