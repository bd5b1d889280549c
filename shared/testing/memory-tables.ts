import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TableDef } from '../aws/table.ts';
import { compare, conditions, type Item } from './memory-conditions.ts';
import { keyOf, pageOf, pick } from './memory-pages.ts';
import { added, type Write } from './memory-updates.ts';

/** As it lies in a table: a copy without what is undefined, frozen, so that every reader may have the same. */
const stored = <T>(value: T): T => {
  if (Array.isArray(value)) return Object.freeze(value.map(stored)) as T;
  if (typeof value !== 'object' || value === null) return value;
  // Bytes can't be frozen.
  if (value instanceof Uint8Array) return Uint8Array.from(value) as T;
  const copy: Item = {};
  for (const name in value) if (value[name] !== undefined) copy[name] = stored(value[name]);
  return Object.freeze(copy) as T;
};

/** DynamoDB's own limit: what a test must not get away with. */
const TRANSACTION_MAX = 100;

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
  return { def, get: (key: string) => items.get(key), place, within, all: () => [...items.values()] };
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
    const { Items, ...rest } = pageOf(sorted, input, keys);
    return { Items: index ? Items.map((item) => pick(item, [...keys, ...(index.include ?? [])])) : Items, ...rest };
  };

  const scan = (input: ScanCommandInput) => {
    if (input.IndexName ?? input.FilterExpression ?? input.ProjectionExpression)
      throw new Error('a scan is of a table');
    const { Segment = 0, TotalSegments = 1 } = input;
    const isIn = ({ pk }: Item) =>
      [...String(pk)].reduce((sum, c) => sum + c.charCodeAt(0), 0) % TotalSegments === Segment;
    return pageOf(named(input.TableName).all().filter(isIn), input, ['pk', 'sk']);
  };

  const run = (command: unknown): unknown => {
    if (command instanceof GetCommand) return { Item: get(command.input.TableName, command.input.Key ?? {}) };
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof ScanCommand) return scan(command.input);
    if (command instanceof BatchWriteCommand) {
      for (const [TableName, requests] of Object.entries(command.input.RequestItems ?? {}))
        for (const { PutRequest, DeleteRequest } of requests) apply({ TableName, ...PutRequest, ...DeleteRequest });
      return {};
    }
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
