import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { defineTable } from '../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import type { Day, Instant } from '../../shared/time/clock.ts';
import { type Contact, contactType, takerKey } from './contact.ts';
import type { ContactEvent } from './events.ts';

/** By who took them and the site-local day, in the order they were answered. */
const TAKER_INDEX = 'taker';

/** Journals of contacts; hot when one site takes more than ~50 contacts a second, which none does. */
export const contactsTable = defineTable({
  name: 'contacts',
  journal: true,
  indexes: [{ name: TAKER_INDEX, hash: 'taker', range: { name: 'answeredAt', type: 'N' }, include: ['id', 'unit'] }],
});

export type Contacts = Journal<Contact, ContactEvent>;
export const contactsIn = (tables: JournalTables): Contacts => journal(contactType, tables);

export interface Taken {
  id: string;
  unit?: string;
}

/** More than anybody answers in a day. */
const DAY_MAX = 1000;

/**
 * Contacts somebody took on a site-local day up to an instant (included), latest first. Read from an index: one
 * answered within the last moments may not stand there yet.
 */
export const takenOn = async (
  { doc, own }: Pick<Contacts, 'doc' | 'own'>,
  { site, staff, day, until }: { site: string; staff: string; day: Day; until: Instant },
): Promise<Taken[]> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      IndexName: TAKER_INDEX,
      KeyConditionExpression: 'taker = :taker AND answeredAt <= :until',
      ExpressionAttributeValues: { ':taker': takerKey(site, staff, day), ':until': until },
      ScanIndexForward: false,
      Limit: DAY_MAX,
    }),
  );
  return Items as unknown as Taken[];
};
