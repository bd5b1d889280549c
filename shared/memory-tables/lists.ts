import type { TableDef } from '../aws/table.ts';
import { compare, type Item, keyOf } from './items.ts';

/** By a range, and where that is the same, or none, by the primary key. */
const byRange =
  (range: string) =>
  (a: Item, b: Item): number =>
    compare(a[range], b[range]) || compare(a.pk, b.pk) || compare(a.sk, b.sk);

/** How many of a sorted list come before; those that do come first. */
const countBefore = <T>(list: readonly T[], isBefore: (one: T) => boolean): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What of a partition is asked for, in which direction, and after which key. */
interface Range {
  /** Where an item lies: before what is asked for (below 0), in it (0), or after it. */
  side(item: Item): number;
  backwards: boolean;
  after?: Item | undefined;
  /** Items that are to be there as they were, or not at all, by their keys. */
  were?: ReadonlyMap<string, Item | undefined> | undefined;
}

/** The partitions of a table or of an index, each in its order. */
const partitioned = (hash: string, range: string | undefined) => {
  const partitions = new Map<unknown, Item[]>();
  const order = byRange(range ?? 'pk');
  const isIn = (item: Item | undefined): item is Item =>
    item !== undefined && hash in item && (range === undefined || range in item);
  const placeOf = (list: readonly Item[], item: Item) => countBefore(list, (one) => order(one, item) < 0);
  return {
    partitions,
    /** The item of a primary key; of the table itself. */
    get({ pk, sk }: Item): Item | undefined {
      const list = partitions.get(pk);
      const found = list?.[countBefore(list, (one) => compare(one.sk, sk) < 0)];
      return found?.sk === sk ? found : undefined;
    },
    /** @returns whether a partition began or ended by it */
    replace(before: Item | undefined, after: Item | undefined): boolean {
      const [was, is] = [isIn(before) ? before : undefined, isIn(after) ? after : undefined];
      const old = was && partitions.get(was[hash])!;
      if (was && is && was[hash] === is[hash] && (range === undefined || was[range] === is[range])) {
        old![placeOf(old!, was)] = is;
        return false;
      }
      if (was) old!.splice(placeOf(old!, was), 1);
      if (old?.length === 0) partitions.delete(was![hash]);
      if (!is) return old?.length === 0;
      const list = partitions.get(is[hash]);
      if (list) list.splice(placeOf(list, is), 0, is);
      else partitions.set(is[hash], [is]);
      return old?.length === 0 || !list;
    },
    *query(value: unknown, { side, backwards, after, were }: Range): Generator<Item> {
      let list = partitions.get(value) ?? [];
      let first = countBefore(list, (item) => side(item) < 0);
      let end = countBefore(list, (item) => side(item) <= 0);
      if (were) {
        const isAskedFor = (item: Item | undefined) => isIn(item) && item[hash] === value && side(item) === 0;
        const others = list.slice(first, end).filter((item) => !were.has(keyOf(item)));
        list = [...others, ...([...were.values()].filter(isAskedFor) as Item[])].sort(order);
        [first, end] = [0, list.length];
      }
      if (after && backwards) end = Math.min(end, placeOf(list, after));
      else if (after)
        first = Math.max(
          first,
          countBefore(list, (one) => order(one, after) <= 0),
        );
      if (backwards) for (let i = end - 1; i >= first; i--) yield list[i]!;
      else for (let i = first; i < end; i++) yield list[i]!;
    },
  };
};

/** What becomes of an item; nothing before it is there, nothing after it is gone. */
export type Written = (
  table: string,
  before: Item | undefined,
  after: Item | undefined,
  inTransaction: boolean,
) => void;

/** A table's items, and where each lies in it and in its indexes: whatever is asked for is found by halving. */
export const tableOf = (def: TableDef, written?: Written) => {
  const table = partitioned('pk', 'sk');
  const indexes = new Map(def.indexes.map(({ name, hash, range }) => [name, partitioned(hash, range?.name)]));
  /** Sorted when they are asked for. */
  let partitions: string[] | undefined;
  return {
    def,
    get: table.get,
    /** @param key where an item lies then, or none any more */
    place(key: Item, item: Item | undefined, inTransaction = false) {
      const before = table.get(key);
      if (table.replace(before, item)) partitions = undefined;
      for (const index of indexes.values()) index.replace(before, item);
      written?.(def.name, before, item, inTransaction);
    },
    /** @param index its name; the table itself without */
    query: (index: string | undefined, value: unknown, range: Range) =>
      (index === undefined ? table : indexes.get(index)!).query(value, range),
    /** Of the partitions that are in it, all items in the order of their keys. */
    *scan(isIn: (pk: string) => boolean, after?: Item): Generator<Item> {
      partitions ??= ([...table.partitions.keys()] as string[]).sort(compare);
      const all = partitions;
      const first = after ? countBefore(all, (pk) => compare(pk, after.pk) < 0) : 0;
      for (let i = first; i < all.length; i++) {
        const pk = all[i]!;
        if (isIn(pk))
          yield* table.query(pk, { side: () => 0, backwards: false, after: pk === after?.pk ? after : undefined });
      }
    },
    copied(name: string) {
      const copy = tableOf({ ...def, name });
      for (const items of table.partitions.values()) for (const item of items) copy.place(item, item);
      return copy;
    },
  };
};
