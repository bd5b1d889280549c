import { areLarger, checkKey, compare, type Item, invalid, pick, sizeOf, typeOf } from './memory-items.ts';

/** DynamoDB's own limit: as many as a page holds, one at least. */
const PAGE_BYTES = 1024 * 1024;
const withinMegabyte = (items: readonly Item[]): readonly Item[] => {
  if (!areLarger(items, PAGE_BYTES)) return items;
  let bytes = 0;
  const most = items.findIndex((item, i) => {
    bytes += sizeOf(item);
    return i > 0 && bytes > PAGE_BYTES;
  });
  return items.slice(0, most === -1 ? items.length : most);
};

interface Paged {
  Limit?: number | undefined;
  ExclusiveStartKey?: Item | undefined;
}

/**
 * The next page of items in their order, and the keys where it ended: also when it ended by its limit with the last of
 * all, as DynamoDB doesn't look beyond.
 * @param keys in the order that items lie in: each is told from those before by the next
 * @throws DynamoDBServiceException for a limit or a start that is none
 */
export const pageOf = (
  items: readonly Item[],
  { ExclusiveStartKey: start, Limit }: Paged,
  keys: readonly string[],
  order: (a: Item, b: Item) => number,
) => {
  if (Limit !== undefined && Limit < 1) throw invalid('Limit must have a value greater than or equal to 1');
  if (start) {
    const isWhole = keys.every((key) => key in start) && Object.keys(start).length === new Set(keys).size;
    if (!isWhole) throw invalid('the provided starting key is invalid');
    checkKey(pick(start, ['pk', 'sk']));
    for (const key of keys)
      if (!['S', 'N'].includes(typeOf(start[key]))) throw invalid('the provided starting key is invalid');
  }
  // It needn't lie there any more.
  const found = start === undefined ? 0 : items.findIndex((item) => order(item, start) > 0);
  const from = found === -1 ? items.length : found;
  const Items = withinMegabyte(items.slice(from, from + (Limit ?? items.length)));
  const last = Items.at(-1);
  const goesOn = last && (from + Items.length < items.length || Items.length === Limit);
  const counts = { Count: Items.length, ScannedCount: Items.length };
  return { Items, ...counts, ...(goesOn ? { LastEvaluatedKey: pick(last, keys) } : {}) };
};

/** By a range, and where that is the same, or none, by the primary key. */
export const byRange =
  (range: string) =>
  (a: Item, b: Item): number =>
    compare(a[range], b[range]) || compare(a.pk, b.pk) || compare(a.sk, b.sk);
