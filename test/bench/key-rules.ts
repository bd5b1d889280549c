import { itemSize } from '../../local/gateway/capacity.ts';
import type { TableModel } from '../../local/model.ts';

export type Item = Record<string, Record<string, unknown>>;
type Index = TableModel['indexes'][number];

/** DynamoDB keeps this much more of each item and index entry. Source: its developer guide, "Table storage". */
const KEPT_BESIDES = 100;

export const text = (value: Record<string, unknown> | undefined): string => String(Object.values(value ?? {})[0] ?? '');

/** Parts that are known by rule, brought to the sum that was metered. */
export const scaled = <T extends { key: string; units: number }>(parts: readonly T[], total: number) => {
  const sum = parts.reduce((all, { units }) => all + units, 0);
  if (sum > 0) return parts.map(({ key, units }) => ({ key, units: (units * total) / sum }));
  return total > 0 ? [{ key: '(unknown)', units: total }] : [];
};

export const itemBytes = (item: Item | undefined): number => (item ? KEPT_BESIDES + itemSize(item as never) : 0);

/** What an item takes in an index: its keys, the index's and what is copied. */
export const entryBytes = ({ key: { hash, range }, include = [] }: Index, item: Item | undefined): number => {
  if (!item?.[hash]) return 0;
  const names = new Set(['pk', 'sk', hash, ...(range ? [range] : []), ...include]);
  return itemBytes(Object.fromEntries([...names].flatMap((name) => (item[name] ? [[name, item[name]]] : []))));
};

export interface Moved {
  index: string;
  key: string;
  units: number;
}

/** What a write does to an index: an entry comes, goes, moves (both), or stays as it is, which costs nothing. */
export const moves = ({ name, key: { hash, range } }: Index, before?: Item, after?: Item): Moved[] => {
  const entry = (item: Item | undefined) => (item?.[hash] ? [text(item[hash]), text(item[range ?? hash])] : undefined);
  const [from, to] = [entry(before), entry(after)];
  if (String(from) === String(to)) return [];
  return [from, to].flatMap((one) => (one ? [{ index: name, key: one[0] ?? '', units: 1 }] : []));
};
