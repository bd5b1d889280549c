import { type DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TableDef } from '../aws/table.ts';
import { memoryTables } from '../memory-tables/tables.ts';

/** Tables in memory whose indexes lag once they are told to: they go on showing the tables as they are then. */
export const laggingTables = (...defs: readonly TableDef[]) => {
  const tables = memoryTables(...defs);
  let asTheyWere: DynamoDBDocumentClient | undefined;
  const send = (command: { input: object }) => {
    const isOfIndex = command instanceof QueryCommand && command.input.IndexName !== undefined;
    return (isOfIndex && asTheyWere ? asTheyWere : tables).send(command as never);
  };
  const lag = async () => {
    const copy = memoryTables(...defs);
    for (const { name: TableName } of defs) {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await tables.send(new ScanCommand({ TableName, ExclusiveStartKey }));
        for (const Item of Items) await copy.send(new PutCommand({ TableName, Item }));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey);
    }
    asTheyWere = copy;
  };
  return { doc: { send } as unknown as DynamoDBDocumentClient, lag };
};
