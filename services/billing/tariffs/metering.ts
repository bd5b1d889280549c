import type { Key } from '../../../shared/aws/many.ts';
import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import { overtaken, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { AggregateType, Published } from '../../../shared/journal/aggregate.ts';
import type { Month } from '../../../shared/time/month.ts';
import { meteringEvents } from './events.ts';
import type { KnownItem } from './schedule.ts';
import { POOLS_MAX } from './terms.ts';

export type MeteringEvent = (typeof meteringEvents)[number];

/** An amount shared (公摊) by area among the units of these buildings. */
export interface Pool {
  buildings: string[];
  fen: number;
}
export interface MeterReading {
  unit: string;
  /** How much was used, in millionths. */
  quantityMicro: number;
}

/** What was measured of an item for the bills of a month: the readings lie beside it, one item a unit; pools in it. */
export interface Metering {
  item: string;
  period: Month;
  pools: Pool[];
  /** How often something was entered: what was read beside it is as new as the head when both agree. */
  sheets: number;
  owed: [];
}

/** One of an item and month: sheets of readings come one after the other. */
export const meteringId = (item: string, period: Month): string => `${PREFIX.metering}_${period}-${item}`;

const fold = (state: Metering | undefined, { name, data }: Recorded<MeteringEvent>): Metering => ({
  item: data.item,
  period: data.period,
  pools: name === 'metering.pooled' ? data.pools : (state?.pools ?? []),
  sheets: (state?.sheets ?? 0) + 1,
  owed: [],
});

export const meteringType: AggregateType<Metering, MeteringEvent> = {
  type: 'metering',
  ids: 'metering',
  kind: 'record',
  events: meteringEvents,
  most: { pools: POOLS_MAX },
  fold,
  finished: () => false,
};

export const readingKey = (site: string, period: Month, unit: string, item: string) => ({
  pk: `${site}#readings#${period}`,
  sk: `${unit}#${item}`,
});

/** What was there when readings came in; if the head has moved since, somebody was faster. */
export interface MeteringBefore {
  sheets: number;
  readings: MeterReading[];
  /** The run of the month has begun: it may have billed what it found. */
  begun: boolean;
}

const readingOf = (all: readonly MeterReading[], unit: string) => all.find((one) => one.unit === unit)?.quantityMicro;

/** Readings replace those before them until the month's run has begun; from then on only missing ones are added. */
export const read = (
  state: Metering | undefined,
  { item, period, readings }: { item: string; period: Month; readings: MeterReading[] },
  known: KnownItem | undefined,
  before: MeteringBefore,
): NewEvent<MeteringEvent>[] | Refusal => {
  if (known?.basis !== 'metered') return refuse('fees.not-metered', { item });
  if ((state?.sheets ?? 0) !== before.sheets) return overtaken();
  const fresh = readings.filter(({ unit, quantityMicro }) => readingOf(before.readings, unit) !== quantityMicro);
  const billed = before.begun ? fresh.find(({ unit }) => readingOf(before.readings, unit) !== undefined) : undefined;
  if (billed) return refuse('fees.billed', { unit: billed.unit, period });
  return fresh.length === 0 ? [] : [{ name: 'metering.read', data: { item, period, readings: fresh } }];
};

/** All pools of an item and month at once; once the month's run has begun, only where there were none. */
export const pool = (
  state: Metering | undefined,
  { item, period, pools }: { item: string; period: Month; pools: Pool[] },
  known: KnownItem | undefined,
  begun: boolean,
): NewEvent<MeteringEvent>[] | Refusal => {
  if (known?.basis !== 'shared') return refuse('fees.not-shared', { item });
  if (begun && state?.pools.length) return refuse('fees.pool-billed', { period });
  return [{ name: 'metering.pooled', data: { item, period, pools } }];
};

/** What a run reads; in the same transaction, while the run of the period hasn't begun, that it still hasn't. */
export const publishReadings =
  (
    site: string,
    { item, period, readings }: { item: string; period: Month; readings: readonly MeterReading[] },
    run?: Key,
  ) =>
  (): Published => ({
    put: readings.map(({ unit, quantityMicro }) => ({
      ...readingKey(site, period, unit, item),
      unit,
      item,
      quantityMicro,
    })),
    remove: [],
    ...(run ? { absent: [run] } : {}),
  });
