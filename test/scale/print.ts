import { LIST_PRICES } from '../../local/gateway/index.ts';
import { table } from '../checks/docs/markdown.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { gb, num, times, usd } from './format.ts';
import { nameOf } from './keys.ts';
import { LOADS } from './measured.ts';
import { idleMonth, KEPT, type Money } from './money.ts';
import type { Scale, simulated } from './scale.ts';
import { DUE_DAYS } from './waves.ts';

const KEYS_SHOWN = 12;
/** Everything that does not fit, by what it rests on. */
const over = ({ findings, waves }: Scale, byTime: boolean): string[] => [
  ...findings
    .filter((one) => one.headroom < 1 && one.byTime === byTime)
    .map(({ what, headroom, lever }) => `- ${what}: ${times(headroom)} of what is asked. Lever: ${lever}.`),
  ...waves.flatMap(({ name, spreads, stages }) =>
    stages
      .filter((stage) => stage.headroom < 1 && (stage.byTime ?? false) === byTime)
      .map((stage) => {
        const spread = spreads ? `; spread over ${DUE_DAYS} days ${times(stage.headroom * DUE_DAYS)}` : '';
        return `- ${name}, ${stage.name}: ${times(stage.headroom)} of what is asked, ${num(stage.hours)} h${spread}. Lever: ${stage.lever}.`;
      }),
  ),
];

const waveLines = ({ name, many, hours, spreads, stages }: Scale['waves'][number]): string[] => [
  `### ${name}`,
  '',
  `${num(many)}, within ${num(hours)} h.`,
  '',
  ...table(
    ['held up by', 'a second', 'hours', 'headroom', `over ${DUE_DAYS} days`, 'rests on', 'lever'],
    stages.map((stage) => [
      stage.name,
      num(stage.perSecond),
      num(stage.hours),
      times(stage.headroom),
      spreads ? times(stage.headroom * DUE_DAYS) : '',
      stage.byTime ? 'ms' : 'counts',
      stage.lever,
    ]),
  ),
  '',
];

const moneyRow = (name: string, money: Money): string[] => {
  const grown = KEPT.reduce((sum, kept) => sum + money.grown[kept], 0);
  const { units, useUsd, mailUsd, yearStoredUsd, rowBytes, rowUsd, rowSeldomUsd, counterBytes } = money;
  return [
    name,
    num(units),
    usd(useUsd),
    usd(mailUsd),
    gb(grown),
    usd(yearStoredUsd),
    gb(rowBytes),
    `${usd(rowUsd)} / ${usd(rowSeldomUsd)}`,
    gb(counterBytes),
  ];
};

/** What a month costs with nothing to do. */
const idleLines = ({ assumptions, measured }: Pick<ReturnType<typeof simulated>, 'assumptions' | 'measured'>) => {
  const { timetableUsd, alarmsUsd, metricsUsd, pollsUsd, totalUsd } = idleMonth(assumptions, measured);
  const { alarms, metrics, pollers } = measured.facts.idle;
  return [
    '## With nothing to do, a month',
    '',
    'What is deployed costs this before anybody does anything, storage aside. A custom metric is paid by the hour in which it is written; here every hour has something to tell. A queue is polled for as long as its mapping is there.',
    '',
    ...table(
      ['what', 'how many', 'price'],
      [
        ['what runs on a timetable', '', usd(timetableUsd)],
        ['alarms', num(alarms), usd(alarmsUsd)],
        ['custom metrics', num(metrics), usd(metricsUsd)],
        ['long polls of queues', num(pollers), usd(pollsUsd)],
        ['all', '', usd(totalUsd)],
      ],
    ),
    '',
  ];
};

