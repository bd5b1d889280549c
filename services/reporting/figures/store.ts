import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, inParallel, type Key, queryAll, writeAll } from '../../../shared/aws/many.ts';
import { defineTable } from '../../../shared/aws/table.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { cellsIn } from './cell-store.ts';
import { newest } from './fresh.ts';
import type { Facts } from './measures/facts.ts';
import type { FamilyName } from './measures/measure.ts';
import {
  type CaseKey,
  type CaseRow,
  caseOutcomesOf,
  type RowChange,
  type Running,
  rowId,
  rowName,
  runningOf,
} from './row.ts';
import { type Counts, tally } from './tally.ts';

/**
 *   pk `<site>#case#<root>`   sk `<family>[#<ordinal>]`   a case row; indexed by site, family and cohort day
 *   pk `<site>#days`          sk `YYYY-MM-DD`             the counts of a site's day; see cell-store.ts
 *   pk `<site>#months`        sk `YYYY-MM`                their sum
 *   pk `rebuild#<id>`         …                           see rebuild-store.ts
 *   pk `<site>#account#…`, `<site>#entered`, `<site>#period`   see collection/store.ts
 * Hot when one site commits more than ~500 batches a second (an item takes 1,000 write units, an increment costs 2).
 */
/** Case rows by site, family and cohort day; accounts by site and building. */
export const CASES_INDEX = 'cases';
/** Case rows that still run towards a deadline, by site and the earliest of theirs. */
const RUNNING_INDEX = 'running';
export const reportingTable = defineTable({
  name: 'reporting',
  journal: false,
  indexes: [
    { name: CASES_INDEX, hash: 'list', range: { name: 'id', type: 'S' } },
    { name: RUNNING_INDEX, hash: 'running', range: { name: 'dueBy', type: 'N' }, include: ['day', 'dues'] },
  ],
});

const rowKey = (key: CaseKey) => ({
  pk: `${key.site}#case#${key.root}`,
  sk: key.ordinal === undefined ? key.family : `${key.family}#${key.ordinal}`,
});

const keyOf = (item: Record<string, unknown>): CaseKey | undefined => {
  const [site, kind, root] = (item.pk as string).split('#');
  if (kind !== 'case' || site === undefined || root === undefined) return undefined;
  const [family, ordinal] = (item.sk as string).split('#');
  return {
    site,
    root,
    family: family as FamilyName,
    ordinal: ordinal === undefined ? undefined : /^\d+$/.test(ordinal) ? Number(ordinal) : ordinal,
  };
};
/** The case an item is a row of; `undefined` for every other item. */
export const rowOf = (item: Record<string, unknown>): CaseRow | undefined => {
  const key = keyOf(item);
  return key && { key, version: item.v as number, facts: item.facts as Facts };
};

/** A case that still runs, and by when what of it has to be done. */
export interface RunningCase extends Running {
  key: CaseKey;
}
const runningCaseOf = (item: Record<string, unknown>): RunningCase | undefined => {
  const key = keyOf(item);
  return key && { key, day: item.day as Day, dues: item.dues as Running['dues'] };
};
/** Running cases of a site read at most: a site's due day has some thousands. */
const MOST = 5_000;

const keyIn = ({ pk, sk }: Record<string, unknown>) => ({ pk, sk }) as Key;
/** Days read side by side for a report. */
const SIDE_BY_SIDE = 32;

/** Rows that commit together: with a day and a month each, before and after, always within a transaction's 100 items. */
export const TOGETHER = 20;

