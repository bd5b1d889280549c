/** A documented limit: how much, whether AWS raises it on request, and where it is written. */
export interface Limit {
  value: number;
  unit: string;
  raised: boolean;
  source: string;
}

const DYNAMODB = 'Amazon DynamoDB developer guide';
const STEPS = 'AWS Step Functions developer guide, "Step Functions service quotas"';
const BUS = 'Amazon EventBridge user guide, "Amazon EventBridge quotas"';

/** Of us-east-1, whose prices are used; other regions give less of what is marked. */
export const LIMITS = {
  partitionWrites: {
    value: 1_000,
    unit: 'write units/s',
    raised: false,
    source: `${DYNAMODB}, "Best practices for designing and using partition keys effectively"`,
  },
  partitionReads: {
    value: 3_000,
    unit: 'read units/s',
    raised: false,
    source: `${DYNAMODB}, "Best practices for designing and using partition keys effectively"`,
  },
  tableWrites: {
    value: 40_000,
    unit: 'write units/s',
    raised: true,
    source: `${DYNAMODB}, "Quotas in Amazon DynamoDB"`,
  },
  newTableWrites: {
    value: 4_000,
    unit: 'write units/s',
    raised: true,
    source: `${DYNAMODB}, "Understanding DynamoDB warm throughput"; it doubles with use, or is warmed up beforehand`,
  },
  putEvents: {
    value: 10_000,
    unit: 'calls/s',
    raised: true,
    source: `${BUS} (us-east-1; 600 in the smallest regions)`,
  },
  busInvocations: {
    value: 18_750,
    unit: 'invocations/s',
    raised: true,
    source: `${BUS} (us-east-1; 1,100 in most regions; above it they are delayed)`,
  },
  startExecution: {
    value: 300,
    unit: 'starts/s',
    raised: true,
    source: `${STEPS} (us-east-1, refill above a bucket of 1,300; 150 elsewhere)`,
  },
  transitions: { value: 5_000, unit: 'transitions/s', raised: true, source: `${STEPS} (us-east-1; 800 elsewhere)` },
  openExecutions: { value: 1_000_000, unit: 'executions', raised: true, source: STEPS },
  lambdaConcurrency: {
    value: 1_000,
    unit: 'at once',
    raised: true,
    source: 'AWS Lambda developer guide, "Lambda quotas" (tens of thousands on request)',
  },
  apiRequests: {
    value: 10_000,
    unit: 'requests/s',
    raised: true,
    source: 'Amazon API Gateway developer guide, "Amazon API Gateway quotas"',
  },
  streamReaders: {
    value: 2,
    unit: 'readers a shard',
    raised: false,
    source: `${DYNAMODB}, "Quotas in Amazon DynamoDB"`,
  },
  fifo: {
    value: 300,
    unit: 'sends/s',
    raised: true,
    source:
      'Amazon SQS developer guide, "Troubleshoot FIFO throttling issues" (3,000 messages in batches; more with high throughput)',
  },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/** Dollars a GB and month: what is stored, and its continuous backup. Source: DynamoDB's on-demand price list, us-east-1. */
export const STORED_USD = 0.25;
export const BACKUP_USD = 0.2;
/** The same in the table class for what is seldom read. */
export const SELDOM_USD = 0.1;
/** Dollars a GB and month of objects: at hand, and in Glacier Instant Retrieval. Source: S3's price list, us-east-1. */
export const OBJECTS_USD = 0.023;
export const ARCHIVED_USD = 0.004;
