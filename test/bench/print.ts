import { availableParallelism, loadavg } from 'node:os';
import { LIST_PRICES } from '../../local/gateway/index.ts';
import { type Bundle, GOAL_IMPORT_MS, GOAL_KB } from './bundles.ts';
import type { Cost, where } from './cost.ts';
import { GOAL_READ_UNITS, type measureDashboard } from './dashboard.ts';
import { type Idle, pricesOfIdle } from './idle.ts';
import { GOAL_P99_MS, type measureLatency } from './latency.ts';
import { GOAL_USD, type measureLifecycle } from './lifecycle.ts';
import { GOAL_SECONDS, type measureMonth } from './month.ts';
import { GOAL_PAGE_KB, type measurePaper } from './paper.ts';
import { GOAL_GROWTH, GOAL_NOTICES_USD, GOAL_RUN_RATIO, type measureRun } from './run.ts';
import { GOAL_RATIO, type measureThroughput } from './throughput.ts';

/** Rows as columns: the first to the left, figures to the right. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all
    .map((row) =>
      row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  '),
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
};

const few = (n: number, digits = 1): string => (Number.isInteger(n) ? String(n) : n.toFixed(digits));
const usd = (n: number): string => `$${n.toFixed(4)}`;

const cells = (name: string, cost: Cost): string[] => [
  name,
  few(cost.readUnits),
  few(cost.writeUnits),
  few(cost.transitions),
  few(cost.events),
  few(cost.invocations),
  few(cost.functionMs, 0),
  few(cost.sqsRequests),
  few(cost.mails),
  few(cost.apiRequests),
  usd(cost.per1000Usd),
];
const HEAD = ['each', 'read', 'write', 'transit', 'events', 'invoc', 'fn ms', 'sqs', 'mail', 'api', 'per 1,000'];

const printWhere = ({ units, top }: ReturnType<typeof where>): string[] => [
  `  Where the money goes: ${units.map(({ unit, per1000Usd }) => `${unit} ${usd(per1000Usd)}`).join(', ')}`,
  table(
    ['who', 'action', 'unit', 'each', 'per 1,000'],
    top.map(({ who, action, unit, each, per1000Usd }) => [who, action, unit, few(each), usd(per1000Usd)]),
  ),
];

/** What is paid with nothing to do, dollars a month. */
const printIdle = (timetableUsd: number, idle: Idle): string => {
  const { alarmsUsd, metricsUsd, pollsUsd, totalUsd } = pricesOfIdle(idle);
  const parts: [what: string, dollars: number][] = [
    ['what runs on a timetable', timetableUsd],
    [`${idle.alarms} alarms`, alarmsUsd],
    [`${idle.metrics} custom metrics`, metricsUsd],
    [`${idle.pollers} long polls of queues`, pollsUsd],
  ];
  const told = parts.map(([what, dollars]) => `${what} $${dollars.toFixed(2)}`).join(', ');
  return `$${(timetableUsd + totalUsd).toFixed(2)} (${told})`;
};

export const printLifecycle = (found: Awaited<ReturnType<typeof measureLifecycle>>): string => {
  const { lines, total, others, standingUsdPerMonth, idle } = found;
  return [
    `Price of a complaint's life, all it causes included, at list prices of ${LIST_PRICES.asOf} (${LIST_PRICES.region}), without email`,
    table(HEAD, [
      ...lines.map(({ name, cost }) => cells(name, cost)),
      cells('a whole life', total),
      ...others.map(({ name, cost }) => cells(name, cost)),
    ]),
    '',
    ...printWhere(found),
    `  With nothing to do, a month: ${printIdle(standingUsdPerMonth, idle)}`,
  ].join('\n');
};

export const printBundles = (bundles: readonly Bundle[]): string =>
  [
    'Bundles: minified, SDK included; import in a fresh process, median of 5',
    table(
      ['function', 'KB', 'import ms'],
      bundles.map(({ functions: [first, ...others], kb, importMs }) => [
        others.length > 0 ? `${first} and ${others.length} more` : (first ?? ''),
        String(kb),
        String(importMs),
      ]),
    ),
  ].join('\n');

