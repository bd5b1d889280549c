import type { IndexDef, TableDef } from '../../shared/aws/table.ts';
import { type Item, pick, sizeOf } from '../../shared/memory-tables/items.ts';
import { writeUnits } from '../gateway/capacity.ts';
import { actionOf, type Command } from './requests.ts';

/** What of an item lies in an index; nothing of one that lacks its keys. */
const inIndex = (item: Item | undefined, { hash, range, include = [] }: IndexDef): Item | undefined => {
  const keys = [hash, ...(range ? [range.name] : [])];
  if (!item || !keys.every((key) => key in item)) return undefined;
  return pick(item, ['pk', 'sk', ...keys, ...include]);
};

const unitsOf = (before: Item | undefined, after: Item | undefined): number =>
  writeUnits(Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0));

/** What an index is written to follow its table: nothing where what it holds stays as it is, twice where its key changes. */
const indexUnits = (index: IndexDef, before: Item | undefined, after: Item | undefined): number => {
  const [was, is] = [inIndex(before, index), inIndex(after, index)];
  if (!was && !is) return 0;
  if (!was || !is) return unitsOf(was, is);
  const moved = [index.hash, index.range?.name ?? ''].some((key) => was[key] !== is[key]);
  if (moved) return unitsOf(was, undefined) + unitsOf(undefined, is);
  return JSON.stringify(was) === JSON.stringify(is) ? 0 : unitsOf(was, is);
};

/** Write units of what becomes of an item, its indexes included; in a transaction the table's count twice. */
export const writtenUnits = (
  { indexes }: TableDef,
  before: Item | undefined,
  after: Item | undefined,
  inTransaction: boolean,
): number =>
  (inTransaction ? 2 : 1) * unitsOf(before, after) +
  indexes.reduce((sum, index) => sum + indexUnits(index, before, after), 0);

/** Read units of so many bytes: one per 4 KB begun, half of it where the newest isn't asked for. */
const readUnits = (bytes: number, consistent: unknown): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent === true ? 1 : 0.5);
const sum = (items: readonly Item[]): number => items.reduce((bytes, item) => bytes + sizeOf(item), 0);

interface Read {
  Item?: Item;
  Items?: Item[];
  Responses?: Record<string, Item[]>;
}

/** Read units of a command of the tables, by its answer; 0 of one that reads nothing. */
export const readUnitsOf = (command: Command, answer: unknown): number => {
  const { Item: item, Items: items = [], Responses: responses = {} } = answer as Read;
  const { ConsistentRead, RequestItems } = command.input as {
    ConsistentRead?: boolean;
    RequestItems?: Record<string, { Keys?: unknown[]; ConsistentRead?: boolean }>;
  };
  switch (actionOf(command)) {
    case 'GetItem':
      return readUnits(item ? sizeOf(item) : 0, ConsistentRead);
    case 'Query':
    case 'Scan':
      return readUnits(sum(items), ConsistentRead);
    case 'BatchGetItem':
      return Object.entries(RequestItems ?? {}).reduce((units, [table, asked]) => {
        const found = responses[table] ?? [];
        const missing = (asked.Keys?.length ?? 0) - found.length;
        const each = (bytes: number) => readUnits(bytes, asked.ConsistentRead);
        return units + found.reduce((more, one) => more + each(sizeOf(one)), 0) + missing * each(0);
      }, 0);
    default:
      return 0;
  }
};

/** Write units of a transaction's condition checks, each of an item of up to 1 KB: what lies there isn't told. */
export const checkedUnits = ({ input }: Command): number => {
  const items = (input.TransactItems ?? []) as { ConditionCheck?: object }[];
  return 2 * items.filter(({ ConditionCheck }) => ConditionCheck !== undefined).length;
};
