import { type DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Day } from '../../../shared/clock.ts';
import { pause, someoneWasFirst } from '../../../shared/journal/execute.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import { LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import { getAll } from '../../../shared/many.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { defineTable } from '../../../shared/table.ts';
import { type Alert, alertType, COUNTED, countsKey } from './alert.ts';
import { type AlertEvent, RULES, type Rule, type Subject } from './events.ts';
import { type Complaint, type Kept, type Watched, watched, withOne } from './watch.ts';

/**
 * Journals of alerts, and beside them what complaints are watched by:
 *   pk `<site>#watch#<kind|building>#<value>`   sk `YYYY-MM-DD`   the complaints of a day
 *                                               sk `counts`       how many there were, by day
 *   pk `<site>#alerts`                          sk `YYYY-MM`      alerts of a month by rule
 */
export const alertsTable = defineTable({ name: 'alerts', journal: true });

export type Alerts = Journal<Alert, AlertEvent>;
export const alertsIn = (tables: JournalTables): Alerts => journal(alertType, tables);

/** Ids looked at in one query, and queries of one look, at most. */
const [LOOKED, LOOKS] = [500, 4];

/**
 * A site's alerts with ids between two (included), newest day first; of a state, and those wanted of them.
 * @returns `limit` at most, and as far as they were looked for: `reached` is the last id looked at, absent at the end
 */
export const listed = async (
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
  for (let look = 0; look < LOOKS && (look === 0 || at) && found.length < limit; look++) {
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
        Limit: look === 0 ? limit + 1 : LOOKED,
      }),
    );
    at = LastEvaluatedKey;
    reached = at && (Items.at(-1)?.id as string);
    found.push(...Items.map(({ id }) => id as string).filter(wanted));
  }
  const ids = found.slice(0, limit);
  if (found.length > limit) reached = ids.at(-1);
  return { items: await heads(site, ids), reached };
};

/** How many alerts of a rule were raised in a month, were acknowledged, and were not in time. */
export type AlertCounts = Record<Rule, Record<(typeof COUNTED)[number], number>>;

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
const countsOf = (of: (rule: Rule, what: (typeof COUNTED)[number]) => number): AlertCounts =>
  Object.fromEntries(
    RULES.map((rule) => [rule, Object.fromEntries(COUNTED.map((what) => [what, of(rule, what)]))]),
  ) as AlertCounts;

/** Counts of months and sites together. */
export const totalOf = (all: readonly AlertCounts[]): AlertCounts =>
  countsOf((rule, what) => all.reduce((sum, one) => sum + one[rule][what], 0));

/** How often a complaint is taken anew when another of its kind was faster. */
const TRIES = 10;
const COUNTS = 'counts';

export const watchIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const pkOf = (site: string, of: Subject, value: string) => `${site}#watch#${of}#${value}`;

  const read = async (pk: string, day: Day) => {
    const items = await getAll({ doc, table: own }, [
      { pk, sk: day },
      { pk, sk: COUNTS },
    ]);
    const [ofDay, counts] = [day, COUNTS].map((sk) => items.find((item) => item.sk === sk));
    return {
      versions: [ofDay?.v ?? 0, counts?.v ?? 0] as [number, number],
      kept: { households: ofDay?.households ?? {}, counts: counts?.counts ?? {} } as Kept,
    };
  };

  const put = (key: { pk: string; sk: string }, version: number, content: object) => ({
    Put: {
      TableName: own,
      Item: { ...key, v: version + 1, ...content },
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }),
    },
  });

  /**
   * Takes a complaint in, once however often it comes, and says what there is then.
   * @throws Refusal when others were faster again and again
   */
  const take = async (site: string, of: Subject, value: string, complaint: Complaint): Promise<Watched> => {
    const pk = pkOf(site, of, value);
    const { day } = complaint;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const { versions, kept } = await read(pk, day);
      const next = withOne(kept, complaint);
      if (!next) return watched(kept, day);
      const { households, counts } = next;
      const items = [
        put({ pk, sk: day }, versions[0], { households }),
        put({ pk, sk: COUNTS }, versions[1], { counts }),
      ];
      try {
        await doc.send(new TransactWriteCommand({ TransactItems: items }));
        return watched(next, day);
      } catch (error) {
        if (!someoneWasFirst(error)) throw error;
        await pause(attempt);
      }
    }
    throw new Refusal('too-many', 'request.busy');
  };

  /** The complaints of a day, by id. */
  const complaints = async (site: string, of: Subject, value: string, day: Day): Promise<string[]> => {
    const { kept } = await read(pkOf(site, of, value), day);
    return Object.keys(kept.households).sort();
  };

  return { take, complaints };
};
export type Watch = ReturnType<typeof watchIn>;
