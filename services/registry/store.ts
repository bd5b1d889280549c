import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item, type Key } from '../../shared/aws/many.ts';
import { defineTable } from '../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal, type Page } from '../../shared/journal/journal.ts';
import { EVERYWHERE, GROUP_ID, type Group, type GroupEvent, groupType } from './group.ts';
import { type ImportEvent, type ImportRun, importType } from './imports/import.ts';
import { type Party, type PartyEvent, partyType } from './party.ts';
import { NO_FLOOR } from './policy.ts';
import { type Site, type SiteEvent, siteType } from './site.ts';
import { type Staff, type StaffEvent, staffType } from './staff.ts';
import { type UnitEvent, unitType } from './unit.ts';
import type { Unit } from './unit-state.ts';

/**
 * Journals of the group, sites, units, parties and staff, and what is published of them for others to read by key.
 * The partition `sites` is read by every function, cached for a minute; nothing here is written often.
 */
export const registryTable = defineTable({ name: 'registry', journal: true });

export interface Registry {
  groups: Journal<Group, GroupEvent>;
  sites: Journal<Site, SiteEvent>;
  units: Journal<Unit, UnitEvent>;
  parties: Journal<Party, PartyEvent>;
  staff: Journal<Staff, StaffEvent>;
  imports: Journal<ImportRun, ImportEvent>;
  /** A published item, read consistently. */
  published(key: Key): Promise<Item | undefined>;
  /** Published items by key, read consistently, in no order; those that aren't there are left out. */
  publishedAll(keys: readonly Key[]): Promise<Item[]>;
  /**
   * A page of published items of one partition in order of their keys.
   * @param after the `next` of the page before
   * @param prefix of those alone whose keys begin so
   */
  publishedPage(
    pk: string,
    limit: number,
    after?: string,
    order?: { newestFirst?: boolean; prefix?: string | undefined },
  ): Promise<Page<Item>>;
  /** A published item is no more. */
  withdraw(key: Key): Promise<void>;
  /** The group's policy as every site has to keep it at least. */
  floor(): Promise<Group['floor']>;
}

export const registryIn = (tables: JournalTables): Registry => {
  const { doc, own } = tables;
  const groups = journal(groupType, tables);

  return {
    groups,
    sites: journal(siteType, tables),
    units: journal(unitType, tables),
    parties: journal(partyType, tables),
    staff: journal(staffType, tables),
    imports: journal(importType, tables),
    async published(key) {
      const { Item } = await doc.send(new GetCommand({ TableName: own, Key: key, ConsistentRead: true }));
      return Item as Item | undefined;
    },
    publishedAll: (keys) => getAll({ doc, table: own }, keys),
    async publishedPage(pk, limit, after, { newestFirst = false, prefix } = {}) {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) },
          ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
          ScanIndexForward: !newestFirst,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return {
        items: Items as Item[],
        ...(LastEvaluatedKey ? { next: LastEvaluatedKey.sk as string } : {}),
      };
    },
    async withdraw({ pk, sk }) {
      await doc.send(new DeleteCommand({ TableName: own, Key: { pk, sk } }));
    },
    async floor() {
      return (await groups.head(EVERYWHERE, GROUP_ID)).state?.floor ?? NO_FLOOR;
    },
  };
};
