import type { KeySchema, TableModel } from '../model.ts';
import type { Engine } from './engine.ts';

interface Described {
  KeySchema: { AttributeName: string; KeyType: string }[];
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: (IndexDefinition & { IndexStatus?: string })[];
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType?: string };
  LatestStreamArn?: string;
}

interface IndexDefinition {
  IndexName: string;
  KeySchema: { AttributeName: string; KeyType: string }[];
  Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
}

/**
 * Makes the tables that aren't there; a second start finds its data. Indexes may be added.
 * @throws Error when a kept table's keys, types, stream or indexes are no longer what the template says
 */
export async function createTables(engine: Engine, tables: TableModel[]): Promise<void> {
  const existing = await listTables(engine);
  for (const table of tables) {
    if (!existing.has(table.name)) await engine.call('CreateTable', creation(table));
    let found = await describe(engine, table.name);
    const added = existing.has(table.name) ? addedIndexes(table, found) : [];
    for (const index of added) {
      await engine.call('UpdateTable', {
        TableName: table.name,
        AttributeDefinitions: attributes(table),
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      });
    }
    if (added.length) found = await describe(engine, table.name);
    if (found.LatestStreamArn) engine.streamArns.set(table.name, found.LatestStreamArn);
  }
}

async function listTables(engine: Engine): Promise<Set<string>> {
  const names = new Set<string>();
  let last: string | undefined;
  do {
    const page = await engine.call<{ TableNames: string[]; LastEvaluatedTableName?: string }>('ListTables', {
      ...(last === undefined ? {} : { ExclusiveStartTableName: last }),
    });
    for (const name of page.TableNames) names.add(name);
    last = page.LastEvaluatedTableName;
  } while (last !== undefined);
  return names;
}

async function describe(engine: Engine, TableName: string): Promise<Described> {
  return (await engine.call<{ Table: Described }>('DescribeTable', { TableName })).Table;
}

function creation(table: TableModel): object {
  return {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes(table),
    KeySchema: keySchema(table.key),
    ...(table.indexes.length ? { GlobalSecondaryIndexes: indexes(table) } : {}),
    ...(table.stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.view } } : {}),
  };
}

const attributes = (table: TableModel) =>
  Object.entries(table.attributes).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));

const keySchema = ({ hash, range }: KeySchema) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];

const indexes = (table: TableModel): IndexDefinition[] =>
  table.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index.key),
    Projection: {
      ProjectionType: index.projection,
      ...(index.include ? { NonKeyAttributes: index.include } : {}),
    },
  }));

function addedIndexes(table: TableModel, found: Described): IndexDefinition[] {
  const changed = (what: string, kept: unknown, wanted: unknown) =>
    new Error(
      `table ${table.name}: its ${what} changed from ${JSON.stringify(kept)} to ${JSON.stringify(wanted)}; ` +
        'the kept data does not fit, start with a fresh data folder',
    );
  const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

  if (!same(found.KeySchema, keySchema(table.key))) throw changed('key', found.KeySchema, keySchema(table.key));
  for (const { AttributeName: name, AttributeType: type } of found.AttributeDefinitions) {
    const wanted = table.attributes[name];
    if (wanted !== undefined && wanted !== type) throw changed(`attribute ${name}`, type, wanted);
  }
  const keptView = found.StreamSpecification?.StreamViewType;
  if (keptView !== table.stream?.view) throw changed('stream', keptView, table.stream?.view);

  const wanted = indexes(table);
  const kept = found.GlobalSecondaryIndexes ?? [];
  for (const index of kept) {
    const now = wanted.find(({ IndexName }) => IndexName === index.IndexName);
    const core = (one: IndexDefinition | undefined) =>
      one && [one.KeySchema, one.Projection.ProjectionType, [...(one.Projection.NonKeyAttributes ?? [])].sort()];
    if (!same(core(index), core(now))) throw changed(`index ${index.IndexName}`, core(index), core(now));
  }
  return wanted.filter(({ IndexName }) => !kept.some((index) => index.IndexName === IndexName));
}