export const printThroughput = (found: Awaited<ReturnType<typeof measureThroughput>>): string =>
  `Commands through the API, ${found.clients} clients: ${few(found.commandsPerSecond, 0)} a second ` +
  `(${few(found.settledPerSecond, 0)} with all they cause), p50 ${few(found.p50Ms, 0)} ms, p99 ${few(found.p99Ms, 0)} ms, CPU ${few(found.cpuMsPerCommand)} ms each; ` +
  `raw transactions of three items: ${few(found.rawPerSecond, 0)} a second; ratio ${found.ratio.toFixed(2)}`;

export const printLatency = (found: Awaited<ReturnType<typeof measureLatency>>): string =>
  `From command to counter, wall speed, light load, ${found.commands} commands: p50 ${few(found.p50Ms, 0)} ms, ` +
  `p99 ${few(found.p99Ms, 0)} ms, longest ${few(found.maxMs, 0)} ms`;

export const printDashboard = (found: Awaited<ReturnType<typeof measureDashboard>>): string =>
  `The group's figures of ${found.months} months over ${found.sites} sites, and of the ${found.months} before, each of ${found.cellsAMonth} counts: ` +
  `${few(found.readUnits)} read units, p50 ${few(found.p50Ms, 0)} ms, p95 ${few(found.p95Ms, 0)} ms through the API`;

export const printMonth = (found: Awaited<ReturnType<typeof measureMonth>>): string =>
  `A site's month (${found.contacts} contacts, ${found.complaints} of them complaints, ${found.days} days) in the moved clock: ` +
  `${few(found.seconds)} s`;

export const printPaper = (found: Awaited<ReturnType<typeof measurePaper>>): string =>
  `Fee notices as PDF, one file each: ${few(found.pagesPerSecond, 0)} pages a second, ${few(found.kbPerPage)} KB a page with the font; ` +
  `${found.notices} in one file: ${few(found.listPagesPerSecond, 0)} pages a second, ${few(found.listKbPerPage)} KB a page`;

export const printRun = ({
  small,
  large,
  growth,
  notice,
  where: spent,
  per10000NoticesUsd,
}: Awaited<ReturnType<typeof measureRun>>) =>
  [
    'A bill run on the engine, from its issue until every bill is entered',
    table(
      ['units', 'bills a second', 'raw', 'ratio', 'write units a bill', 'read units'],
      [small, large].map(({ units, billsPerSecond, rawPerSecond, ratio, writeUnits, readUnits }) => [
        few(units),
        few(billsPerSecond, 0),
        few(rawPerSecond, 0),
        few(ratio, 2),
        few(writeUnits, 2),
        few(readUnits, 2),
      ]),
    ),
    `  A bill of the large run uses ${few(growth, 3)} times what one of the small run does`,
    `  A notice with all before and after it (bill, events, figures, mail, delivery), without email: ${usd(per10000NoticesUsd)} per 10,000`,
    table(HEAD, [cells('notice', notice)]),
    ...printWhere(spent),
  ].join('\n');

interface Goal {
  what: string;
  value: number;
  goal: number;
  unit: string;
  atLeast?: boolean;
  why: string;
}

/** By how much a goal was missed, and why; `undefined` when met. */
const missed = ({ what, value, goal, unit, atLeast = false, why }: Goal): string | undefined => {
  if (atLeast ? value >= goal : value <= goal) return undefined;
  const by = Math.round((Math.abs(value - goal) / goal) * 100);
  const wanted = `${atLeast ? 'at least' : 'at most'} ${goal}${unit}`;
  return `goal missed by ${by}%: ${what} ${few(value, 2)}${unit}, wanted ${wanted}; ${why}`;
};

const busy = () => `the machine had a load of ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} CPUs`;

