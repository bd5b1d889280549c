import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIST_PRICES } from '../../local/gateway/index.ts';
import type { Deployment } from '../../local/model.ts';
import { readDeployment } from '../../local/template/index.ts';

/** What is paid for by the month whether anything happens or not, as the templates have it. */
export interface Idle {
  /** Metrics that alarms are over. */
  alarms: number;
  /** Custom metrics: what functions write into their logs for alarms, and what filters read from logs. */
  metrics: number;
  /** Long polls that are always open at queues. */
  pollers: number;
}

/** Dollars a month. */
export interface IdlePrices {
  alarmsUsd: number;
  metricsUsd: number;
  pollsUsd: number;
  totalUsd: number;
}

interface Template {
  Resources: Record<string, { Type: string; Properties?: unknown }>;
}
interface Alarm {
  Namespace?: string;
  MetricName?: string;
  Dimensions?: unknown;
  /** Of an alarm over an expression. */
  Metrics?: { MetricStat?: unknown }[];
}
interface MetricFilter {
  MetricTransformations: { MetricNamespace: string; MetricName: string; Dimensions?: unknown }[];
}
type Polled = {
  mappings: readonly Pick<Deployment['mappings'][number], 'source' | 'maxConcurrency'>[];
  queues: readonly Pick<Deployment['queues'][number], 'arn' | 'fifo'>[];
};

/**
 * Batches at once that Lambda is ready for with nothing to do: five, and down to two of a standard queue whose mapping has no
 * most. Of FIFO queues nothing is said. Source: AWS Lambda developer guide, "Configuring scaling behavior for SQS event source
 * mappings".
 */
const POLLERS = 5;
const FEWEST_POLLERS = 2;
/** A long poll takes so long at most (s). Source: Amazon SQS developer guide, "Setting-up long polling in Amazon SQS". */
const LONG_POLL = 20;
/** Seconds of a month of thirty days. */
const MONTH = 30 * 24 * 3600;

const pollersOf = ({ mappings, queues }: Polled): number =>
  mappings.reduce((sum, { source, maxConcurrency }) => {
    const queue = queues.find(({ arn }) => arn === source);
    if (!queue) return sum;
    return sum + (queue.fifo || maxConcurrency !== undefined ? POLLERS : FEWEST_POLLERS);
  }, 0);

export const idleOf = (templates: readonly Template[], polled: Polled): Idle => {
  const all = <T>(type: string): T[] =>
    templates.flatMap(({ Resources }) =>
      Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties as T] : [])),
    );
  const alarms = all<Alarm>('AWS::CloudWatch::Alarm');
  const custom = new Set([
    ...alarms
      .filter(({ Namespace }) => Namespace !== undefined && !Namespace.startsWith('AWS/'))
      .map(({ Namespace, MetricName, Dimensions }) => JSON.stringify([Namespace, MetricName, Dimensions])),
    ...all<MetricFilter>('AWS::Logs::MetricFilter')
      .flatMap(({ MetricTransformations }) => MetricTransformations)
      .map(({ MetricNamespace, MetricName, Dimensions }) => JSON.stringify([MetricNamespace, MetricName, Dimensions])),
  ]);
  return {
    alarms: alarms.reduce((sum, { Metrics }) => sum + (Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1), 0),
    metrics: custom.size,
    pollers: pollersOf(polled),
  };
};

/** Reads it of what was synthesized. */
export const idleIn = (assembly: string): Idle =>
  idleOf(
    globSync('*.template.json', { cwd: assembly }).map(
      (file) => JSON.parse(readFileSync(join(assembly, file), 'utf8')) as Template,
    ),
    readDeployment(assembly),
  );

/** At list prices. A custom metric is paid by the hour in which it is written: this is as if each hour had something to tell. */
export const pricesOfIdle = ({ alarms, metrics, pollers }: Idle): IdlePrices => {
  const { perMonth, perUnit } = LIST_PRICES;
  const alarmsUsd = alarms * perMonth.alarm;
  const metricsUsd = metrics * perMonth.customMetric;
  const pollsUsd = pollers * (MONTH / LONG_POLL) * perUnit['sqs.requests'];
  return { alarmsUsd, metricsUsd, pollsUsd, totalUsd: alarmsUsd + metricsUsd + pollsUsd };
};
