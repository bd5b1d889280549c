import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { runs } from '../testing/runs.ts';
import {
  addDays,
  atLocal,
  daysBetween,
  HOUR,
  localDay,
  MINUTE,
  minuteOfDay,
  startOfDay,
  toldInstant,
  weekOf,
} from './clock.ts';

test('what a clock up to two minutes ahead says is now; what is later, or was before, stays as told', () => {
  const now = 1_800_000_000_000;
  for (const [told, is] of [
    [now - 1, now - 1],
    [now, now],
    [now + 1, now],
    [now + 2 * MINUTE, now],
    [now + 2 * MINUTE + 1, now + 2 * MINUTE + 1],
  ] as const) {
    expect(toldInstant(told, now)).toBe(is);
  }
});

/** Among them those whose clocks move at odd times: at midnight, a minute past it, by half an hour, by a whole day (Apia, 2011). */
const ZONES = [
  ...['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'America/St_Johns', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'America/Havana', 'Africa/Cairo', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'],
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });
/** Half of them about where clocks move. */
const moving = fc
  .tuple(instant, zone, fc.integer({ min: -30 * HOUR, max: 30 * HOUR }), fc.boolean())
  .map(([at, where, off, near]): [number, string] => {
    const change = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where).getTimeZoneTransition('next');
    return [near && change ? change.epochMilliseconds + off : at, where];
  });

test('days and times of a zone are those that Temporal tells, wherever its clocks move', () => {
  fc.assert(
    fc.property(moving, fc.integer({ min: 0, max: 24 * 60 - 1 }), ([at, where], minute) => {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where);
      const day = local.toPlainDate();
      expect([localDay(at, where), minuteOfDay(at, where)]).toEqual([day.toString(), local.hour * 60 + local.minute]);
      const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
      const shown = day.toZonedDateTime({ timeZone: where, plainTime }).epochMilliseconds;
      expect(atLocal(day.toString(), minute, where)).toBe(shown);
      expect(startOfDay(day.toString(), where)).toBe(day.toZonedDateTime(where).epochMilliseconds);
    }),
    runs(300),
  );
});

test('days are added, counted and put in weeks as in the calendar, and what is no day is refused', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -4_000, max: 4_000 }), (at, days) => {
      const day = Temporal.PlainDate.from(new Date(at).toISOString().slice(0, 10));
      const other = day.add({ days });
      expect(addDays(day.toString(), days)).toBe(other.toString());
      expect(daysBetween(day.toString(), other.toString())).toBe(days);
      expect(weekOf(day.toString())).toBe(day.subtract({ days: day.dayOfWeek - 1 }).toString());
    }),
    runs(200),
  );
  for (const wrong of ['2026-13-01', '2026-02-30', '2026', '2026-02', 'tomorrow', ''])
    expect(() => addDays(wrong, 1), wrong).toThrow(RangeError);
});
