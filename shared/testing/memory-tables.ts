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
} from '@aws-sdk/lib-dynamodb';
import type { TableDef } from '../table.ts';

/**
 * Declared tables in memory, for tests in milliseconds: as much of DynamoDB as the stores use, each call a step of its
 * own so that commands really interleave. What it doesn't know, it refuses. Table names are the declared ones.
 */
type Item = Record<string, unknown>;
interface Write {
  TableName?: string | undefined;
  Item?: Item | undefined;
  Key?: Item | undefined;
  /** `ADD #a :a, …`, and perhaps `SET #s = :s, …`. */
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

const keyOf = (item: Item) => `${item.pk}\n${item.sk}`;
/** As it comes back from a table: a copy, without what is undefined. */
const stored = (item: Item): Item => JSON.parse(JSON.stringify(item)) as Item;

/** DynamoDB's own limits: what a test must not get away with. */
const TRANSACTION_MAX = 100;
const PAGE_BYTES = 1_000_000;

/** As many as a page holds, one at least. */
const withinMegabyte = (items: readonly Item[]): Item[] => {
  let bytes = 0;
  const most = items.findIndex((item, i) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
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
  const [, adds, sets = ''] = /^ADD (.*?)(?: SET (.*))?$/.exec(expression) ?? [];
  if (adds === undefined) throw new Error(`unknown update ${expression}`);
  const changes = adds.split(', ').map((term) => {
    const [name = '', value = ''] = term.split(' ');
    const attribute = names[name] ?? name;
    return [attribute, ((item[attribute] as number) ?? 0) + (values[value] as number)];
  });
  for (const term of sets.split(', ').filter((one) => one !== '')) {
    const [name = '', value = ''] = term.split(' = ');
    if (!(value in values)) throw new Error(`unknown update ${expression}`);
    changes.push([names[name] ?? name, values[value] as number]);
  }
  return { ...item, ...Object.fromEntries(changes) };
};

export const memoryTables = (...defs: readonly TableDef[]): DynamoDBDocumentClient => {
  const tables = new Map(defs.map((def) => [def.name, { def, items: new Map<string, Item>() }]));
  const tableOf = (name = '') => {
    const table = tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  };
  const get = (name: string | undefined, key: Item) => {
    const item = tableOf(name).items.get(keyOf(key));
    return item && stored(item);
  };

  const allowed = ({ TableName, Item, Key, ConditionExpression, ...expression }: Write): boolean => {
    const before = get(TableName, Item ?? Key ?? {});
    const { ExpressionAttributeNames, ExpressionAttributeValues } = expression;
    return (ConditionExpression ?? 'true').split(' OR ').some((condition) => {
      if (condition === 'true') return true;
      if (condition === 'attribute_not_exists(pk)') return before === undefined;
      const [, name = '', operator, value = ''] = /^(#?\w+) (=|<) (:\w+)$/.exec(condition) ?? [];
      if (name === '') throw new Error(`unknown condition ${ConditionExpression}`);
      const [is, than] = [before?.[ExpressionAttributeNames?.[name] ?? name], ExpressionAttributeValues?.[value]];
      return operator === '=' ? is === than : is !== undefined && compare(is, than) < 0;
    });
  };
  const apply = ({ TableName, Item, Key, UpdateExpression, ...expression }: Write) => {
    const { items } = tableOf(TableName);
    if (Item) items.set(keyOf(Item), stored(Item));
    else if (UpdateExpression)
      items.set(keyOf(Key ?? {}), added(get(TableName, Key ?? {}) ?? { ...Key }, UpdateExpression, expression));
    else items.delete(keyOf(Key ?? {}));
  };

  const query = (input: QueryCommandInput) => {
    const { def, items } = tableOf(input.TableName);
    const index = def.indexes.find(({ name }) => name === input.IndexName);
    if (input.IndexName !== undefined && !index) throw new Error(`${def.name} has no index ${input.IndexName}`);
    if (input.FilterExpression || input.ProjectionExpression) throw new Error('only key conditions are known');
    const range = index ? (index.range?.name ?? 'sk') : 'sk';
    const keys = ['pk', 'sk', ...(index ? [index.hash, range] : [])];
    const matches = conditions(input);
    const sorted = [...items.values()]
      .filter((item) => keys.every((key) => key in item) && matches(item))
      .sort((a, b) => compare(a[range], b[range]) || compare(keyOf(a), keyOf(b)));
    if (input.ScanIndexForward === false) sorted.reverse();
    const start = input.ExclusiveStartKey ? keyOf(input.ExclusiveStartKey) : undefined;
    const from = start === undefined ? 0 : sorted.findIndex((item) => keyOf(item) === start) + 1;
    const page = withinMegabyte(sorted.slice(from, from + (input.Limit ?? sorted.length)));
    const last = page.at(-1);
    const pick = (item: Item, names: readonly string[]) =>
      Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));
    return {
      Items: page.map((item) => stored(index ? pick(item, [...keys, ...(index.include ?? [])]) : item)),
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
    if (command instanceof PutCommand || command instanceof DeleteCommand) {
      if (!allowed(command.input)) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
      return apply(command.input);
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

const compare = (a: unknown, b: unknown) =>
  (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;

const TERM = /begins_with\((#?\w+), (:\w+)\)|(#?\w+) BETWEEN (:\w+) AND (:\w+)|(#?\w+) (<=|>=|=|<|>) (:\w+)/g;

/** A key condition as a predicate. */
const conditions = ({
  KeyConditionExpression: text = '',
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: QueryCommandInput) => {
  const terms = [...text.matchAll(TERM)];
  if (text.replace(TERM, '').replaceAll(/ AND |\s/g, '') !== '') throw new Error(`unknown key condition ${text}`);
  const of = (item: Item, name = '') => item[names[name] ?? name];
  return (item: Item): boolean =>
    terms.every(([, prefixed, prefix = '', between, low = '', high = '', name, operator, value = '']) => {
      if (prefixed) return String(of(item, prefixed)).startsWith(String(values[prefix]));
      if (between) return compare(of(item, between), values[low]) >= 0 && compare(of(item, between), values[high]) <= 0;
      const order = compare(of(item, name), values[value]);
      return operator === '='
        ? order === 0
        : operator?.endsWith('=') && order === 0
          ? true
          : operator?.startsWith('<')
            ? order < 0
            : order > 0;
    });
};
