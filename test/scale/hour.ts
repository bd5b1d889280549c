import type { Load } from '../bench/measuring.ts';
import type { Assumptions } from './assumptions.ts';
import { type Shape, shapesOf, unitsOf } from './keys.ts';
import type { LoadName, Measured } from './measured.ts';
import { drawn, randomFrom, sizesOf } from './sites.ts';

/** What happens by the minute on a Monday morning. */
const DRAWN = [
  'contact',
  'complaint',
  'complaint left alone',
  'page',
  'figures',
  'payment',
] as const satisfies LoadName[];
const MINUTES = 60;

/** How often each of `DRAWN` is expected at a site in a minute of the peak hour. */
export const expected = (a: Assumptions, units: number, largest: boolean): number[] => {
  const share = units / a.units;
  const called = (a.contactsPerDay * a.monday * a.peakHour * share + (largest ? a.incident * units : 0)) / MINUTES;
  const complaints = called * a.complaints;
  const payments = (units * (1 - a.owing60) * a.payPeakDay * a.payPeakFactor) / a.payHours / MINUTES;
  return [
    called - complaints,
    complaints * (1 - a.leftAlone),
    complaints * a.leftAlone,
    called * a.pagesPerContact,
    (a.figuresPerSiteDay * a.peakHour) / MINUTES,
    payments,
  ];
};

/** Functions that rules of the bus call. */
const HEARING = /\/(On[A-Z]|ScheduleWakeUps|MailEvents)/;
const sumOf = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

/** What one of a load asks of the services that have a limit for the account. */
export const asks = (load: Load) => ({
  apiRequests: load.apiRequests,
  putEvents: load.calls['events.PutEvents'] ?? 0,
  busInvocations: sumOf(
    Object.entries(load.functions).flatMap(([path, { invocations }]) => (HEARING.test(path) ? [invocations] : [])),
  ),
  startExecution: load.calls['states.StartExecution'] ?? 0,
  transitions: load.transitions,
  lambdaConcurrency: load.functionMs / 1000,
  mails: load.mails,
  /** Messages to queues one by one: payments, to the FIFO queue of receipts. */
  fifo: load.calls['sqs.SendMessage'] ?? 0,
});
export type Ask = keyof ReturnType<typeof asks>;

export interface HotKey {
  shape: Shape;
  /** Units a second in its hottest minute. */
  reads: number;
  writes: number;
  /** Rank of the site by size, 0 the largest; absent of what the group shares. */
  site?: number;
}

export interface Hour {
  /** Per second, in the minute in which it is most. */
  asked: Record<Ask, number>;
  /** By table: write units, items and new events a second. */
  tables: Record<string, { writes: number; events: number }>;
  /** The hottest key of each shape that more than one share, the hottest first. */
  keys: HotKey[];
  /** How often each thing happened in the hour. */
  counts: Partial<Record<LoadName, number>>;
  /** By load, per second in the minute with the most contacts. */
  rates: Partial<Record<LoadName, number>>;
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** A Monday's nine to ten, drawn minute by minute over all sites: what it comes to on every partition key. */
export const peakHour = (a: Assumptions, { loads }: Measured, seed: number): Hour => {
  const random = randomFrom(seed);
  const shapes = shapesOf(loads);
  const shared = shapes
    .filter(({ scope }) => scope !== 'one')
    .map((shape) => ({
      shape,
      reads: unitsOf(shape, DRAWN, 'readUnits'),
      writes: unitsOf(shape, DRAWN, 'writeUnits'),
      hot: { reads: 0, writes: 0, site: 0 },
    }));
  const [ofSite, ofGroup] = [
    shared.filter(({ shape }) => shape.scope === 'site'),
    shared.filter(({ shape }) => shape.scope === 'group'),
  ];
  const rates = sizesOf(a).map((units, i) => expected(a, units, i === 0));
  const minutes: number[][] = [];
  for (let minute = 0; minute < MINUTES; minute++) {
    const all = DRAWN.map(() => 0);
    for (let site = 0; site < rates.length; site++) {
      const came = (rates[site] as number[]).map((mean) => drawn(mean, random));
      for (let i = 0; i < came.length; i++) all[i] = (all[i] as number) + (came[i] as number);
      for (const { reads, writes, hot } of ofSite) {
        hot.reads = Math.max(hot.reads, dot(reads, came) / 60);
        const written = dot(writes, came) / 60;
        if (written > hot.writes) [hot.writes, hot.site] = [written, site];
      }
    }
    for (const { reads, writes, hot } of ofGroup) {
      hot.reads = Math.max(hot.reads, dot(reads, all) / 60);
      hot.writes = Math.max(hot.writes, dot(writes, all) / 60);
    }
    minutes.push(all);
  }
  const most = (each: readonly number[]) => Math.max(...minutes.map((came) => dot(each, came) / 60));
  const perLoad = DRAWN.map((name) => asks(loads[name]));
  const asked = Object.fromEntries(
    (Object.keys(perLoad[0] ?? {}) as Ask[]).map((ask) => [ask, most(perLoad.map((one) => one[ask]))]),
  ) as Record<Ask, number>;
  const tables = Object.fromEntries(
    [
      ...Map.groupBy(
        shapes.filter(({ index }) => index === undefined),
        ({ table }) => table,
      ),
    ].map(([table, some]) => {
      const each = (field: 'writeUnits' | 'events') =>
        DRAWN.map((name) => sumOf(some.map(({ of }) => of[name]?.[field] ?? 0)));
      return [table, { writes: most(each('writeUnits')), events: most(each('events')) }];
    }),
  );
  const busiest = minutes.reduce((best, came) => ((came[0] ?? 0) > (best[0] ?? 0) ? came : best));
  return {
    asked,
    tables,
    keys: shared
      .map(({ shape, hot }) => ({
        shape,
        reads: hot.reads,
        writes: hot.writes,
        ...(shape.scope === 'site' ? { site: hot.site } : {}),
      }))
      .sort((x, y) => y.writes - x.writes || y.reads - x.reads),
    counts: Object.fromEntries(DRAWN.map((name, i) => [name, sumOf(minutes.map((came) => came[i] ?? 0))])),
    rates: Object.fromEntries(DRAWN.map((name, i) => [name, (busiest[i] ?? 0) / 60])),
  };
};
