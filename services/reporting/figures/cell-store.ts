import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { firstDay, type Month, monthOf } from '../../../shared/time/month.ts';
import type { AsOf } from './fresh.ts';
import { JOURNALS, type JournalTable } from './journal-store.ts';
import { type MonthMark, markAttributes, markOf } from './mark.ts';
import { packedRows, unpacked } from './pack.ts';
import type { Span } from './span.ts';
import { type Counts, nonZero, sum } from './tally.ts';

/** Counts of a site's day or month, how often they were written, and by which events last. */
export interface CountCell {
  site: string;
  /** Of a month, its first. */
  day: Day;
  version: number;
  counts: Counts;
  asOf: AsOf;
  /** Of a month that was signed. */
  closed?: MonthMark | undefined;
}

/** How counts are kept: each case is counted in its day and in its day's month, in the same transaction. */
export const GRAINS = ['day', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** Where it lies in an item. */
const STAMPS: Record<JournalTable, string> = { contacts: 't', complaints: 'p', callbacks: 'k', billing: 'b' };
const stamps = (asOf: AsOf): [name: string, at: number][] =>
  JOURNALS.flatMap((source) => (asOf[source] === undefined ? [] : [[STAMPS[source], asOf[source]]]));
const stampsOf = (item: Record<string, unknown>): AsOf =>
  Object.fromEntries(
    JOURNALS.flatMap((source) => (STAMPS[source] in item ? [[source, item[STAMPS[source]] as number]] : [])),
  );

const keyOf = (site: string, grain: Grain, day: Day) => ({
  pk: `${site}#${grain}s`,
  sk: grain === 'month' ? monthOf(day) : day,
});

/** The counts of a day or month that an item is; `undefined` for every other item. */
export const cellOf = (item: Record<string, unknown>): (CountCell & { grain: Grain }) | undefined => {
  const { pk, sk, v, ...counts } = item;
  const [site = '', kind] = (pk as string).split('#');
  const grain = GRAINS.find((one) => `${one}s` === kind);
  if (grain === undefined) return undefined;
  const day = grain === 'month' ? firstDay(sk as Month) : (sk as Day);
  // A month that was signed with nothing counted in it has no version.
  const version = (v as number | undefined) ?? 0;
  const closed = markOf(item);
  return { site, grain, day, version, counts: unpacked(counts), asOf: stampsOf(item), ...(closed ? { closed } : {}) };
};

/** `#c0`, `#c1`, … for names or values in their order. */
const numbered = <T>(prefix: string, all: readonly T[]): Record<string, T> =>
  Object.fromEntries(all.map((one, i) => [`${prefix}${i}`, one]));

export const cellsIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  const add = (site: string, grain: Grain, day: Day, counts: Counts, asOf: AsOf) => {
    const changed = Object.entries(packedRows(nonZero(counts)));
    const seen = stamps(asOf);
    const [adds, sets] = [changed.map((_, i) => `#c${i} :c${i}`), seen.map((_, i) => `#s${i} = :s${i}`)];
    const names = {
      ...numbered(
        '#c',
        changed.map(([name]) => name),
      ),
      ...numbered(
        '#s',
        seen.map(([name]) => name),
      ),
    };
    return {
      TableName: own,
      Key: keyOf(site, grain, day),
      UpdateExpression: `ADD ${['v :v', ...adds].join(', ')}${sets.length > 0 ? ` SET ${sets.join(', ')}` : ''}`,
      ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
      ExpressionAttributeValues: {
        ':v': 1,
        ...numbered(
          ':c',
          changed.map(([, n]) => n),
        ),
        ...numbered(
          ':s',
          seen.map(([, at]) => at),
        ),
      },
    };
  };

  /** What a transaction adds to the days of a site that change, and to their months. */
  const adding = (site: string, days: ReadonlyMap<Day, Counts>, asOf: AsOf) => {
    const changed = [...days].filter(([, counts]) => Object.keys(nonZero(counts)).length > 0);
    const months = Map.groupBy(changed, ([day]) => monthOf(day));
    return [
      ...changed.map(([day, counts]) => ({ Update: add(site, 'day', day, counts, asOf) })),
      ...[...months].map(([month, some]) => ({
        Update: add(site, 'month', firstDay(month), sum(some.map(([, counts]) => counts)), asOf),
      })),
    ];
  };

  /** A site's counts by day or by month, from and to included; those without any are absent. */
  const cells = async (site: string, grain: Grain, { from, to }: Span, consistent = false): Promise<CountCell[]> => {
    const items = await queryAll(
      { doc, table: own },
      {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': keyOf(site, grain, from).pk,
          ':from': keyOf(site, grain, from).sk,
          ':to': keyOf(site, grain, to).sk,
        },
        ConsistentRead: consistent,
      },
    );
    return items.flatMap((item) => cellOf(item) ?? []);
  };

  const days = (site: string, from: Day, to: Day) => cells(site, 'day', { from, to });

  /** The counts of one day, or of the month it lies in; consistent. */
  const cell = async (site: string, grain: Grain, day: Day): Promise<CountCell | undefined> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: own, Key: keyOf(site, grain, day), ConsistentRead: true }),
    );
    return Item && cellOf(Item);
  };

  /** Puts counts right. @throws ConditionalCheckFailedException when they were written since */
  const setCell = async (grain: Grain, { site, day, version, counts, asOf, closed }: CountCell): Promise<void> => {
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: {
          ...keyOf(site, grain, day),
          v: version + 1,
          ...packedRows(counts),
          ...Object.fromEntries(stamps(asOf)),
          ...(closed ? markAttributes(closed) : {}),
        },
        ...(version === 0
          ? { ConditionExpression: 'attribute_not_exists(v)' }
          : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }),
      }),
    );
  };

  /**
   * What a transaction that signs a month marks it with. It is a write like any other: counts put right by who had read
   * them before it are refused, instead of taking the mark away.
   * @param mark with the version that what was signed had been read at
   */
  const marking = (site: string, month: Day, mark: MonthMark) => {
    const all = Object.entries(markAttributes({ ...mark, version: mark.version + 1 }));
    return {
      Update: {
        TableName: own,
        Key: keyOf(site, 'month', month),
        UpdateExpression: `ADD v :v SET ${all.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: { ':v': 1, ...Object.fromEntries(all.map(([name, value]) => [`:${name}`, value])) },
      },
    };
  };

  return { adding, cells, days, cell, setCell, marking };
};
