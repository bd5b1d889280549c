import type { Unit } from './meter.ts';

/** Dollars for one unit of each. */
export interface Prices {
  /** ISO date on which the list was true, and for which region. */
  asOf: string;
  region: string;
  perUnit: Record<Unit, number>;
  /** What is paid for by the month, used or not: an alarm over one metric of standard resolution, a custom metric. */
  perMonth: { alarm: number; customMetric: number };
}

const MILLION = 1_000_000;
const GB = 1_073_741_824;

/**
 * AWS public on-demand list prices, without free tiers and volume discounts.
 * Lambda is arm64: a GB-second is 1024 MB for 1000 ms.
 */
export const LIST_PRICES: Prices = {
  asOf: '2025-06-01',
  region: 'us-east-1',
  perUnit: {
    'dynamodb.readUnits': 0.125 / MILLION,
    'dynamodb.writeUnits': 0.625 / MILLION,
    'events.entries': 1 / MILLION,
    'states.transitions': 25 / MILLION,
    'lambda.invocations': 0.2 / MILLION,
    'lambda.mbMs': 0.0000133334 / 1024 / 1000,
    'sqs.requests': 0.4 / MILLION,
    's3.puts': 0.005 / 1000,
    's3.gets': 0.0004 / 1000,
    'ses.messages': 0.1 / 1000,
    'api.requests': 1 / MILLION,
    'scheduler.invocations': 1 / MILLION,
    'logs.bytes': 0.5 / GB,
  },
  perMonth: { alarm: 0.1, customMetric: 0.3 },
};
