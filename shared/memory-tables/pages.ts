import { checkKey, type Item, invalid, mostOf, pick, sizeOf, typeOf } from './items.ts';

/** DynamoDB's own limit: as many as a page holds, one at least. */
const PAGE_BYTES = 1024 * 1024;

interface Paged {
  Limit?: number | undefined;
  ExclusiveStartKey?: Item | undefined;
}

/** @throws DynamoDBServiceException for a limit or a start that is none */
export const checkPage = ({ ExclusiveStartKey: start, Limit }: Paged, keys: readonly string[]): void => {
  if (Limit !== undefined && Limit < 1) throw invalid('Limit must have a value greater than or equal to 1');
  if (!start) return;
  const isWhole = keys.every((key) => key in start) && Object.keys(start).length === new Set(keys).size;
  if (!isWhole) throw invalid('the provided starting key is invalid');
  checkKey(pick(start, ['pk', 'sk']));
  for (const key of keys)
    if (!['S', 'N'].includes(typeOf(start[key]))) throw invalid('the provided starting key is invalid');
};

/**
 * The next page of items in their order, and the keys where it ended: also when it ended by its limit with the last of
 * all, as DynamoDB doesn't look beyond.
 * @param items from where it begins
 * @param keys in the order that items lie in: each is told from those before by the next
 */
export const pageOf = (items: Iterable<Item>, { Limit }: Paged, keys: readonly string[]) => {
  const Items: Item[] = [];
  // Bytes at the most, which are counted faster, until they might be too many.
  let [bytes, exactly, goesOn] = [0, false, false];
  for (const item of items) {
    bytes += exactly ? sizeOf(item) : mostOf(item);
    if (bytes > PAGE_BYTES && !exactly) {
      exactly = true;
      bytes = Items.reduce((sum, one) => sum + sizeOf(one), sizeOf(item));
    }
    goesOn = Items.length === Limit || (Items.length > 0 && bytes > PAGE_BYTES);
    if (goesOn) break;
    Items.push(item);
  }
  const last = Items.at(-1);
  const counts = { Count: Items.length, ScannedCount: Items.length };
  const LastEvaluatedKey = last && (goesOn || Items.length === Limit) ? pick(last, keys) : undefined;
  return { Items, ...counts, ...(LastEvaluatedKey ? { LastEvaluatedKey } : {}) };
};
