import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { type Refusal, refuse, refuseForNow } from '../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { type Instant, localDay } from '../../../shared/time/clock.ts';
import { daysOf, monthOf } from '../../../shared/time/month.ts';
import type { Counts } from '../figures/contract.ts';
import { monthEvents } from './events.ts';

type MonthEvent = (typeof monthEvents)[number];

/** A month of a site whose figures were signed and frozen. */
export interface ClosedMonth {
  month: string;
  hash: string;
  parts: number;
  closedAt: Instant;
  closedBy: string;
  owed: [];
}

const fold = (_: ClosedMonth | undefined, { data, at, by }: Recorded<MonthEvent>): ClosedMonth => ({
  ...data,
  closedAt: at,
  closedBy: by,
  owed: [],
});

export const monthType: AggregateType<ClosedMonth, MonthEvent> = {
  type: 'month',
  ids: 'month',
  events: monthEvents,
  most: {},
  fold,
  kind: 'record',
  finished: () => true,
};

/** Of a site's month: closed twice it is closed once. */
export const monthId = (month: string): string => derivedId('month', `_${month}`);

/** What still runs of a month, by measure: a figure that may yet change is not signed. */
export const running = (counts: Counts): [measure: string, cases: number][] =>
  Object.entries(counts).flatMap(([cell, n]) =>
    cell.endsWith('.r') && n > 0 ? [[cell.slice(0, -2), n] as [string, number]] : [],
  );

/**
 * Signs a month. It has to be over by the site's own calendar, no earlier than the site, and each of its cases decided.
 * @param zone the site's time zone
 * @param since when the site was entered, where that is known
 */
export const close = (
  state: ClosedMonth | undefined,
  { month, counts, hash, parts }: { month: string; counts: Counts; hash: string; parts: number },
  { now, zone, since }: { now: Instant; zone: string; since?: Instant | undefined },
): NewEvent<MonthEvent>[] | Refusal => {
  if (state) return refuse('month.closed-before', { by: state.closedBy });
  if (localDay(now, zone) <= daysOf(month).to) return refuse('month.not-over', { month });
  const first = since === undefined ? undefined : monthOf(localDay(since, zone));
  if (first !== undefined && month < first) return refuse('month.before-site', { month, first });
  const open = running(counts);
  if (open.length > 0) {
    // Counts follow the journals: what ran a moment ago may be decided already.
    return refuseForNow('month.running', { cases: open.map(([measure, n]) => `${measure} ${n}`).join(', ') });
  }
  return [{ name: 'month.closed', data: { month, hash, parts } }];
};
