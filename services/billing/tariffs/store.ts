import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, queryAll } from '../../../shared/aws/many.ts';
import { type Journal, type JournalTables, journal, type Page } from '../../../shared/journal/journal.ts';
import type { Day } from '../../../shared/time/clock.ts';
import type { Month } from '../../../shared/time/month.ts';
import type { ItemNames } from '../documents/contract.ts';
import { type Discount, type Exemption, type ExemptionEvent, exemptionKey, exemptionType } from './exemption.ts';
import {
  type Metering,
  type MeteringEvent,
  type MeterReading,
  meteringId,
  meteringType,
  type Pool,
  readingKey,
} from './metering.ts';
import { runKey } from './run-id.ts';
import {
  type Schedule,
  type ScheduleEvent,
  type ScheduleVersion,
  scheduleId,
  scheduleType,
  versionsBetween,
} from './schedule.ts';

export interface Fees {
  schedules: Journal<Schedule, ScheduleEvent>;
  exemptions: Journal<Exemption, ExemptionEvent>;
  meterings: Journal<Metering, MeteringEvent>;
}

export const feesIn = (tables: JournalTables): Fees => ({
  schedules: journal(scheduleType, tables),
  exemptions: journal(exemptionType, tables),
  meterings: journal(meteringType, tables),
});

/** Versions of the schedule by their numbers, `from` to `to`, oldest first. */
export const readVersions = async (
  { schedules }: Fees,
  site: string,
  from: number,
  to: number,
): Promise<ScheduleVersion[]> => {
  const events = await schedules.history(site, scheduleId(site), to - from + 1, from - 1);
  return events.map(({ version, data }) => ({ version, ...(data as Omit<ScheduleVersion, 'version'>) }));
};

/** The versions in force at some time between two days (both included), in the order of their numbers. */
export const scheduleBetween = async (fees: Fees, site: string, from: Day, to: Day): Promise<ScheduleVersion[]> => {
  const { state } = await fees.schedules.head(site, scheduleId(site));
  const wanted = state ? versionsBetween(state, from, to) : [];
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) return [];
  return (await readVersions(fees, site, first, last)).filter(({ version }) => wanted.includes(version));
};

/** What the site's fee items are called, those no longer in force included: old bills keep their names. */
export const itemNames = async ({ schedules }: Fees, site: string): Promise<ItemNames> => {
  const { state } = await schedules.head(site, scheduleId(site));
  return new Map(Object.entries(state?.codes ?? {}).map(([code, { names }]) => [code, names]));
};

/** Discounts that were agreed to: of a site, or of one of its units. */
const discountsIn = async ({ exemptions: { doc, own } }: Fees, site: string, unit?: string): Promise<Discount[]> => {
  const items = await queryAll(
    { doc, table: own },
    {
      KeyConditionExpression: unit === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :unit)',
      ExpressionAttributeValues: {
        ':pk': exemptionKey(site, '', '').pk,
        ...(unit === undefined ? {} : { ':unit': exemptionKey(site, unit, '').sk }),
      },
      ConsistentRead: true,
    },
  );
  return items as unknown as Discount[];
};

/** Every discount of a site that is in force at some time between two days, by unit; read at once. */
export const discountsBetween = async (
  fees: Fees,
  site: string,
  from: Day,
  to: Day,
): Promise<Map<string, Discount[]>> => {
  const found = (await discountsIn(fees, site)).filter((one) => one.from <= to && one.to >= from);
  return Map.groupBy(found, ({ unit }) => unit);
};

/** Every discount that a unit ever had. */
export const discountsOf = (fees: Fees, site: string, unit: string): Promise<Discount[]> =>
  discountsIn(fees, site, unit);

const readingsByUnit = (found: readonly (MeterReading & { item: string })[]): Map<string, Map<string, number>> =>
  new Map(
    [...Map.groupBy(found, ({ unit }) => unit)].map(([unit, some]) => [
      unit,
      new Map(some.map(({ item, quantityMicro }) => [item, quantityMicro])),
    ]),
  );

/** Readings of units for a period, by unit and item; a unit without one has none. */
export const readingsOf = async (
  { meterings: { doc, own } }: Fees,
  site: string,
  period: Month,
  units: readonly string[],
  items: readonly string[],
): Promise<Map<string, Map<string, number>>> => {
  const keys = units.flatMap((unit) => items.map((item) => readingKey(site, period, unit, item)));
  return readingsByUnit((await getAll({ doc, table: own }, keys)) as unknown as (MeterReading & { item: string })[]);
};

/** All that was read for a period, by unit and item: whole pages, a small part of what unit by unit would cost. */
export const allReadings = async (
  { meterings: { doc, own } }: Fees,
  site: string,
  period: Month,
): Promise<Map<string, Map<string, number>>> => {
  const found = await queryAll(
    { doc, table: own },
    {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': readingKey(site, period, '', '').pk },
      ConsistentRead: true,
    },
  );
  return readingsByUnit(found as unknown as (MeterReading & { item: string })[]);
};

/** A page of what was read for a period, by unit and item. @param after the `next` of the page before */
export const readingsPage = async (
  { meterings: { doc, own } }: Fees,
  site: string,
  period: Month,
  { limit, after = ' ' }: { limit: number; after?: string | undefined },
): Promise<Page<MeterReading & { item: string }>> => {
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': readingKey(site, period, '', '').pk, ':after': after },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  const items = Items as unknown as (MeterReading & { item: string; sk: string })[];
  return { items, ...(LastEvaluatedKey ? { next: items.at(-1)?.sk } : {}) } as Page<MeterReading & { item: string }>;
};

/** Pools of items for a period, by item. */
export const poolsOf = async (
  { meterings }: Fees,
  site: string,
  period: Month,
  items: readonly string[],
): Promise<Map<string, Pool[]>> => {
  const heads = await meterings.heads(
    site,
    items.map((item) => meteringId(item, period)),
  );
  return new Map(heads.flatMap(({ state }) => (state ? [[state.item, state.pools] as const] : [])));
};

/** Whether the run of a period has ever been started. */
export const runBegun = async ({ meterings: { doc, own } }: Fees, site: string, period: Month): Promise<boolean> => {
  const { Item } = await doc.send(new GetCommand({ TableName: own, Key: runKey(site, period), ConsistentRead: true }));
  return Item !== undefined;
};
