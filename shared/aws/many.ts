import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { pause } from './retry.ts';
import type { TransactItem } from './transact-item.ts';

export interface Key {
  pk: string;
  sk: string;
}
export type Item = Key & Record<string, unknown>;

/** Writes all of some items or none. @throws TransactionCanceledException when a condition did not hold */
export const writeAll = async (doc: DynamoDBDocumentClient, items: readonly TransactItem[]): Promise<void> => {
  await doc.send(new TransactWriteCommand({ TransactItems: [...items] }));
};

/** What BatchGetItem takes at most in one call. */
const BATCH = 100;
/** Calls at once. */
const WIDTH = 8;

/**
 * Items by key, in no order; those that aren't there are left out, and each comes once.
 * @param consistent for what is decided on; what is merely reported may be read for half the price, a little behind
 */
export const getAll = async (
  { doc, table }: { doc: DynamoDBDocumentClient; table: string },
  keys: readonly Key[],
  { consistent = true }: { consistent?: boolean } = {},
): Promise<Item[]> => {
  const distinct = [...new Map(keys.map(({ pk, sk }) => [`${pk}\n${sk}`, { pk, sk }])).values()];
  const batches = Array.from({ length: Math.ceil(distinct.length / BATCH) }, (_, i) =>
    distinct.slice(i * BATCH, (i + 1) * BATCH),
  );
  const getBatch = async (batch: readonly Key[]): Promise<Item[]> => {
    const found: Item[] = [];
    let wanted: Record<string, unknown>[] | undefined = batch.map((key) => ({ ...key }));
    for (let attempt = 0; wanted?.length; attempt++) {
      // What was left over was too much at once.
      if (attempt > 0) await pause(attempt);
      const answer: BatchGetCommandOutput = await doc.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: consistent } } }),
      );
      found.push(...((answer.Responses?.[table] ?? []) as Item[]));
      wanted = answer.UnprocessedKeys?.[table]?.Keys;
    }
    return found;
  };
  return (await inParallel(batches, WIDTH, getBatch)).flat();
};

type PagedQuery = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>;

/** What a query finds, a page at a time, in its order; for what is folded as it comes. The next page is read when it is asked for. */
export async function* queryPages(
  { doc, table }: { doc: DynamoDBDocumentClient; table: string },
  query: PagedQuery,
): AsyncGenerator<Record<string, unknown>[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({ ...query, TableName: table, ExclusiveStartKey: from }),
    );
    yield Items;
    from = LastEvaluatedKey;
  } while (from);
}

/** Every item that a query finds, page after page, in its order; for what is of a bounded size. */
export const queryAll = async (
  tables: { doc: DynamoDBDocumentClient; table: string },
  query: PagedQuery,
): Promise<Record<string, unknown>[]> => {
  const found: Record<string, unknown>[] = [];
  for await (const page of queryPages(tables, query)) found.push(...page);
  return found;
};

/**
 * Runs over `items`, at most `width` at once; after a failure no more are begun, and it ends once those under way have: whoever is
 * tried again isn't met by what still runs. Results in the order of `items`.
 */
export const inParallel = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      try {
        results[i] = await work(items[i] as T);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, items.length) }, worker);
  // Throws the first failure.
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
};
