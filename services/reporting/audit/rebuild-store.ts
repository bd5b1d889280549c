import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { ordered } from '../../../shared/journal/ordered.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { type Slice, type StartKey, scan } from '../figures/contract-store.ts';
import type { Sample } from './nightly/pick.ts';
import { chainsIn, pkOf } from './rebuild-chains-store.ts';

/**
 *   pk `rebuild#<id>`   sk `state`      what was asked for
 *                       sk `c#<chain>`  one of its chains (`rebuild-chains-store.ts`)
 *                       sk `d#<what>`   one difference: a row or a day, once however often it is found
 *   pk `rebuild#list`   sk `<startedAt>#<id>`   that there is one, in order of time
 */
export interface Rebuild {
  id: string;
  repair: boolean;
  /** What of it all is compared; all of it where absent. */
  sample?: Sample | undefined;
  startedAt: Instant;
  /** Who asked for it. Not `by`, which is a key of the table's index of running cases. */
  asker: string;
  /** Hash of the request, as of every idempotent command. */
  body: string;
  /** All of its chains are there. */
  spread?: true | undefined;
  /** It has ended, with these chains failed. */
  ended?: string[] | undefined;
}

export interface Difference {
  site: string;
  what: string;
  found: unknown;
  expected: unknown;
}

const STATE = 'state';
const LIST = 'rebuild#list';

const listed = (startedAt: Instant, id: string) => `${ordered(startedAt)}#${id}`;

export const rebuildsIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  /** @returns the one that stands: this, or the one started before under the same id */
  const start = async (rebuild: Rebuild): Promise<Rebuild> => {
    try {
      const Item = { pk: pkOf(rebuild.id), sk: STATE, ...rebuild };
      await doc.send(new PutCommand({ TableName: own, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      return rebuild;
    } catch (error) {
      const stands = error instanceof ConditionalCheckFailedException ? await read(rebuild.id) : undefined;
      if (!stands) throw error;
      return stands;
    }
  };

  /** Lists one that was started; again, it is listed once. */
  const list = async ({ id, startedAt }: Rebuild): Promise<void> => {
    await doc.send(new PutCommand({ TableName: own, Item: { pk: LIST, sk: listed(startedAt, id) } }));
  };

  /** The latest first, one page. @param before the `next` of the page before */
  const page = async (limit: number, before?: string) => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
        ExpressionAttributeValues: { ':pk': LIST, ...(before === undefined ? {} : { ':before': before }) },
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    const all = await Promise.all(Items.map(({ sk }) => read((sk as string).slice((sk as string).indexOf('#') + 1))));
    const next = LastEvaluatedKey && (Items.at(-1)?.sk as string);
    return { rebuilds: all.flatMap((one) => one ?? []), ...(next === undefined ? {} : { next }) };
  };

  const read = async (id: string): Promise<Rebuild | undefined> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: own, Key: { pk: pkOf(id), sk: STATE }, ConsistentRead: true }),
    );
    return Item as Rebuild | undefined;
  };

  /** Something about all of it that has become known. */
  const mark = async (id: string, known: Pick<Rebuild, 'spread' | 'ended'>): Promise<void> => {
    for (const [name, value] of Object.entries(known)) {
      await doc.send(
        new UpdateCommand({
          TableName: own,
          Key: { pk: pkOf(id), sk: STATE },
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    }
  };

  const note = async (id: string, differences: readonly Difference[]): Promise<void> => {
    for (const difference of differences) {
      const Item = { pk: pkOf(id), sk: `d#${difference.what}`, ...difference };
      await doc.send(new PutCommand({ TableName: own, Item }));
    }
  };

  /** How many differences there are, and the first of them. */
  const differences = async (id: string, examples: number): Promise<{ count: number; examples: Difference[] }> => {
    const found: Difference[] = [];
    let count = 0;
    let from: StartKey | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :d)',
          ExpressionAttributeValues: { ':pk': pkOf(id), ':d': 'd#' },
          ExclusiveStartKey: from,
        }),
      );
      count += Items.length;
      found.push(...(Items as unknown as Difference[]).slice(0, examples - found.length));
      from = LastEvaluatedKey;
    } while (from);
    return { count, examples: found };
  };

  /** One page of a slice of the reporting table, whatever lies there. */
  const items = (limit: number, after: StartKey | undefined, slice: Slice) => scan(doc, own, limit, after, slice);

  return { start, read, list, page, mark, ...chainsIn({ doc, own }), note, differences, items };
};
export type Rebuilds = ReturnType<typeof rebuildsIn>;
