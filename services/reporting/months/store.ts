import { queryAll } from '../../../shared/aws/many.ts';
import { defineTable } from '../../../shared/aws/table.ts';
import type { Published } from '../../../shared/journal/aggregate.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { monthEvents } from './events.ts';
import { type ClosedMonth, monthType } from './month.ts';
import { type Chunk, deserialize, type MonthSnapshot } from './snapshot.ts';

/**
 * Closed months (结账): a journal each, and beside it what was frozen.
 *   pk `<site>#frozen#<month>`   sk `a0`, `a1`, …
 */
export const monthsTable = defineTable({ name: 'months', journal: true });

export type Months = Journal<ClosedMonth, (typeof monthEvents)[number]>;
export const monthsIn = (tables: JournalTables): Months => journal(monthType, tables);

const pkOf = (site: string, month: string) => `${site}#frozen#${month}`;

/** What is frozen with the signature, in the same transaction. */
export const frozenItems = (site: string, month: string, chunks: readonly Chunk[]): Published => ({
  put: chunks.map(({ name, text }) => ({ pk: pkOf(site, month), sk: name, text })),
  remove: [],
});

/** What was frozen, checked against the signature. @throws Error when it is not what was signed */
export const readSnapshot = async (
  { doc, own }: Months,
  site: string,
  { month, hash }: ClosedMonth,
): Promise<MonthSnapshot> => {
  const items = await queryAll(
    { doc, table: own },
    {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pkOf(site, month) },
      ConsistentRead: true,
    },
  );
  const chunks = items.map(({ sk, text }) => ({ name: sk as string, text: text as string }));
  return deserialize(chunks, hash);
};
