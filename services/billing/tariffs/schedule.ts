import type * as z from 'zod';
import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { invalid, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { addDays, type Day, localDay } from '../../../shared/time/clock.ts';
import { type feeItem, scheduleEvents } from './events.ts';
import { type Basis, CODES_MAX, type Cycle, VERSIONS_MAX } from './terms.ts';

export type FeeItem = z.output<typeof feeItem>;
export type ScheduleEvent = (typeof scheduleEvents)[number];

/** A version of a site's fee schedule: in force from its day on, until a later version's has come. */
export interface ScheduleVersion {
  version: number;
  effective: Day;
  items: FeeItem[];
}

/** What was ever said of an item: its bills are told apart by its code, so that what it is must never change. */
export interface KnownItem {
  names: { zh: string; en: string };
  basis: Basis;
  cycle: Cycle;
  firstMonth: number;
}

/**
 * A site's fee schedule (收费标准). Version n is event n of its journal; the head holds when each begins, and what each
 * code is.
 */
export interface Schedule {
  versions: { version: number; effective: Day }[];
  codes: Record<string, KnownItem>;
  owed: [];
}

/** A site has one schedule. */
export const scheduleId = (site: string): string => derivedId('schedule', site);

const fold = (state: Schedule | undefined, { version, data }: Recorded<ScheduleEvent>): Schedule => ({
  versions: [...(state?.versions ?? []), { version, effective: data.effective }],
  codes: {
    ...state?.codes,
    ...Object.fromEntries(
      data.items.map(({ code, names, basis, cycle, firstMonth }) => [code, { names, basis, cycle, firstMonth }]),
    ),
  },
  owed: [],
});

export const scheduleType: AggregateType<Schedule, ScheduleEvent> = {
  type: 'schedule',
  ids: 'schedule',
  kind: 'record',
  events: scheduleEvents,
  most: { versions: VERSIONS_MAX, codes: CODES_MAX },
  fold,
  finished: () => false,
};

/** Of versions in the order of their numbers: the one in force on a day. The newest that has begun wins. */
export const versionOn = <V extends { effective: Day }>(versions: readonly V[], day: Day): V | undefined =>
  versions.findLast(({ effective }) => effective <= day);

/** The numbers of the versions that are in force at some time between two days (both included). */
export const versionsBetween = ({ versions }: Pick<Schedule, 'versions'>, from: Day, to: Day): number[] => {
  const begin = versions.map(({ effective }) => effective).filter((day) => day > from && day <= to);
  const found = new Set([from, ...begin].flatMap((day) => versionOn(versions, day)?.version ?? []));
  return [...found].sort((a, b) => a - b);
};

/** How far ahead a version may be entered. */
const DAYS_AHEAD = 731;
const FIRST_DAY: Day = '2000-01-01';

/** A version of the schedule. What an item is stays for good: a bill's name is its code and the month. */
export const setSchedule = (
  state: Schedule | undefined,
  { effective, items }: { effective: Day; items: FeeItem[] },
  { now, zone }: { now: number; zone: string },
): NewEvent<ScheduleEvent>[] | Refusal => {
  const last = addDays(localDay(now, zone), DAYS_AHEAD);
  if (effective < FIRST_DAY || effective > last) {
    return invalid({ field: 'body.effective', rule: 'field.from-to', details: { from: FIRST_DAY, to: last } });
  }
  if ((state?.versions.length ?? 0) >= VERSIONS_MAX) return refuse('fees.too-many-versions', { max: VERSIONS_MAX });
  const changed = items.find((item) => {
    const known = state && Object.hasOwn(state.codes, item.code) ? state.codes[item.code] : undefined;
    return known && (['basis', 'cycle', 'firstMonth'] as const).some((what) => known[what] !== item[what]);
  });
  if (changed) return refuse('fees.item-changed', { item: changed.code });
  const codes = new Set([...Object.keys(state?.codes ?? {}), ...items.map(({ code }) => code)]);
  if (codes.size > CODES_MAX) return refuse('fees.too-many-items', { max: CODES_MAX });
  return [{ name: 'schedule.set', data: { effective, items } }];
};