/** The load model's figures, as the document shows them (Markdown); also what `npm run scale` prints. */
export const scalePage = (scale: ReturnType<typeof simulated>): string => {
  const { hour, findings, shards, waves, money, exported, measured, assumptions } = scale;
  const { median, largest, all } = money;
  const unitBytes = measured.loads.unit.keys.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    '# Scale',
    '',
    `Figures of the load model in [scale.md](../scale.md), from what \`npm run bench\` measured ([measured.json](../scale/measured.json); ${measured.machine.cpus} CPUs, load ${num(measured.machine.load)}) and list prices of ${LIST_PRICES.asOf} (${LIST_PRICES.region}). Headroom is how many times the demand fits; below 1 it does not.`,
    '',
    '## What does not fit',
    '',
    'By what was counted:',
    '',
    ...over(scale, false),
    '',
    'By milliseconds, which are processor time of the machine that measured and a declared time for each call of AWS:',
    '',
    ...over(scale, true),
    '',
    '## Assumed',
    '',
    ...table(
      ['what', 'value', 'unit', 'why'],
      Object.entries(ASSUMPTIONS).map(([name, { unit, why }]) => [
        `\`${name}\``,
        num(assumptions[name as keyof typeof ASSUMPTIONS]),
        unit,
        why,
      ]),
    ),
    '',
    '## Monday, nine to ten',
    '',
    `${Object.entries(hour.counts)
      .map(([name, n]) => `${num(n)} × ${name}`)
      .join(', ')}. Per second, in the hottest minute:`,
    '',
    ...table(
      ['what', 'asked', 'limit', 'unit', 'headroom', 'limit documented in', 'lever'],
      findings.map(({ what, demand, limit, unit, headroom, source, lever }) => [
        what,
        num(demand),
        num(limit),
        unit,
        times(headroom),
        source,
        lever,
      ]),
    ),
    '',
    `Hottest partition keys, of all that more than one share (the first ${KEYS_SHOWN}):`,
    '',
    ...table(
      ['key', 'write units/s', 'read units/s', 'site, by size'],
      hour.keys
        .slice(0, KEYS_SHOWN)
        .map(({ shape, writes, reads, site }) => [
          nameOf(shape),
          num(writes),
          num(reads),
          site === undefined ? 'all' : `${site + 1}`,
        ]),
    ),
    '',
    'Streams: a shard is a partition of the table; a reader does so many batches of it at once.',
    '',
    ...table(
      ['table', 'events/s', 'write units/s', 'shards', 'shards its readers need'],
      shards.map(({ table: name, events, writes, byWrites, byReader }) => [
        name,
        num(events),
        num(writes),
        num(byWrites),
        Object.entries(byReader)
          .map(([reader, n]) => `${reader} ${num(n)}`)
          .join(', '),
      ]),
    ),
    '',
    '## What comes all at once',
    '',
    ...waves.flatMap(waveLines),
    ...idleLines(scale),
    '## Money and storage, a month',
    '',
    'Use is requests, functions, events and transitions; storage with continuous backup, of what a year adds. Case rows are kept at hand for 13 months, priced in the standard class and in the one for what is seldom read. Counters are bounded by sites × days.',
    '',
    ...table(
      ['site', 'units', 'use', 'mail', 'grows by', 'a year stored', 'case rows', 'their price', 'counters'],
      [moneyRow('median', median), moneyRow('largest', largest), moneyRow('all', all)],
    ),
    '',
    ...table(
      ['what grows', 'median site', 'all sites'],
      KEPT.map((kept) => [kept, gb(median.grown[kept]), gb(all.grown[kept])]),
    ),
    '',
    `Kept from the beginning: ${num(unitBytes)} bytes for each unit with its payer, ${gb(unitBytes * assumptions.units)} for all.`,
    '',
    '## The open data export, a month of all sites',
    '',
    'A message for each event, sent and then received and deleted by tens; an object for each journal of a batch, and a batch is 1,000 events or what five minutes bring. Stored: what a year adds, three months of it at hand, the rest archived. Not in the tables above.',
    '',
    ...table(
      ['events', 'queue requests', 'their price', 'batches', 'objects', 'their price', 'grows by', 'a year stored'],
      [
        [
          num(exported.events),
          num(exported.requests),
          usd(exported.queueUsd),
          num(exported.batches),
          num(exported.objects),
          usd(exported.putsUsd),
          gb(exported.bytes),
          usd(exported.yearStoredUsd),
        ],
      ],
    ),
    '',
    '## Measured, each with all that it causes',
    '',
    ...table(
      [
        'what',
        'read units',
        'write units',
        'events',
        'PutEvents',
        'starts',
        'functions',
        'ms',
        'SQS',
        'mails',
        'per 1,000',
      ],
      LOADS.map((name) => {
        const load = measured.loads[name];
        const of = (call: string) => num(load.calls[call] ?? 0);
        return [
          name,
          num(load.readUnits),
          num(load.writeUnits),
          num(load.events),
          of('events.PutEvents'),
          of('states.StartExecution'),
          num(load.invocations),
          num(load.functionMs),
          num(load.sqsRequests),
          num(load.mails),
          usd(load.per1000Usd),
        ];
      }),
    ),
  ].join('\n');
};
