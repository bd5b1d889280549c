/** Tables as they were, for indexes that lag: what an index doesn't know yet, it shows as before, and what is deleted, too. */
import { createTables, type Engine } from '../engine/index.ts';
import type { Deployment } from '../model.ts';

/** A table as it was, which the engine keeps beside it. */
export interface Copy {
  name: string;
  drop(): Promise<void>;
}

/** Copies a table as it is now; undefined of one without an index. */
export type CopyTable = (table: string) => Promise<Copy | undefined>;

type Item = Record<string, unknown>;

/** What BatchWriteItem takes at most in one call. */
const BATCH = 25;

export function createCopies(engine: Engine, { tables }: Pick<Deployment, 'tables'>): CopyTable {
  let made = 0;
  return async (TableName) => {
    const found = tables.find(({ name }) => name === TableName);
    if (!found || found.indexes.length === 0) return undefined;
    const { stream: _, ...table } = found;
    made += 1;
    const name = `${TableName}.as-it-was-${made}`;
    await createTables(engine, [{ ...table, name }]);
    let from: Item | undefined;
    do {
      const page = await engine.call<{ Items: Item[]; LastEvaluatedKey?: Item }>('Scan', {
        TableName,
        ...(from ? { ExclusiveStartKey: from } : {}),
      });
      for (let i = 0; i < page.Items.length; i += BATCH) {
        const requests = page.Items.slice(i, i + BATCH).map((Item) => ({ PutRequest: { Item } }));
        await engine.call('BatchWriteItem', { RequestItems: { [name]: requests } });
      }
      from = page.LastEvaluatedKey;
    } while (from);
    return { name, drop: async () => void (await engine.call('DeleteTable', { TableName: name })) };
  };
}
