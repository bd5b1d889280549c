import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel, queryPages } from '../../shared/aws/many.ts';
import { defineTable } from '../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import { personalKey } from '../../shared/people/personal.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { type Erasure, erasureType } from './erasure.ts';
import type { ErasureEvent } from './events.ts';

/**
 * Erasures, and the list of the texts that were erased. A table of its own, for it is never restored to an earlier moment:
 * what it lists is erased anew in all the others (docs/runbooks/restore.md).
 */
export const rightsTable = defineTable({ name: 'rights', journal: true });

export type Erasures = Journal<Erasure, ErasureEvent>;
export const erasuresIn = (tables: JournalTables): Erasures => journal(erasureType, tables);

/** Under which all that was erased is listed, in the order in which it was told. */
const LIST = 'erased';
/** Texts erased at once when the list is played. */
const WIDTH = 16;

export type ErasedList = ReturnType<typeof erasedIn>;
export const erasedIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => ({
  /** What one event told, once however often it comes. */
  note: async (event: string, at: Instant, site: string, refs: readonly string[]): Promise<void> => {
    await doc.send(new PutCommand({ TableName: own, Item: { pk: LIST, sk: `${site}#${event}`, site, at, refs } }));
  },
  /** Erases all of them from a table of personal texts, as it was restored. @returns how many were listed */
  play: async (personal: string): Promise<number> => {
    let listed = 0;
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': LIST } };
    for await (const page of queryPages({ doc, table: own }, query)) {
      const keys = page.flatMap(({ site, refs }) => (refs as string[]).map((ref) => personalKey(site as string, ref)));
      await inParallel(keys, WIDTH, (Key) => doc.send(new DeleteCommand({ TableName: personal, Key })));
      listed += keys.length;
    }
    return listed;
  },
});
