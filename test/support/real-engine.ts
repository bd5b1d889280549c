import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, startEngine } from '../../local/engine/index.ts';
import type { TableModel } from '../../local/model.ts';
import type { TableDef } from '../../shared/aws/table.ts';

/** The real DynamoDB engine, in memory, for tests of a store without the rest of the cloud. */
export interface RealEngine {
  doc: DynamoDBDocumentClient;
  createTables(tables: TableModel[]): Promise<unknown>;
  /** Leaves no process. */
  stop(): Promise<void>;
}

/** A declared table as the engine is told of it. */
export const modelOf = ({ name, indexes }: TableDef): TableModel => ({
  logicalId: name,
  arn: name,
  name,
  key: { hash: 'pk', range: 'sk' },
  attributes: Object.fromEntries([
    ['pk', 'S'],
    ['sk', 'S'],
    ...indexes.flatMap(({ hash, range }) => [[hash, 'S'], ...(range ? [[range.name, range.type]] : [])]),
  ]),
  indexes: indexes.map(({ name: index, hash, range, include }) => ({
    name: index,
    key: { hash, ...(range ? { range: range.name } : {}) },
    ...(include ? { projection: 'INCLUDE', include } : { projection: 'KEYS_ONLY' }),
  })),
});

export const startRealEngine = async (): Promise<RealEngine> => {
  const engine = await startEngine();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials });
  const doc = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    doc,
    createTables: (tables) => createTables(engine, tables),
    stop: async () => {
      doc.destroy();
      await engine.stop();
    },
  };
};