export const reportingIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const kept = cellsIn({ doc, own });

  /** A consistent read; a row that isn't there yet comes with version 0 and no facts. */
  const rows = async (keys: readonly CaseKey[]): Promise<CaseRow[]> => {
    const items = await getAll({ doc, table: own }, keys.map(rowKey));
    const found = new Map(items.flatMap((item) => rowOf(item) ?? []).map((row) => [rowName(row.key), row]));
    return keys.map((key) => found.get(rowName(key)) ?? { key, version: 0, facts: {} });
  };

  /** Every row of one root: the contact, its complaint, its resolutions and ratings. Consistent. */
  const rowsOfRoot = async (site: string, root: string): Promise<CaseRow[]> => {
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

  const putRow = ({ row, facts }: RowChange) => {
    const outcomes = caseOutcomesOf({ key: row.key, facts });
    const day = outcomes[0]?.day;
    const listed = day === undefined ? {} : { list: listOf(row.key.site, row.key.family, day), id: rowId(row.key) };
    const ahead = runningOf(outcomes);
    const runs = ahead && { running: row.key.site, dueBy: Math.min(...Object.values(ahead.dues)), ...ahead };
    const item = { ...rowKey(row.key), v: row.version + 1, facts, ...listed, ...runs };
    return row.version === 0
      ? { TableName: own, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }
      : { TableName: own, Item: item, ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': row.version } };
  };

  /**
   * Rows of one site, at most `TOGETHER`, and what they change in the counts of its days and months: one transaction.
   * @throws TransactionCanceledException when somebody wrote one of the rows first
   */
  const commit = async (site: string, changes: readonly RowChange[]): Promise<void> => {
    const days = new Map<Day, Counts>();
    for (const { row, facts } of changes) {
      tally(days, caseOutcomesOf(row), -1);
      tally(days, caseOutcomesOf({ key: row.key, facts }));
    }
    const updates = kept.adding(site, days, newest(changes.map(({ asOf }) => asOf)));
    const puts = changes.map((change) => ({ Put: putRow(change) }));
    const [only] = puts;
    if (only && puts.length === 1 && updates.length === 0) await doc.send(new PutCommand(only.Put));
    else await writeAll(doc, [...puts, ...updates]);
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

  /**
   * The cases of some sites' days, for a report: read for half the price of `cases`, a moment behind. In order of site and id.
   */
  const listed = async (days: readonly { site: string; family: FamilyName; day: Day }[]): Promise<CaseRow[]> => {
    const keys = await inParallel(days, SIDE_BY_SIDE, ({ site, family, day }) =>
      queryAll(
        { doc, table: own },
        {
          IndexName: CASES_INDEX,
          KeyConditionExpression: '#list = :list',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: { ':list': listOf(site, family, day) },
        },
      ),
    );
    const items = await getAll({ doc, table: own }, keys.flat().map(keyIn), { consistent: false });
    const found = items.flatMap((item) => rowOf(item) ?? []);
    return found.sort((a, b) => (rowName(a.key) < rowName(b.key) ? -1 : 1));
  };

  /**
   * A site's cases that still run and of which something is due by an instant (included), what is late and not yet known
   * to be missed first; `MOST` of them at most. As an index says, which follows a moment later: what is decided on is
   * asked for again (`stillRunning`).
   */
  const running = async (site: string, until: Instant): Promise<{ items: RunningCase[]; more: boolean }> => {
    const items: RunningCase[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          IndexName: RUNNING_INDEX,
          KeyConditionExpression: 'running = :site AND dueBy <= :until',
          ExpressionAttributeValues: { ':site': site, ':until': until },
          ExclusiveStartKey: from,
          Limit: MOST - items.length,
        }),
      );
      items.push(...Items.flatMap((item) => runningCaseOf(item) ?? []));
      from = LastEvaluatedKey;
    } while (from && items.length < MOST);
    return { items, more: from !== undefined };
  };

  /** Those of some running cases that still run, as their rows say: the index follows a moment later. */
  const stillRunning = async (cases: readonly RunningCase[]): Promise<RunningCase[]> =>
    (await rows(cases.map(({ key }) => key))).flatMap(({ key, facts }) => {
      const ahead = runningOf(caseOutcomesOf({ key, facts }));
      return ahead ? [{ key, ...ahead }] : [];
    });

  return { rows, rowsOfRoot, commit, cases, listed, running, stillRunning, ...kept };
};
export type Reporting = ReturnType<typeof reportingIn>;

const listOf = (site: string, family: FamilyName, day: Day): string => `${site}#${family}#${day}`;
