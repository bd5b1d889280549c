import type { HttpCall } from '../gateway/wire.ts';

/**
 * How long a function waits for AWS, in ms, in the same region and over a warm connection. Declared, not measured, so that a
 * bill depends on what is called and not on this machine's engine: the order of what AWS says where it says anything.
 * Sources: DynamoDB "single-digit millisecond performance" (developer guide, "What is Amazon DynamoDB?"); S3 "roughly 100–200
 * milliseconds" for small objects (user guide, "Performance design patterns for Amazon S3"); SQS "tens or low hundreds of
 * milliseconds" (its FAQ). Of EventBridge, Step Functions and SES nothing is said: as SQS, which keeps a message, too.
 */
const ANSWER_MS: Record<string, number> = { dynamodb: 5, s3: 100 };
const OTHERS_MS = 20;
/** A transaction reads or writes every item twice: to prepare and to commit (developer guide, "DynamoDB transactions"). */
const PHASES = 2;

/** @param action `TransactWriteItems` and the like */
export function latency(service: string, action: string): number {
  const ms = ANSWER_MS[service] ?? OTHERS_MS;
  return /^Transact(Get|Write)Items$/.test(action) ? PHASES * ms : ms;
}

export function latencyOf({ headers }: Pick<HttpCall, 'headers'>): number {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers.authorization)) ?? [];
  return latency(service, String(headers['x-amz-target']).split('.').at(-1) ?? '');
}
