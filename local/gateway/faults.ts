/** Faults that tests put in the way of calls. */
import { AwsError } from '../aws-error.ts';
import type { Copy, CopyTable } from './lag.ts';
import type { AwsRequest, Service } from './request.ts';
import { isWrite, writtenTables } from './tables.ts';

/**
 * - throttle: refused for its rate, without effect; a write also where an index of its table can't take more
 * - partial: every other part of a call isn't taken, the first among them, and the answer says which
 * - stale-index: an index shows its table as it was when the fault was set: what is new is missing, what has changed or
 *   gone is there as it was
 * - timeout: no answer for a while, then the connection is lost; without effect
 * - error-before / error-after: an internal error without effect / the effect happened, its answer is lost
 * - crash-before / crash-after: the calling function is killed before / after the effect
 * - conflict: DynamoDB's transaction conflict
 */
export type FaultKind =
  | 'throttle'
  | 'partial'
  | 'stale-index'
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

/** What strikes a call; of an index that lags, the table as it was, if it was written to since. */
export interface Strike {
  kind: FaultKind;
  asItWas: Promise<Copy | undefined> | undefined;
}

export interface Faults {
  inject(fault: Fault): FaultHandle;
  /** The fault that strikes this call; counts it. */
  strike(request: AwsRequest): Strike | undefined;
  /** A write is about to have its effect: keeps what indexes that lag go on showing. */
  writing(request: AwsRequest): Promise<void>;
  clear(): void;
}

interface Active {
  fault: Fault;
  seen: number;
  hits: number;
  copies: Map<string, Promise<Copy | undefined>>;
}

export function createFaults(copyTable: CopyTable): Faults {
  const active = new Set<Active>();
  const end = (entry: Active) => {
    active.delete(entry);
    // The cloud may be stopping: then they go with it, or lie there unused.
    for (const copy of entry.copies.values()) copy.then((made) => made?.drop()).catch(() => {});
  };
  return {
    inject(fault) {
      const entry: Active = { fault, seen: 0, hits: 0, copies: new Map() };
      active.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => end(entry),
      };
    },
    strike(request) {
      for (const entry of active) {
        if (!matches(entry.fault, request)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.fault.after ?? 0) || entry.hits >= (entry.fault.times ?? 1)) continue;
        entry.hits += 1;
        return { kind: entry.fault.kind, asItWas: entry.copies.get(String(request.body.TableName)) };
      }
      return undefined;
    },
    async writing(request) {
      const lagging = [...active].filter(({ fault }) => fault.kind === 'stale-index');
      if (lagging.length === 0 || !isWrite(request)) return;
      for (const { copies } of lagging) {
        for (const table of writtenTables(request)) {
          if (!copies.has(table)) copies.set(table, copyTable(table));
          await copies.get(table);
        }
      }
    },
    clear: () => [...active].forEach(end),
  };
}

function matches(fault: Fault, request: AwsRequest): boolean {
  if (fault.function !== undefined && !request.principal.includes(fault.function)) return false;
  if (fault.service !== undefined && fault.service !== request.service) return false;
  if (fault.action !== undefined && fault.action !== request.action) return false;
  if (fault.kind === 'stale-index' && request.body.IndexName === undefined) return false;
  return fault.match?.(request) ?? true;
}

/** The refusal a throttled client sees, and what else its answer says. */
export function throttled(request: AwsRequest): { error: AwsError; extra?: object } {
  if (request.action === 'TransactWriteItems') return cancelled(request, 'ThrottlingError');
  return { error: overRate(request) };
}

function overRate(request: AwsRequest): AwsError {
  if (request.service === 'dynamodb') {
    return new AwsError('ProvisionedThroughputExceededException', 'The level of configured throughput was exceeded');
  }
  if (request.service === 'ses') return new AwsError('Throttling', 'Maximum sending rate exceeded.');
  if (request.service === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
  return new AwsError('ThrottlingException', 'Rate exceeded');
}

/** Another transaction holds one of the items: the error and what else its answer says. */
export function conflicted(request: AwsRequest): { error: AwsError; extra?: object } {
  if (Array.isArray(request.body.TransactItems)) return cancelled(request, 'TransactionConflict');
  return { error: new AwsError('TransactionConflictException', 'Transaction is ongoing for the item') };
}

/** A transaction fails as a whole; which item it was for, and why, stands in its reasons. */
function cancelled({ body }: AwsRequest, code: string): { error: AwsError; extra: object } {
  const reasons = (body.TransactItems as unknown[]).map((_, index) => ({ Code: index === 0 ? code : 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return { error: new AwsError('TransactionCanceledException', message), extra: { CancellationReasons: reasons } };
}
