import { HOUR, SECOND } from '../../shared/time/clock.ts';
import { SWEEP_EVERY, TOGETHER } from '../../shared/timers/timers.ts';
import type { Load } from '../bench/measuring.ts';
import type { Assumptions } from './assumptions.ts';
import { DUE_SHAPE, nameOf, scopeOf, shapesOf } from './keys.ts';
import { LIMITS } from './limits.ts';
import type { Measured } from './measured.ts';
import { median, sizesOf } from './sites.ts';
import { type Stage, type Wave, wave } from './wave.ts';

const RUNS = 'HuiyinRuns/RunsWorker';
const MAILER = 'HuiyinLetters/LettersMailer';
const KPI = 'HuiyinReporting/Kpi';
const RELAY = 'HuiyinBilling/Relay';
const WRITER = 'HuiyinPayments/ReceiptsWriter';
/** A new table's partitions, and so its stream's shards. */
export const NEW_SHARDS = LIMITS.newTableWrites.value / LIMITS.partitionWrites.value;

const msOf = ({ functions }: Load, path: string): number => functions[path]?.ms ?? 0;
/** What so many functions at once get done of something that takes each so long. */
const through = (width: number, ms: number): number => (ms > 0 ? (width * 1000) / ms : Infinity);
const writesOf = (load: Load, table: string, key: string, index?: string): number =>
  load.keys.find((use) => use.table === table && use.key === key && use.index === index)?.writeUnits ?? 0;
const partition = (units: number): number => (units > 0 ? LIMITS.partitionWrites.value / units : Infinity);
const parallelOf = ({ facts }: Measured, reader: string, table: string): number =>
  facts.readers.find((one) => one.reader === reader && one.table === table)?.parallel ?? 1;

/** A message goes the same way, whatever it says. */
const mailStages = (measured: Measured, load: Load): Stage[] => [
  {
    name: "the account's mail pace",
    perSecond: measured.facts.mailPerSecond / Math.max(load.mails, 1e-9),
    lever: '`MailPerSecond` at deployment, up to the SES quota, which is granted by use',
  },
  {
    name: 'mailers at once',
    byTime: true,
    perSecond: through(measured.facts.widths[MAILER] ?? 1, msOf(load, MAILER)),
    lever: 'no parameter: `maxConcurrency` of the mailer in infra/letters.ts',
  },
  {
    name: 'the one item of the mail pace',
    perSecond: partition(writesOf(load, 'billing', 'mail#pace')),
    lever: 'none: one item holds the pace of the account',
  },
];

const streamStages = (measured: Measured, load: Load): Stage[] => [
  {
    name: `figures behind ${NEW_SHARDS} shards`,
    byTime: true,
    perSecond: through(NEW_SHARDS * parallelOf(measured, KPI, 'billing'), msOf(load, KPI)),
    lever:
      'shards grow with the table; `parallel` of the stream in infra/reporting.ts, no parameter; late figures, nothing lost within 24 h',
  },
  {
    name: `the relay behind ${NEW_SHARDS} shards`,
    byTime: true,
    perSecond: through(NEW_SHARDS * parallelOf(measured, RELAY, 'billing'), msOf(load, RELAY)),
    lever: 'shards grow with the table; `parallel` in service-stack.ts, no parameter',
  },
];

const dueStage = (load: Load): Stage => ({
  name: "billing's due index, one partition",
  perSecond: partition(writesOf(load, 'billing', DUE_SHAPE, 'due')),
  lever: '`DuePartitions` of its stack spreads it',
});

/** The shape that a site's own work is hottest on, when it does nothing else: by it the largest site's night is bounded. */
const siteStage = (load: Load): Stage => {
  const shapes = shapesOf({ notice: load } as never).filter(({ key }) => scopeOf(key) === 'site');
  const hottest = shapes.reduce<{ name: string; units: number }>(
    (most, shape) => {
      const units = shape.of.notice?.writeUnits ?? 0;
      return units > most.units ? { name: nameOf(shape), units } : most;
    },
    { name: '', units: 0 },
  );
  return {
    name: `of one site: ${hottest.name}`,
    perSecond: partition(hottest.units),
    lever: 'none: a key of each site that nothing spreads; sites do not share it',
  };
};

