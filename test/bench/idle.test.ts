import { expect, it } from 'vitest';
import { idleOf, pricesOfIdle } from './idle.ts';

const watched = (Namespace: string, MetricName: string, Dimensions?: object[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Namespace, MetricName, Dimensions },
});
const failed = (impact: string) => watched('Huiyin', 'Failed', [{ Name: 'impact', Value: impact }]);
const queue = (name: string, fifo = false) => ({ arn: `arn:aws:sqs:us-east-1:0:${name}`, fifo });
const polls = ({ arn: source }: { arn: string }, maxConcurrency?: number) => ({
  source,
  ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
});
const none = { mappings: [], queues: [] };

it('counts alarms, each for every metric it is over', () => {
  const math = { Expression: 'a / b' };
  const templates = [
    { Resources: { One: watched('AWS/Lambda', 'Errors'), Two: watched('AWS/SQS', 'Age') } },
    {
      Resources: {
        Three: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { Metrics: [math, { MetricStat: {} }, { MetricStat: {} }] },
        },
        Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      },
    },
  ];
  expect(idleOf(templates, none)).toEqual({ alarms: 4, metrics: 0, pollers: 0 });
});

it('counts custom metrics once, by their dimensions: those an alarm is over, and those a filter reads from logs', () => {
  const filter = { MetricTransformations: [{ MetricNamespace: 'Huiyin', MetricName: 'Slow', MetricValue: '1' }] };
  const templates = [
    { Resources: { One: failed('money'), Other: failed('owed'), Later: failed('money') } },
    { Resources: { Theirs: watched('AWS/Lambda', 'Errors') } },
    { Resources: { Filter: { Type: 'AWS::Logs::MetricFilter', Properties: filter } } },
  ];
  expect(idleOf(templates, none)).toMatchObject({ alarms: 4, metrics: 3 });
});

it('counts what polls a queue: five where the mapping has a most, two where it can go down, of FIFO always five', () => {
  const [bounded, free, fifo] = [queue('bounded'), queue('free'), queue('fifo.fifo', true)];
  const stream = { source: 'arn:aws:dynamodb:us-east-1:0:table/t/stream/s' };
  const of = (...mappings: { source: string }[]) => idleOf([], { mappings, queues: [bounded, free, fifo] }).pollers;
  expect(of(polls(bounded, 2))).toBe(5);
  expect(of(polls(free))).toBe(2);
  expect(of(polls(fifo))).toBe(5);
  expect(of(stream)).toBe(0);
  expect(of(polls(bounded, 10), polls(free), polls(fifo), stream)).toBe(12);
});

it('prices a month of them by the list', () => {
  const prices = pricesOfIdle({ alarms: 25, metrics: 6, pollers: 5 });
  expect(prices.alarmsUsd).toBeCloseTo(2.5, 9);
  expect(prices.metricsUsd).toBeCloseTo(1.8, 9);
  // 5 × 3 a minute × 43,200 minutes = 648,000 requests at $0.40 a million.
  expect(prices.pollsUsd).toBeCloseTo(0.2592, 9);
  expect(prices.totalUsd).toBeCloseTo(4.5592, 9);
});
