import {
  ConditionalCheckFailedException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
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
import { isMet, keyConditions } from './conditions.ts';
import { areLarger, asStored, checkAlone, checkKey, type Item, invalid, keyOf, pick, stored, typeOf } from './items.ts';
import { tableOf, type Written } from './lists.ts';
import { checkPage, pageOf } from './pages.ts';
import { noteShape } from './shapes.ts';
import { checkWrite, updated, type Write } from './updates.ts';

/** DynamoDB's own limits: what a test must not get away with. */
const MOST = { transaction: 100, transactionBytes: 4 * 1024 * 1024, gets: 100, writes: 25 };

/** By which an item falls to a segment of a scan. */
const sumOf = (text: string): number => {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return sum;
};

/** The tables of `watchedTables`, under their declared names. */
export const memoryTables = (...defs: readonly TableDef[]): DynamoDBDocumentClient => watchedTables(defs).doc;

export interface WatchedTables {
  doc: DynamoDBDocumentClient;
  /** Answers a query of an index that lags: some items are in it as they were, by their keys (`keyOf`). */
  asItWas(input: QueryCommandInput, were: ReadonlyMap<string, Item | undefined>): Promise<unknown>;
  /** A table as it is now, under a name of its own until it is dropped. */
  copy(name: string): Promise<{ name: string; drop(): Promise<void> }>;
}

/**
 * Declared tables in memory, for tests in milliseconds: as much of DynamoDB as the stores use, each call a step of its
 * own so that commands really interleave. That it does as DynamoDB does is tested for every shape of a command that tests and
 * journeys send; what it doesn't know it refuses, fields while shapes are noted (shapes.ts).
 * @param written is told of each write, as a stream would
 */
export const watchedTables = (defs: readonly TableDef[], written?: Written): WatchedTables => {
  const tables = new Map(defs.map((def) => [def.name, tableOf(def, written)]));
  const named = (name = '') => {
    const table = tables.get(name);
    if (!table) throw new ResourceNotFoundException({ message: `no table ${name}`, $metadata: {} });
    return table;
  };
  const get = (name: string | undefined, key: Item = {}) => {
    checkKey(key);
    return named(name).get(key);
  };

  /** A write as it is sent, with a copy of its item. */
  const sent = (write: Write): Write => (write.Item ? { ...write, Item: stored(write.Item) } : write);
  /** The item as a write leaves it; undefined of one that is gone. Nothing is written yet. */
  const outcome = ({ TableName, Item, Key, UpdateExpression, ...given }: Write): Item | undefined => {
    const { def, get: at } = named(TableName);
    if (Item) return asStored(def, Item);
    if (UpdateExpression === undefined) return undefined;
    const before = at(Key ?? {}) ?? { ...Key };
    return asStored(def, updated(before, UpdateExpression, given));
  };
  const keyIn = ({ Item, Key }: Write): Item => (Item ? { pk: Item.pk, sk: Item.sk } : (Key ?? {}));
  const allowed = (write: Write): boolean =>
    isMet(write.ConditionExpression, write, get(write.TableName, keyIn(write)));
  /** What a write alone is refused for, before its condition is looked at. */
  const check = (write: Write): void => {
    checkKey(keyIn(write));
    checkWrite(write);
    if (write.Item) asStored(named(write.TableName).def, write.Item);
  };

  const query = (input: QueryCommandInput, were?: ReadonlyMap<string, Item | undefined>) => {
    const { def, query: inPartition } = named(input.TableName);
    const index = def.indexes.find(({ name }) => name === input.IndexName);
    if (input.IndexName !== undefined && !index) throw invalid(`the table does not have the index ${input.IndexName}`);
    if (index && input.ConsistentRead) throw invalid('consistent reads are not supported on global secondary indexes');
    const range = index ? index.range : { name: 'sk', type: 'S' };
    const keys = [...new Set(['pk', 'sk', ...(index ? [index.hash] : []), ...(range ? [range.name] : [])])];
    const { hash, side } = keyConditions(input, { hash: index?.hash ?? 'pk', range });
    const after = input.ExclusiveStartKey;
    if (after && range && typeOf(after[range.name]) !== range.type)
      throw invalid('the provided starting key is invalid');
    if (after && (after[index?.hash ?? 'pk'] !== hash || side(after) !== 0))
      throw invalid('the provided starting key is outside query boundaries based on provided conditions');
    checkPage(input, keys);
    const backwards = input.ScanIndexForward === false;
    const { Items, ...rest } = pageOf(inPartition(index?.name, hash, { side, backwards, after, were }), input, keys);
    return { Items: index ? Items.map((item) => pick(item, [...keys, ...(index.include ?? [])])) : Items, ...rest };
  };

  const scan = (input: ScanCommandInput) => {
    const { Segment = 0, TotalSegments = 1 } = input;
    if (Segment >= TotalSegments) throw invalid('Segment is not less than TotalSegments');
    checkPage(input, ['pk', 'sk']);
    const isIn = (pk: string) => TotalSegments === 1 || sumOf(pk) % TotalSegments === Segment;
    return pageOf(named(input.TableName).scan(isIn, input.ExclusiveStartKey), input, ['pk', 'sk']);
  };

  const distinct = (names: readonly string[], most: number) => {
    if (names.length === 0 || names.length > most) throw invalid(`${names.length} items, of 1 to ${most}`);
    if (new Set(names).size < names.length) throw invalid('the list of item keys contains duplicates');
  };
  const nameOf = (write: Write) => `${write.TableName}\n${keyOf(keyIn(write))}`;
  const place = (write: Write, item: Item | undefined, inTransaction = false) =>
    named(write.TableName).place(keyIn(write), item, inTransaction);

  const batchGet = (requests: NonNullable<InstanceType<typeof BatchGetCommand>['input']['RequestItems']>) => {
    const asked = Object.entries(requests).map(([TableName, { Keys = [] }]) => ({ TableName, Keys }));
    distinct(
      asked.flatMap(({ TableName, Keys }) => Keys.map((Key) => nameOf({ TableName, Key }))),
      MOST.gets,
    );
    if (asked.some(({ Keys }) => Keys.length === 0)) throw invalid('keys must have length greater than or equal to 1');
    const found = asked.map(({ TableName, Keys }) => [TableName, Keys.flatMap((Key) => get(TableName, Key) ?? [])]);
    return { Responses: Object.fromEntries(found), UnprocessedKeys: {} };
  };

  const batchWrite = (requests: NonNullable<InstanceType<typeof BatchWriteCommand>['input']['RequestItems']>) => {
    const writes = Object.entries(requests).flatMap(([TableName, all]) =>
      all.map(({ PutRequest, DeleteRequest }) => sent({ TableName, ...PutRequest, ...DeleteRequest })),
    );
    writes.forEach(check);
    distinct(writes.map(nameOf), MOST.writes);
    for (const write of writes) place(write, outcome(write));
    return { UnprocessedItems: {} };
  };

  const transact = (items: NonNullable<InstanceType<typeof TransactWriteCommand>['input']['TransactItems']>) => {
    const writes = items.map(({ Put, Delete, Update, ConditionCheck }): Write => {
      const write = Put ?? Delete ?? Update ?? ConditionCheck;
      if (!write) throw new Error('not known in transactions');
      return sent(write);
    });
    for (const write of writes) {
      checkWrite(write);
      checkAlone(named(write.TableName).def, write.Item ?? write.Key ?? {});
    }
    distinct(writes.map(nameOf), MOST.transaction);
    const reasons: { Code: string }[] = [];
    const after = writes.map((write, i) => {
      try {
        checkKey(keyIn(write));
        const item = write.Item && outcome(write);
        if (allowed(write)) return item ?? outcome(write);
        reasons[i] = { Code: 'ConditionalCheckFailed' };
      } catch (error) {
        if ((error as Error).name !== 'ValidationException') throw error;
        reasons[i] = { Code: 'ValidationError' };
      }
      return undefined;
    });
    if (reasons.length > 0) {
      const CancellationReasons = writes.map((_, i) => reasons[i] ?? { Code: 'None' });
      throw new TransactionCanceledException({ message: 'Transaction cancelled', CancellationReasons, $metadata: {} });
    }
    const written = after.filter((item) => item !== undefined);
    if (areLarger(written, MOST.transactionBytes)) throw invalid('the transaction exceeds the 4MB limit');
    writes.forEach((write, i) => {
      if (!items[i]?.ConditionCheck) place(write, after[i], true);
    });
    return {};
  };

  const run = (command: unknown): unknown => {
    if (command instanceof GetCommand) return { Item: get(command.input.TableName, command.input.Key) };
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof ScanCommand) return scan(command.input);
    if (command instanceof BatchWriteCommand) return batchWrite(command.input.RequestItems ?? {});
    if (command instanceof BatchGetCommand) return batchGet(command.input.RequestItems ?? {});
    if (command instanceof TransactWriteCommand) return transact(command.input.TransactItems ?? []);
    if (command instanceof PutCommand || command instanceof DeleteCommand || command instanceof UpdateCommand) {
      const write = sent(command.input);
      check(write);
      if (!allowed(write)) {
        throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
      }
      const after = outcome(write);
      place(write, after);
      return command.input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
    }
    throw new Error(`${(command as object).constructor.name} is not known`);
  };

  const defOf = (name: string) => tables.get(name)?.def;
  const send = async (command: { input: object }) => {
    noteShape(command, defOf);
    await Promise.resolve();
    return run(command);
  };
  let copies = 0;
  return {
    doc: { send } as unknown as DynamoDBDocumentClient,
    async asItWas(input, were) {
      await Promise.resolve();
      return query(input, were);
    },
    async copy(of) {
      const name = `${of}~${++copies}`;
      tables.set(name, named(of).copied(name));
      return { name, drop: async () => void tables.delete(name) };
    },
  };
};
