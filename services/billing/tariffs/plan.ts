import { calendarOf, rolled } from '../../../shared/time/calendar/calendar.ts';
import { addDays, type Day } from '../../../shared/time/clock.ts';
import { daysIn, firstDay, lastDay, type Month, monthOf, plusMonths } from '../../../shared/time/month.ts';
import { decimal } from '../../../shared/values/money.ts';
import { type FeeItem, type ScheduleVersion, versionOn } from './schedule.ts';
import { CYCLE_MONTHS } from './terms.ts';

/** Days of one calendar month in which one version of the schedule is in force. */
export interface ScheduleStretch {
  from: Day;
  to: Day;
  /** Of the month they lie in. */
  daysInMonth: number;
  /** The item as that version has it; absent while none has it. */
  item: FeeItem | undefined;
}

/** An item of which a bill is made in a month: for which days, and what holds on them. */
export interface DueItem {
  code: string;
  /** As it is on the first day on which it is in force. */
  item: FeeItem;
  from: Day;
  to: Day;
  /** Calendar months, the first of which is the bill's. */
  months: number;
  dueDay: Day;
  stretches: ScheduleStretch[];
}

/** What a run of a month has to bill, of any unit. */
export interface BillingPlan {
  period: Month;
  due: DueItem[];
  /** Every item in force in the month, due or not: whether any fits a unit at all. */
  inForce: FeeItem[];
}

/** How many months ago a quarter or year of an item began; 0 in the month in which it begins. */
const monthsInto = ({ cycle, firstMonth }: FeeItem, month: Month): number => {
  const length = CYCLE_MONTHS[cycle];
  return (Number(month.slice(5)) - firstMonth + 12) % length;
};

const itemOn = (versions: readonly ScheduleVersion[], day: Day, code: string): FeeItem | undefined =>
  versionOn(versions, day)?.items.find((item) => item.code === code);

/** Days at which another version may come into force within a month. */
const changesIn = (versions: readonly ScheduleVersion[], month: Month): Day[] =>
  [...new Set(versions.map(({ effective }) => effective))]
    .filter((day) => monthOf(day) === month && day > firstDay(month))
    .sort();

/** The day before, within the same month. */
const before = (day: Day): Day => `${day.slice(0, 8)}${String(Number(day.slice(8)) - 1).padStart(2, '0')}`;

const stretchesIn = (versions: readonly ScheduleVersion[], month: Month, code: string): ScheduleStretch[] => {
  const begins = [firstDay(month), ...changesIn(versions, month)];
  return begins.map((from, i) => {
    const next = begins[i + 1];
    return {
      from,
      to: next === undefined ? lastDay(month) : before(next),
      daysInMonth: daysIn(month),
      item: itemOn(versions, from, code),
    };
  });
};

/**
 * Which months an item's bill of a month is for. A quarter or a year is billed in its first month; where the item comes
 * into force within one, in the month in which it does, for the rest.
 * @returns 0 where no bill of it is made in that month
 */
const monthsDue = (versions: readonly ScheduleVersion[], month: Month, item: FeeItem): number => {
  if (item.basis === 'once') return item.period === month ? 1 : 0;
  const into = monthsInto(item, month);
  const left = CYCLE_MONTHS[item.cycle] - into;
  const earlier = itemOn(versions, lastDay(plusMonths(month, -1)), item.code);
  return into === 0 || !earlier ? left : 0;
};

/** The months of which the schedule must be known to plan a month: the one before it, and a year of it. */
export const planSpan = (month: Month): { from: Day; to: Day } => ({
  from: lastDay(plusMonths(month, -1)),
  to: lastDay(plusMonths(month, 11)),
});

/** What due days hang on. */
export interface DueDayTerms {
  /** Site-local, on which the bills are made. */
  today: Day;
  zone: string;
  /** The policy's day of the month. */
  dueDay: number;
}

/**
 * A bill is due on its day of the month, which rolls over a holiday (Civil Code 203). One made after that day falls due
 * as long after it was made as the day is after the first of the month: nobody is late before being told.
 */
export const dueDayOf = (month: Month, { dueDay }: Pick<FeeItem, 'dueDay'>, terms: DueDayTerms): Day => {
  const day = dueDay ?? terms.dueDay;
  const calendar = calendarOf(terms.zone);
  const due = rolled(`${month}-${String(day).padStart(2, '0')}`, calendar);
  return due >= terms.today ? due : rolled(addDays(terms.today, day - 1), calendar);
};

/** What is to be billed in a month, by the versions in force (in the order of their numbers) on its days. */
export const planOf = (versions: readonly ScheduleVersion[], month: Month, terms: DueDayTerms): BillingPlan => {
  const days = [firstDay(month), ...changesIn(versions, month)];
  const byCode = new Map(
    days
      .flatMap((day) => versionOn(versions, day)?.items ?? [])
      .reverse()
      .map((item) => [item.code, item] as const),
  );
  const inForce = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const due = inForce.flatMap((item): DueItem[] => {
    const months = monthsDue(versions, month, item);
    if (months === 0) return [];
    const all = Array.from({ length: months }, (_, i) => plusMonths(month, i));
    return [
      {
        code: item.code,
        item,
        from: firstDay(month),
        to: lastDay(plusMonths(month, months - 1)),
        months,
        dueDay: dueDayOf(month, item, terms),
        stretches: all.flatMap((one) => stretchesIn(versions, one, item.code)),
      },
    ];
  });
  return { period: month, due, inForce };
};

/** Decimals that a rate may have. */
export const RATE_DECIMALS = 6;

/** A rate in millionths of a yuan. */
export const rateMicro = (rate: string): bigint => {
  const read = decimal(rate);
  if (!read || read.scale > RATE_DECIMALS) throw new Error(`${rate} is no rate`);
  return read.digits * 10n ** BigInt(RATE_DECIMALS - read.scale);
};