export const missedPrice = ({ total, units }: Awaited<ReturnType<typeof measureLifecycle>>) => [
  missed({
    what: 'price of 1,000 lives',
    value: total.per1000Usd,
    goal: GOAL_USD,
    unit: ' USD',
    why: `the dearest are ${units
      .slice(0, 2)
      .map(({ unit, per1000Usd }) => `${unit} ${usd(per1000Usd)}`)
      .join(' and ')}; the timer of a callback is start, wait, ask, choice and end even when it finds nothing to do`,
  }),
];

/** Why a function is larger than others. */
const LARGE: Record<string, string> = {
  'HuiyinRegistry/Imports/Function': 'its readers of CSV and XLSX are 100 KB',
};

export const missedBundles = (bundles: readonly Bundle[]) =>
  bundles.flatMap(({ functions: [first = ''], kb, importMs }) => [
    missed({
      what: `size of ${first}`,
      value: kb,
      goal: GOAL_KB,
      unit: ' KB',
      why: LARGE[first] ?? 'the SDK and zod are 300 KB of it',
    }),
    missed({
      what: `import of ${first}`,
      value: importMs,
      goal: GOAL_IMPORT_MS,
      unit: ' ms',
      why: `most of it is the SDK; ${busy()}`,
    }),
  ]);

export const missedRatio = ({ ratio, cpuMsPerCommand }: Awaited<ReturnType<typeof measureThroughput>>) => [
  missed({
    what: 'commands per raw transaction',
    value: ratio,
    goal: GOAL_RATIO,
    unit: '',
    atLeast: true,
    why:
      `a command and what it causes take ${few(cpuMsPerCommand)} ms of CPU (SDK calls, each signed and sent by HTTP ` +
      'twice, to the gateway and to the engine), a raw transaction less than one; here they share the CPUs',
  }),
];

export const missedLatency = ({ p99Ms }: Awaited<ReturnType<typeof measureLatency>>) => [
  missed({ what: 'p99 from command to counter', value: p99Ms, goal: GOAL_P99_MS, unit: ' ms', why: busy() }),
];

export const missedDashboard = ({ readUnits, cellsAMonth }: Awaited<ReturnType<typeof measureDashboard>>) => [
  missed({
    what: "read units of the group's page",
    value: readUnits,
    goal: GOAL_READ_UNITS,
    unit: '',
    why: `half of it is the year before; each month holds ${cellsAMonth} counts`,
  }),
];

export const missedMonth = ({ seconds }: Awaited<ReturnType<typeof measureMonth>>) => [
  missed({
    what: "a site's month",
    value: seconds,
    goal: GOAL_SECONDS,
    unit: ' s',
    why: `most of it are the sweeps of three services every 15 minutes; ${busy()}`,
  }),
];

export const missedRun = ({ large, growth, per10000NoticesUsd }: Awaited<ReturnType<typeof measureRun>>) => [
  missed({
    what: 'bills a second by raw ones',
    value: large.ratio,
    goal: GOAL_RUN_RATIO,
    unit: '',
    atLeast: true,
    why: busy(),
  }),
  missed({
    what: "growth of a bill's units from 2,000 to 20,000",
    value: growth,
    goal: GOAL_GROWTH,
    unit: '',
    why: 'what a run reads once is read once a worker and ten pages',
  }),
  missed({
    what: 'price of 10,000 notices',
    value: per10000NoticesUsd,
    goal: GOAL_NOTICES_USD,
    unit: ' dollars',
    why: 'a mail is claimed, sent and delivered in a transaction each, so that a death between two of them can be told apart',
  }),
];

export const missedPaper = ({ kbPerPage }: Awaited<ReturnType<typeof measurePaper>>) => [
  missed({
    what: 'a page of PDF',
    value: kbPerPage,
    goal: GOAL_PAGE_KB,
    unit: ' KB',
    why: 'the font is in every file',
  }),
];
