import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './memory-conditions.ts';

export const keyOf = (item: Item) => `${item.pk}\n${item.sk}`;

/** DynamoDB's own limit. */
const PAGE_BYTES = 1_000_000;

/** An item in a table never changes, it is replaced: its size is counted once. */
const sizes = new WeakMap<Item, number>();
const sizeOf = (item: Item): number => {
  const size = sizes.get(item) ?? Buffer.byteLength(JSON.stringify(item));
  sizes.set(item, size);
  return size;
};

/** As many as a page holds, one at least. */
const withinMegabyte = (items: readonly Item[]): Item[] => {
  let bytes = 0;
  const most = items.findIndex((item, i) => {
    bytes += sizeOf(item);
    return i > 0 && bytes > PAGE_BYTES;
  });
  return items.slice(0, most === -1 ? items.length : most);
};

export const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));

/** The next page of items, and the keys where it ended, if not at the end. */
export const pageOf = (
  items: Item[],
  { ExclusiveStartKey, Limit }: ScanCommandInput | QueryCommandInput,
  keys: string[],
) => {
  const start = ExclusiveStartKey ? keyOf(ExclusiveStartKey) : undefined;
  const from = start === undefined ? 0 : items.findIndex((item) => keyOf(item) === start) + 1;
  const page = withinMegabyte(items.slice(from, from + (Limit ?? items.length)));
  const last = page.at(-1);
  return { Items: page, ...(last && from + page.length < items.length ? { LastEvaluatedKey: pick(last, keys) } : {}) };
};