/** Every site issues its run on the same day: notices are due by 24:00 of it. */
const bills = (a: Assumptions, measured: Measured): Wave[] => {
  const load = measured.loads.notice;
  const sizes = sizesOf(a);
  return [
    wave(
      'Bills and notices of every unit on one day',
      a.units,
      24,
      [
        {
          name: 'bill run workers at once',
          byTime: true,
          perSecond: through(measured.facts.widths[RUNS] ?? 1, msOf(load, RUNS)),
          lever: '`RunWorkers` at deployment',
        },
        dueStage(load),
        ...mailStages(measured, load),
        ...streamStages(measured, load),
      ],
      true,
    ),
    wave('Bills and notices of the largest site', sizes[0] ?? 0, 24, [siteStage(load)]),
    wave('Bills and notices of the median site', median(sizes), 24, [siteStage(load)]),
  ];
};

const sweepSeconds = ({ facts }: Measured): number => facts.timeouts['HuiyinBilling/Sweep'] ?? 0;

/**
 * So many executions at most are started for one instant: a sweep that is cut off while it looks for what comes within the
 * horizon is followed by others; two are counted, since each begins again with those that have been started.
 */
export const startedAhead = (measured: Measured): number => {
  const perSecond = through(TOGETHER, msOf(measured.loads.friendly, 'HuiyinBilling/ScheduleWakeUps'));
  const started = Math.min(LIMITS.startExecution.value, perSecond) * sweepSeconds(measured) * 2;
  return Math.min(LIMITS.openExecutions.value, started);
};

/** Everybody who has not paid wakes up from 09:00 of the day after the due day; what is not done by midnight is a miss. */
const dunning = (a: Assumptions, measured: Measured): Wave => {
  const load = measured.loads.friendly;
  const wakeUpMs = msOf(load, 'HuiyinBilling/WakeUp');
  const sweepEach = through(TOGETHER, wakeUpMs) * (sweepSeconds(measured) / (SWEEP_EVERY / SECOND));
  const hours = 15;
  return wave(
    'Steps of the first rung on one due day',
    a.units * a.owing1,
    hours,
    [
      {
        name: 'timers that sweeps started 72 h ahead, and sweeps for the rest',
        byTime: true,
        perSecond: startedAhead(measured) / (hours * (HOUR / SECOND)) + sweepEach,
        lever: 'sites choose their due day; one sweep at a time, ten side by side: no parameter',
      },
      dueStage(load),
      ...mailStages(measured, load),
      ...streamStages(measured, load),
    ],
    true,
  );
};

/** Receipts have one writer a site, and one queue for all. */
const receipts = (a: Assumptions, measured: Measured): Wave[] => {
  const load = measured.loads.payment;
  const ofDay = (units: number) => units * (1 - a.owing60) * a.payPeakDay;
  const alone: Stage = {
    name: "a site's one writer of serials",
    byTime: true,
    perSecond: through(1, msOf(load, WRITER)),
    lever: 'none: serials without gaps have one writer a site; receipts come later, payments stand',
  };
  return [
    wave('Payments of the best day', ofDay(a.units), a.payHours / a.payPeakFactor, [
      {
        name: 'the FIFO queue of receipts',
        perSecond: LIMITS.fifo.value,
        lever: 'high throughput of the queue: no parameter, a line in infra/payments.ts',
      },
      dueStage(load),
      ...streamStages(measured, load),
    ]),
    wave("The largest site's payments of the best day", ofDay(sizesOf(a)[0] ?? 0), 24, [alone]),
  ];
};

/** A policy's due day is one of so many. */
export const DUE_DAYS = 28;

/** Work that comes all at once and takes as long as it takes: how long, and what holds it up. */
export const wavesOf = (a: Assumptions, measured: Measured): Wave[] => [
  ...bills(a, measured),
  dunning(a, measured),
  ...receipts(a, measured),
];
