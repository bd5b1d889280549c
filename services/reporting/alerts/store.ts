import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { defineTable } from '../../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import { LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import { type Alert, alertType, COUNTED, countsKey } from './alert.ts';
import { type AlertEvent, type AlertRule, RULES } from './events.ts';

/**
 * Journals of alerts, and beside them what complaints are watched by (`watch-store.ts`) and
 *   pk `<site>#alerts`   sk `YYYY-MM`   alerts of a month by rule
 */
export const alertsTable = defineTable({ name: 'alerts', journal: true });

export type Alerts = Journal<Alert, AlertEvent>;
export const alertsIn = (tables: JournalTables): Alerts => journal(alertType, tables);

/** Ids looked at in one query, and queries of one look, at most. */
const [READ_AT_ONCE, ROUNDS] = [500, 4];

/**
 * A site's alerts with ids between two (included), newest day first; of a state, and those wanted of them.
 * @returns `limit` at most, and as far as they were looked for: `reached` is the last id looked at, absent at the end
 */
export const listedAlerts = async (
  { doc, own, heads }: Alerts,
  site: string,
  {
    finished,
    ids: [from, to],
    wanted,
    limit,
  }: { finished: boolean; ids: readonly [string, string]; wanted: (id: string) => boolean; limit: number },
) => {
  const found: string[] = [];
  let at: Record<string, unknown> | undefined;
  let reached: string | undefined;
  for (let round = 0; round < ROUNDS && (round === 0 || at) && found.length < limit; round++) {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        IndexName: LIST_INDEX,
        KeyConditionExpression: '#list = :list AND id BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: {
          ':list': listPartition(site, alertType.type, finished),
          ':from': from,
          ':to': to,
        },
        ScanIndexForward: false,
        ExclusiveStartKey: at,
        // Where all are wanted, one query finds enough: one may stand on the page before.
        Limit: round === 0 ? limit + 1 : READ_AT_ONCE,
      }),
    );
    at = LastEvaluatedKey;
    reached = at && (Items.at(-1)?.id as string);
    found.push(...Items.map(({ id }) => id as string).filter(wanted));
  }
  const ids = found.slice(0, limit);
  if (found.length > limit) reached = ids.at(-1);
  // The index follows a moment later than the alerts do.
  const current = (await heads(site, ids)).filter(({ state }) => state && alertType.finished(state) === finished);
  return { items: current, reached };
};

/** How many alerts of a rule were raised in a month, were acknowledged, and were not in time. */
export type AlertCounts = Record<AlertRule, Record<(typeof COUNTED)[number], number>>;

/** A site's alerts of a month (YYYY-MM, by their days), for reports. @param table the alerts' */
export const alertCounts = async (
  { doc, own }: { doc: DynamoDBDocumentClient; own: string },
  site: string,
  month: string,
): Promise<AlertCounts> => {
  const { Item = {} } = await doc.send(
    new GetCommand({ TableName: own, Key: countsKey(site, month), ConsistentRead: true }),
  );
  return countsOf((rule, what) => Item[`${rule}.${what}`] ?? 0);
};
const countsOf = (of: (rule: AlertRule, what: (typeof COUNTED)[number]) => number): AlertCounts =>
  Object.fromEntries(
    RULES.map((rule) => [rule, Object.fromEntries(COUNTED.map((what) => [what, of(rule, what)]))]),
  ) as AlertCounts;

/** Counts of months and sites together. */
export const totalOf = (all: readonly AlertCounts[]): AlertCounts =>
  countsOf((rule, what) => all.reduce((sum, one) => sum + one[rule][what], 0));
