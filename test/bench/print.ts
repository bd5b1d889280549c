import { LIST_PRICES } from '../../local/door/index.ts';
import { type Bundle, GOAL_IMPORT_MS, GOAL_KB } from './bundles.ts';
import type { Cost } from './cost.ts';
import type { measureLatency } from './latency.ts';
import { GOAL_USD, type measureLifecycle } from './lifecycle.ts';
import type { measureMonth } from './month.ts';
import type { measureThroughput } from './throughput.ts';

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

export const printLifecycle = (found: Awaited<ReturnType<typeof measureLifecycle>>): string => {
  const { lines, total, others, units, top, standingUsdPerMonth } = found;
  return [
    `Price of a complaint's life, all it causes included, at list prices of ${LIST_PRICES.asOf} (${LIST_PRICES.region}), without email`,
    table(HEAD, [
      ...lines.map(({ name, cost }) => cells(name, cost)),
      cells('a whole life', total),
      ...others.map(({ name, cost }) => cells(name, cost)),
    ]),
    '',
    `  Where the money goes: ${units.map(({ unit, per1000Usd }) => `${unit} ${usd(per1000Usd)}`).join(', ')}`,
    table(
      ['who', 'action', 'unit', 'each', 'per 1,000'],
      top.map(({ who, action, unit, each, per1000Usd }) => [who, action, unit, few(each), usd(per1000Usd)]),
    ),
    `  What runs whether anything happens or not (sweeps, digests): $${standingUsdPerMonth.toFixed(2)} a month`,
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
  `(${few(found.settledPerSecond, 0)} with all they cause), p50 ${few(found.p50Ms, 0)} ms, p99 ${few(found.p99Ms, 0)} ms; ` +
  `raw transactions of three items: ${few(found.rawPerSecond, 0)} a second; ratio ${found.ratio.toFixed(2)}`;

export const printLatency = (found: Awaited<ReturnType<typeof measureLatency>>): string =>
  `From command to counter, wall speed, light load, ${found.commands} commands: p50 ${few(found.p50Ms, 0)} ms, ` +
  `p99 ${few(found.p99Ms, 0)} ms, longest ${few(found.maxMs, 0)} ms`;

export const printMonth = (found: Awaited<ReturnType<typeof measureMonth>>): string =>
  `A site's month (${found.contacts} contacts, ${found.complaints} of them complaints, ${found.days} days) in the moved clock: ` +
  `${few(found.seconds)} s`;

/** What a goal asks, and by how much it was missed; `undefined` when met. */
export const missed = (
  what: string,
  value: number,
  goal: number,
  unit: string,
  atLeast = false,
): string | undefined => {
  if (atLeast ? value >= goal : value <= goal) return undefined;
  const by = Math.round((Math.abs(value - goal) / goal) * 100);
  return `goal missed: ${what} ${few(value, 2)}${unit}, goal ${atLeast ? 'at least' : 'at most'} ${goal}${unit} (${by}% off)`;
};

export const missedBundles = (bundles: readonly Bundle[]): (string | undefined)[] =>
  bundles.flatMap(({ functions: [first = ''], kb, importMs }) => [
    missed(`size of ${first}`, kb, GOAL_KB, ' KB'),
    missed(`import of ${first}`, importMs, GOAL_IMPORT_MS, ' ms'),
  ]);

export const missedPrice = (per1000Usd: number) => missed('price of 1,000 lives', per1000Usd, GOAL_USD, ' USD');
