import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Day } from '../../shared/clock.ts';
import { getAll } from '../../shared/many.ts';
import { defineTable } from '../../shared/table.ts';
import type { Facts } from './measures/facts.ts';
import type { FamilyName } from './measures/measure.ts';
import { type CaseKey, type Change, type Row, rowId, rowName, verdictsOf } from './row.ts';
import { type Counts, tally } from './tally.ts';

/**
 *   pk `<site>#case#<root>`   sk `<family>[#<ordinal>]`   a case row; indexed by site, family and cohort day
 *   pk `<site>#days`          sk `YYYY-MM-DD`             the counts of a site's day
 *   pk `rebuild#<id>`         …                           see rebuild-store.ts
 *   pk `<site>#account#…`, `<site>#entered`, `<site>#period`   see collection/store.ts
 * Hot when one site commits more than ~500 batches a second (a day's item takes 1,000 write units, an increment costs 2).
 */
/** Case rows by site, family and cohort day; accounts by site and building. */
export const CASES_INDEX = 'cases';
export const reportingTable = defineTable({
  name: 'reporting',
  journal: false,
  indexes: [{ name: CASES_INDEX, hash: 'list', range: { name: 'id', type: 'S' } }],
});

const rowKey = (key: CaseKey) => ({
  pk: `${key.site}#case#${key.root}`,
  sk: key.ordinal === undefined ? key.family : `${key.family}#${key.ordinal}`,
});
const daysKey = (site: string) => `${site}#days`;

/** The case an item is a row of; `undefined` for every other item. */
export const rowOf = (item: Record<string, unknown>): Row | undefined => {
  const [site, kind, root] = (item.pk as string).split('#');
  if (kind !== 'case' || site === undefined || root === undefined) return undefined;
  const [family, ordinal] = (item.sk as string).split('#');
  const key = {
    site,
    root,
    family: family as FamilyName,
    ordinal: ordinal === undefined ? undefined : /^\d+$/.test(ordinal) ? Number(ordinal) : ordinal,
  };
  return { key, version: item.v as number, facts: item.facts as Facts };
};

/** A day's counts, and how often they were written. */
export interface Cell {
  site: string;
  day: Day;
  version: number;
  counts: Counts;
}

export const cellOf = (item: Record<string, unknown>): Cell | undefined => {
  const { pk, sk, v, ...counts } = item;
  const [site, kind] = (pk as string).split('#');
  if (kind !== 'days' || site === undefined) return undefined;
  return { site, day: sk as Day, version: v as number, counts: counts as Counts };
};

/** Rows that commit together: with one day each before and after, always within a transaction's 100 items. */
export const TOGETHER = 33;

export const reportingIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  /** A consistent read; a row that isn't there yet comes with version 0 and no facts. */
  const rows = async (keys: readonly CaseKey[]): Promise<Row[]> => {
    const items = await getAll({ doc, table: own }, keys.map(rowKey));
    const found = new Map(items.flatMap((item) => rowOf(item) ?? []).map((row) => [rowName(row.key), row]));
    return keys.map((key) => found.get(rowName(key)) ?? { key, version: 0, facts: {} });
  };

  /** Every row of one root: the contact, its complaint, its resolutions and ratings. Consistent. */
  const rowsOfRoot = async (site: string, root: string): Promise<Row[]> => {
    const { Items = [] } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `${site}#case#${root}` },
        ConsistentRead: true,
      }),
    );
    return Items.flatMap((item) => rowOf(item) ?? []);
  };

  const putRow = ({ row, facts }: Change) => {
    const day = verdictsOf({ key: row.key, facts })[0]?.day;
    const listed = day === undefined ? {} : { list: listOf(row.key.site, row.key.family, day), id: rowId(row.key) };
    const item = { ...rowKey(row.key), v: row.version + 1, facts, ...listed };
    return row.version === 0
      ? { TableName: own, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }
      : { TableName: own, Item: item, ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': row.version } };
  };

  const addCounts = (site: string, day: Day, counts: [string, number][]) => ({
    TableName: own,
    Key: { pk: daysKey(site), sk: day },
    UpdateExpression: `ADD v :v, ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(counts.map(([cell], i) => [`#c${i}`, cell])),
    ExpressionAttributeValues: { ':v': 1, ...Object.fromEntries(counts.map(([, n], i) => [`:c${i}`, n])) },
  });

  /**
   * Rows of one site, at most `TOGETHER`, and what they change in its days' counts: one transaction.
   * @throws TransactionCanceledException when somebody wrote one of the rows first
   */
  const commit = async (site: string, changes: readonly Change[]): Promise<void> => {
    const days = new Map<Day, Counts>();
    for (const { row, facts } of changes) {
      tally(days, verdictsOf(row), -1);
      tally(days, verdictsOf({ key: row.key, facts }));
    }
    const updates = [...days].flatMap(([day, counts]) => {
      const changed = Object.entries(counts).filter(([, n]) => n !== 0);
      return changed.length === 0 ? [] : [{ Update: addCounts(site, day, changed) }];
    });
    const puts = changes.map((change) => ({ Put: putRow(change) }));
    const [only] = puts;
    if (only && puts.length === 1 && updates.length === 0) await doc.send(new PutCommand(only.Put));
    else await doc.send(new TransactWriteCommand({ TransactItems: [...puts, ...updates] }));
  };

  const all = async (query: Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>) => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({ ...query, TableName: own, ExclusiveStartKey: from }),
      );
      items.push(...Items);
      from = LastEvaluatedKey;
    } while (from);
    return items;
  };

  /** A site's counts from a day to a day, both included; days without any are absent. */
  const days = async (site: string, from: Day, to: Day): Promise<Cell[]> => {
    const items = await all({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': daysKey(site), ':from': from, ':to': to },
    });
    return items.flatMap((item) => cellOf(item) ?? []);
  };

  const day = async (site: string, on: Day): Promise<Cell | undefined> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: own, Key: { pk: daysKey(site), sk: on }, ConsistentRead: true }),
    );
    return Item && cellOf(Item);
  };

  /** The cases of a site's day, one page, in order of their ids. @param after the `next` of the page before */
  const cases = async (site: string, family: FamilyName, on: Day, limit: number, after?: string) => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        IndexName: CASES_INDEX,
        KeyConditionExpression: after === undefined ? '#list = :list' : '#list = :list AND id > :after',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: {
          ':list': listOf(site, family, on),
          ...(after === undefined ? {} : { ':after': after }),
        },
        Limit: limit,
      }),
    );
    const keys = Items.flatMap((item) => rowOf(item)?.key ?? []);
    return { rows: await rows(keys), next: LastEvaluatedKey ? (Items.at(-1)?.id as string) : undefined };
  };

  /** Puts a day's counts right. @throws ConditionalCheckFailedException when it was written since */
  const setDay = async ({ site, day: on, version, counts }: Cell): Promise<void> => {
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: { pk: daysKey(site), sk: on, v: version + 1, ...counts },
        ...(version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }),
      }),
    );
  };

  return { rows, rowsOfRoot, commit, days, day, setDay, cases };
};
export type Reporting = ReturnType<typeof reportingIn>;

const listOf = (site: string, family: FamilyName, day: Day): string => `${site}#${family}#${day}`;
