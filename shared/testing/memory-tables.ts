import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TableDef } from '../aws/table.ts';
import { compare, conditions, type Item } from './memory-conditions.ts';

interface Write {
  TableName?: string | undefined;
  Item?: Item | undefined;
  Key?: Item | undefined;
  /** `ADD #a :a, …`, `SET #s = :s, …`, or one after the other. */
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

const keyOf = (item: Item) => `${item.pk}\n${item.sk}`;
/** As it lies in a table: a copy without what is undefined, frozen, so that every reader may have the same. */
const stored = <T>(value: T): T => {
  if (Array.isArray(value)) return Object.freeze(value.map(stored)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Item = {};
  for (const name in value) if (value[name] !== undefined) copy[name] = stored(value[name]);
  return Object.freeze(copy) as T;
};

/** DynamoDB's own limits: what a test must not get away with. */
const TRANSACTION_MAX = 100;
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

/** Numbers added to those of an item, one that isn't there counting as 0. */
const added = (
  item: Item,
  expression: string,
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Write,
): Item => {
  const [, adds = '', sets = ''] = /^(?:ADD (.*?))?(?:^| |$)(?:SET (.*))?$/.exec(expression) ?? [];
  if (adds + sets === '') throw new Error(`unknown update ${expression}`);
  const terms = (list: string) => list.split(', ').filter((one) => one !== '');
  const changes = terms(adds).map((term) => {
    const [name = '', value = ''] = term.split(' ');
    const attribute = names[name] ?? name;
    return [attribute, ((item[attribute] as number) ?? 0) + (values[value] as number)];
  });
  for (const term of terms(sets)) {
    const [name = '', value = ''] = term.split(' = ');
    if (!(value in values)) throw new Error(`unknown update ${expression}`);
    changes.push([names[name] ?? name, values[value] as number]);
  }
  return { ...item, ...Object.fromEntries(changes) };
};

/** A table's items, and where each lies: a query reads its partition of the table or index, and no other. */
const tableOf = (def: TableDef) => {
  const items = new Map<string, Item>();
  const hashes = ['pk', ...def.indexes.map(({ hash }) => hash)];
  const partitions = new Map(hashes.map((hash) => [hash, new Map<unknown, Map<string, Item>>()]));
  const place = (key: string, item: Item | undefined) => {
    const before = items.get(key);
    for (const [hash, by] of partitions) {
      if (before && before[hash] !== item?.[hash]) by.get(before[hash])?.delete(key);
      if (item && hash in item) by.set(item[hash], (by.get(item[hash]) ?? new Map()).set(key, item));
    }
    if (item) items.set(key, item);
    else items.delete(key);
  };
  const within = (hash: string, value: unknown) => [...(partitions.get(hash)?.get(value)?.values() ?? [])];
  return { def, get: (key: string) => items.get(key), place, within };
};

/**
 * Declared tables in memory, for tests in milliseconds: as much of DynamoDB as the stores use, each call a step of its
 * own so that commands really interleave. What it doesn't know, it refuses. Table names are the declared ones.
 */
export const memoryTables = (...defs: readonly TableDef[]): DynamoDBDocumentClient => {
  const tables = new Map(defs.map((def) => [def.name, tableOf(def)]));
  const named = (name = '') => {
    const table = tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  };
  const get = (name: string | undefined, key: Item) => named(name).get(keyOf(key));

  const allowed = ({ TableName, Item, Key, ConditionExpression, ...expression }: Write): boolean => {
    const before = get(TableName, Item ?? Key ?? {});
    const { ExpressionAttributeNames, ExpressionAttributeValues } = expression;
    const holds = (condition: string): boolean => {
      if (condition === 'true') return true;
      const [, missing] = /^attribute_not_exists\((#?\w+)\)$/.exec(condition) ?? [];
      if (missing !== undefined) return before?.[ExpressionAttributeNames?.[missing] ?? missing] === undefined;
      if (condition === 'attribute_exists(pk)') return before !== undefined;
      const [, name = '', operator, value = ''] = /^(#?\w+) (=|<|<=) (:\w+)$/.exec(condition) ?? [];
      if (name === '') throw new Error(`unknown condition ${ConditionExpression}`);
      const [is, than] = [before?.[ExpressionAttributeNames?.[name] ?? name], ExpressionAttributeValues?.[value]];
      if (operator === '=') return is === than;
      return is !== undefined && compare(is, than) < (operator === '<' ? 0 : 1);
    };
    return (ConditionExpression ?? 'true').split(' OR ').some((condition) => {
      return condition
        .replace(/^\((.* AND .*)\)$/, '$1')
        .split(' AND ')
        .every(holds);
    });
  };
  const apply = ({ TableName, Item, Key, UpdateExpression, ...expression }: Write) => {
    const { place } = named(TableName);
    if (Item) place(keyOf(Item), stored(Item));
    else if (UpdateExpression)
      place(keyOf(Key ?? {}), stored(added(get(TableName, Key ?? {}) ?? { ...Key }, UpdateExpression, expression)));
    else place(keyOf(Key ?? {}), undefined);
  };

  const query = (input: QueryCommandInput) => {
    const { def, within } = named(input.TableName);
    const index = def.indexes.find(({ name }) => name === input.IndexName);
    if (input.IndexName !== undefined && !index) throw new Error(`${def.name} has no index ${input.IndexName}`);
    if (input.FilterExpression || input.ProjectionExpression) throw new Error('only key conditions are known');
    const range = index ? (index.range?.name ?? 'sk') : 'sk';
    const keys = ['pk', 'sk', ...(index ? [index.hash, range] : [])];
    const { hash, matches } = conditions(input, index?.hash ?? 'pk');
    const sorted = within(index?.hash ?? 'pk', hash)
      .filter((item) => keys.every((key) => key in item) && matches(item))
      .sort((a, b) => compare(a[range], b[range]) || (index ? compare(keyOf(a), keyOf(b)) : 0));
    if (input.ScanIndexForward === false) sorted.reverse();
    const start = input.ExclusiveStartKey ? keyOf(input.ExclusiveStartKey) : undefined;
    const from = start === undefined ? 0 : sorted.findIndex((item) => keyOf(item) === start) + 1;
    const page = withinMegabyte(sorted.slice(from, from + (input.Limit ?? sorted.length)));
    const last = page.at(-1);
    const pick = (item: Item, names: readonly string[]) =>
      Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));
    return {
      Items: index ? page.map((item) => pick(item, [...keys, ...(index.include ?? [])])) : page,
      ...(last && from + page.length < sorted.length ? { LastEvaluatedKey: pick(last, keys) } : {}),
    };
  };

  const run = (command: unknown): unknown => {
    if (command instanceof GetCommand) return { Item: get(command.input.TableName, command.input.Key ?? {}) };
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof BatchGetCommand) {
      const asked = Object.entries(command.input.RequestItems ?? {});
      const found = asked.map(([name, { Keys = [] }]) => [name, Keys.flatMap((key) => get(name, key) ?? [])]);
      return { Responses: Object.fromEntries(found) };
    }
    if (command instanceof PutCommand || command instanceof DeleteCommand || command instanceof UpdateCommand) {
      if (!allowed(command.input)) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
      apply(command.input);
      return 'UpdateExpression' in command.input
        ? { Attributes: get(command.input.TableName, command.input.Key ?? {}) }
        : {};
    }
    if (command instanceof TransactWriteCommand) {
      const items = command.input.TransactItems ?? [];
      if (items.length > TRANSACTION_MAX) throw new Error(`${items.length} items in a transaction`);
      const writes = items.map(({ Put, Delete, Update, ConditionCheck }): Write => {
        const write = Put ?? Delete ?? Update ?? ConditionCheck;
        if (!write) throw new Error('not known in transactions');
        return write;
      });
      const places = writes.map((write) => placeOf(write));
      if (new Set(places).size < places.length) {
        throw new Error('Transaction request cannot include multiple operations on one item');
      }
      const reasons = writes.map((write) => ({ Code: allowed(write) ? 'None' : 'ConditionalCheckFailed' }));
      if (reasons.some(({ Code }) => Code !== 'None')) {
        throw new TransactionCanceledException({ message: 'no', CancellationReasons: reasons, $metadata: {} });
      }
      return items.forEach(({ Put, Delete, Update }) => {
        const write = Put ?? Delete ?? Update;
        if (write) apply(write);
      });
    }
    throw new Error(`${(command as object).constructor.name} is not known`);
  };

  return {
    send: async (command: unknown) => {
      await Promise.resolve();
      return run(command) ?? {};
    },
  } as unknown as DynamoDBDocumentClient;
};

const placeOf = (write: Write): string => {
  const { pk, sk } = ('Item' in write ? write.Item : 'Key' in write ? write.Key : undefined) ?? {};
  return `${write.TableName} ${pk} ${sk}`;
};
