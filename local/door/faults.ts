/** Faults that tests put in the way of calls. */
import { AwsError } from '../aws-error.ts';
import type { AwsRequest, Service } from './request.ts';

/**
 * - throttle: refused for its rate, without effect
 * - timeout: no answer for a while, then the connection is lost; without effect
 * - error-before / error-after: an internal error without effect / the effect happened, its answer is lost
 * - crash-before / crash-after: the calling function is killed before / after the effect
 * - conflict: DynamoDB's transaction conflict
 */
export type FaultKind =
  | 'throttle'
  | 'timeout'
  | 'error-before'
  | 'error-after'
  | 'crash-before'
  | 'crash-after'
  | 'conflict';

export interface Fault {
  kind: FaultKind;
  /** Function name or a part of it. */
  function?: string;
  service?: Service;
  action?: string;
  match?(request: AwsRequest): boolean;
  /** How often it strikes; 1 by default. */
  times?: number;
  /** How many matching calls pass first. */
  after?: number;
}

export interface FaultHandle {
  /** Calls struck so far. */
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  inject(fault: Fault): FaultHandle;
  /** The fault that strikes this call; counts it. */
  strike(request: AwsRequest): FaultKind | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  const active = new Set<{ fault: Fault; seen: number; hits: number }>();
  return {
    inject(fault) {
      const entry = { fault, seen: 0, hits: 0 };
      active.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => void active.delete(entry),
      };
    },
    strike(request) {
      for (const entry of active) {
        if (!matches(entry.fault, request)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.fault.after ?? 0) || entry.hits >= (entry.fault.times ?? 1)) continue;
        entry.hits += 1;
        return entry.fault.kind;
      }
      return undefined;
    },
    clear: () => active.clear(),
  };
}

function matches(fault: Fault, request: AwsRequest): boolean {
  if (fault.function !== undefined && !request.principal.includes(fault.function)) return false;
  if (fault.service !== undefined && fault.service !== request.service) return false;
  if (fault.action !== undefined && fault.action !== request.action) return false;
  return fault.match?.(request) ?? true;
}

/** The refusal a throttled client sees. */
export function throttled(request: AwsRequest): AwsError {
  if (request.service === 'dynamodb') {
    return new AwsError('ProvisionedThroughputExceededException', 'The level of configured throughput was exceeded');
  }
  if (request.service === 'ses') return new AwsError('Throttling', 'Maximum sending rate exceeded.');
  if (request.service === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
  return new AwsError('ThrottlingException', 'Rate exceeded');
}

/** Another transaction holds one of the items: the error and what else its answer says. */
export function conflicted(request: AwsRequest): { error: AwsError; extra: object } {
  const items = request.body.TransactItems;
  if (!Array.isArray(items)) {
    const message = 'Transaction is ongoing for the item';
    return { error: new AwsError('TransactionConflictException', message), extra: {} };
  }
  const reasons = items.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return { error: new AwsError('TransactionCanceledException', message), extra: { CancellationReasons: reasons } };
}
