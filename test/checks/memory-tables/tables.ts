import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { IndexDef, TableDef } from '../../../shared/aws/table.ts';
import type { Item } from '../../../shared/memory-tables/items.ts';
import type { Shape } from '../../../shared/memory-tables/shapes.ts';

/** What an index has copied of an item, besides the keys: attributes that cases write. */
const COPIED = ['a1', 'a2'];

/** `due/look:N`, `taker+`, as an index. */
const indexOf = (keys: string): IndexDef => {
  const [, hash = '', name, type, more] = /^(\w+)(?:\/(\w+):([SN]))?(\+)?$/.exec(keys) ?? [];
  if (hash === '') throw new Error(`no index ${keys}`);
  return {
    name: keys.replaceAll(/\W/g, '.'),
    hash,
    ...(name ? { range: { name, type: type as 'S' | 'N' } } : {}),
    ...(more ? { include: COPIED } : {}),
  };
};

/** A table with every index that a shape asks. */
export const playTable = (shapes: readonly Shape[]): TableDef => {
  const kinds = new Set(shapes.flatMap(({ keys }) => (keys === undefined || keys.startsWith('pk/') ? [] : [keys])));
  return { name: 'play', stream: false, indexes: [...kinds].sort().map(indexOf) };
};

export const indexNamed = ({ indexes }: TableDef, keys = ''): IndexDef | undefined =>
  indexes.find(({ name }) => name === keys.replaceAll(/\W/g, '.'));

export interface Sent {
  send(command: unknown): Promise<unknown>;
}

/** How a command ends: with an answer, or with an error's name, why for each item of a transaction, and what it says. */
export interface CommandOutcome {
  answer?: Item;
  error?: { name: string; reasons?: (string | undefined)[]; message: string };
}

const byKey = (a: Item, b: Item) => (`${a.pk}\n${a.sk}` < `${b.pk}\n${b.sk}` ? -1 : 1);

export const outcomeOf = async (tables: Sent, command: unknown): Promise<CommandOutcome> => {
  try {
    const { $metadata, ...answer } = (await tables.send(command)) as Item;
    const Responses = answer.Responses as Record<string, Item[]> | undefined;
    // A batch comes in no order.
    for (const found of Object.values(Responses ?? {})) found.sort(byKey);
    return { answer };
  } catch (error) {
    const { name, message, CancellationReasons } = error as Error & { CancellationReasons?: { Code?: string }[] };
    const reasons = CancellationReasons?.map(({ Code }) => Code);
    return { error: { name, message, ...(reasons ? { reasons } : {}) } };
  }
};

/** Where the engine does what DynamoDB refuses: what the memory tables say then. */
const ENGINE_ALLOWS = [
  /outside query boundaries/,
  /cannot contain an empty string value/,
  /condition parameter type does not match schema type/,
];

/** Two outcomes as what must be the same of them. */
export const agreed = (memory: CommandOutcome, engine: CommandOutcome): [unknown, unknown] => {
  const { error } = memory;
  if (error && !engine.error && ENGINE_ALLOWS.some((one) => one.test(error.message))) return ['', ''];
  const told = ({ answer, error: failed }: CommandOutcome) =>
    answer ?? { name: failed?.name, reasons: failed?.reasons };
  return [told(memory), told(engine)];
};

/** Every page of a scan, each of at most so many. */
export const scanned = async (tables: Sent, input: object): Promise<Item[][]> => {
  const pages: Item[][] = [];
  for (let from: Item | undefined, more = true; more; more = from !== undefined) {
    const answer = (await tables.send(
      new ScanCommand({ ...input, TableName: 'play', ...(from ? { ExclusiveStartKey: from } : {}) }),
    )) as { Items?: Item[]; LastEvaluatedKey?: Item };
    pages.push(answer.Items ?? []);
    from = answer.LastEvaluatedKey;
  }
  return pages;
};

/** What lies in some partitions of a table. */
export const contents = async (tables: Sent, partitions: readonly string[]): Promise<unknown[]> => {
  const query = (pk: string) =>
    new QueryCommand({
      TableName: 'play',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    });
  return Promise.all(partitions.map(async (pk) => ((await tables.send(query(pk))) as { Items?: unknown }).Items));
};
