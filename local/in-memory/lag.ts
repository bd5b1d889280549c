import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { IndexDef, TableDef } from '../../shared/aws/table.ts';
import { type Item, keyOf } from '../../shared/memory-tables/items.ts';
import type { WatchedTables } from '../../shared/memory-tables/tables.ts';

/** A write that an index may not show yet. */
export interface Recent {
  /** When it was, ms. */
  at: number;
  key: string;
  before: Item | undefined;
  after: Item | undefined;
}

/** Writes are kept so long, ms: as long as an index ever lags here. */
const KEPT = 60_000;
/** Of a table so many are kept at least before any is let go. */
const BATCH = 200;

/** The latest writes of tables whose indexes lag. */
export const latestWrites = (defs: readonly TableDef[]) => {
  const byTable = new Map(defs.filter(({ indexes }) => indexes.length > 0).map(({ name }) => [name, [] as Recent[]]));
  const indexOf = ({ TableName, IndexName }: QueryCommandInput): IndexDef | undefined =>
    defs.find(({ name }) => name === TableName)?.indexes.find(({ name }) => name === IndexName);
  return {
    wrote(table: string, at: number, before: Item | undefined, after: Item | undefined): void {
      const writes = byTable.get(table);
      const item = after ?? before;
      if (!writes || !item) return;
      writes.push({ at, key: keyOf(item), before, after });
      if (writes.length < 2 * BATCH || writes[BATCH]!.at > at - KEPT) return;
      const first = writes.findIndex((write) => write.at > at - KEPT);
      writes.splice(0, first);
    },
    /** The writes since a moment that an index follows, in order; none of what isn't a query of an index. */
    since(input: QueryCommandInput, moment: number): readonly Recent[] {
      const index = indexOf(input);
      const writes = byTable.get(input.TableName ?? '') ?? [];
      if (!index) return [];
      let first = writes.length;
      while (first > 0 && writes[first - 1]!.at >= moment) first -= 1;
      return writes
        .slice(first)
        .filter(({ before, after }) => (before && index.hash in before) || (after && index.hash in after));
    },
  };
};

/** Answers a query of an index to which some writes haven't come yet. */
export const lagging =
  ({ asItWas }: Pick<WatchedTables, 'asItWas'>) =>
  (input: QueryCommandInput, missing: readonly Recent[]): Promise<unknown> => {
    const were = new Map<string, Item | undefined>();
    for (const { key, before } of missing) if (!were.has(key)) were.set(key, before);
    return asItWas(input, were);
  };
