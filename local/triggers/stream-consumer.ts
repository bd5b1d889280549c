import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionModel, StreamMapping } from '../model.ts';
import type { Disturbance } from './disturbance.ts';
import { compilePattern } from './pattern.ts';
import { failedItems } from './queue-mapping.ts';
import { paddedSequence, type StreamRecord } from './stream-source.ts';

/** Lambda's backoff between attempts at a stream batch is exponential; its figures are not documented. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

export interface ConsumerOptions {
  mapping: StreamMapping;
  clock: Clock;
  functions: Functions;
  region: string;
  disturbance: Disturbance;
  /** Takes a batch only when nothing else runs, so that what is in it doesn't depend on who was faster. */
  patient?: boolean | undefined;
  position: { get(): number | undefined; set(sequence: number): void };
  sendToQueue(queueArn: string, body: unknown): void;
  /** A batch given up without a queue to point to it. */
  onDropped(fn: FunctionModel, records: StreamRecord[], reason: string): void;
}

/**
 * One event source mapping: records in order, one batch at a time; a later batch never overtakes an earlier one. (The
 * mapping's parallelization factor therefore has no effect here.)
 */
export class StreamConsumer {
  readonly #options: ConsumerOptions;
  readonly #fn: FunctionModel;
  readonly #filters;
  #waiting: StreamRecord[] = [];
  #busy = false;
  #windowEnd: number | undefined;
  #stopped = false;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#fn = options.functions.byArn(options.mapping.functionArn);
    this.#filters = options.mapping.filters.map(compilePattern);
    if (options.patient) options.clock.work.onIdle(() => this.#pump());
  }

  /** The last record dealt with. */
  position(): number | undefined {
    return this.#options.position.get();
  }

  offer(records: StreamRecord[]): void {
    const done = this.position() ?? -1;
    // One by one: a backlog can be too long to spread into arguments.
    for (const record of records) if (record.sequence > done && this.#passes(record)) this.#waiting.push(record);
    this.#poll();
  }

  stop(): void {
    this.#stopped = true;
  }

  #passes(record: StreamRecord): boolean {
    return this.#filters.length === 0 || this.#filters.some((matches) => matches(record));
  }

  #poll(): void {
    if (!this.#options.patient || this.#options.clock.work.count() === 0) this.#pump();
  }

  #pump(): void {
    const { clock, mapping } = this.#options;
    if (this.#busy || this.#stopped || this.#waiting.length === 0 || this.#windowOpen()) return;
    const batch = this.#waiting.splice(0, mapping.batchSize);
    this.#busy = true;
    void clock.work.run(`batch for ${this.#fn.path}`, async () => {
      this.#try(this.#disturbed(batch), 0);
    });
  }

  /** With a batching window, an incomplete batch waits (clock time) for company. */
  #windowOpen(): boolean {
    const { clock, mapping } = this.#options;
    if (mapping.batchingWindow <= 0 || this.#waiting.length >= mapping.batchSize) return false;
    const now = clock.now();
    if (this.#windowEnd !== undefined && this.#windowEnd <= now) {
      this.#windowEnd = undefined;
      return false;
    }
    if (this.#windowEnd === undefined) {
      this.#windowEnd = now + mapping.batchingWindow;
      clock.at(this.#windowEnd, `batching window for ${this.#fn.path}`, () => this.#poll());
    }
    return true;
  }

  /** Order holds per item only, so neighbours of different items may change places. */
  #disturbed(batch: StreamRecord[]): StreamRecord[] {
    const result = [...batch];
    for (let i = 1; i < result.length; i++) {
      const [a, b] = [result[i - 1]!, result[i]!];
      const sameItem = JSON.stringify(a.dynamodb.Keys) === JSON.stringify(b.dynamodb.Keys);
      if (!sameItem && this.#options.disturbance.reorders()) [result[i - 1], result[i]] = [b, a];
    }
    return result;
  }

  /** Tries a batch; `attempts` failed before. Whatever happens, it ends by calling `then`. */
  #try(batch: StreamRecord[], attempts: number, then: () => void = () => this.#finished(batch)): void {
    void this.#options.clock.work.run(`batch for ${this.#fn.path}`, async () => {
      const left = await this.#invoke(batch);
      if (this.#stopped) return;
      if (left.length === 0) return then();
      const { mapping } = this.#options;
      if (left.length < batch.length) return this.#try(left, 0, then);
      if (mapping.bisect && left.length > 1) {
        const half = Math.ceil(left.length / 2);
        return this.#try(left.slice(0, half), attempts, () => this.#try(left.slice(half), attempts, then));
      }
      this.#later(left, attempts + 1, then);
    });
  }

  /** Invokes and gives back what has to be tried again: nothing, the batch, or what follows the first failed record. */
  async #invoke(batch: StreamRecord[]): Promise<StreamRecord[]> {
    const { functions, disturbance, mapping } = this.#options;
    const event = { Records: batch.map((record) => this.#presented(record)) };
    let outcome = await functions.invoke(this.#fn, event);
    if (outcome.ok && disturbance.duplicates()) outcome = await functions.invoke(this.#fn, event);
    if (!outcome.ok) return batch;
    const failed = failedItems(mapping, outcome.payload);
    const first = batch.findIndex((record) => failed.has(record.dynamodb.SequenceNumber));
    if (first >= 0) return batch.slice(first);
    // An identifier that is none of the batch's fails it whole, as on AWS.
    return failed.size > 0 ? batch : [];
  }

  #later(batch: StreamRecord[], attempts: number, then: () => void): void {
    const { clock, mapping } = this.#options;
    const due = clock.now() + Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
    const oldest = Math.min(...batch.map((record) => record.dynamodb.ApproximateCreationDateTime)) * 1000;
    const tooOld = mapping.maxRecordAge >= 0 && due - oldest > mapping.maxRecordAge;
    if (tooOld || (mapping.retries >= 0 && attempts > mapping.retries)) {
      this.#giveUp(batch, attempts, tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
      then();
    } else clock.at(due, `retry for ${this.#fn.path}`, () => this.#try(batch, attempts, then));
  }

  #giveUp(batch: StreamRecord[], attempts: number, condition: string): void {
    const { mapping, clock } = this.#options;
    if (!mapping.onFailure) {
      this.#options.onDropped(this.#fn, batch, condition);
      return;
    }
    const sequences = batch.map((record) => record.sequence);
    const arrivals = batch.map((record) => record.dynamodb.ApproximateCreationDateTime * 1000);
    this.#options.sendToQueue(mapping.onFailure, {
      requestContext: {
        requestId: randomUUID(),
        functionArn: this.#fn.arn,
        condition,
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: paddedSequence(Math.min(...sequences)),
        endSequenceNumber: paddedSequence(Math.max(...sequences)),
        approximateArrivalOfFirstRecord: new Date(Math.min(...arrivals)).toISOString(),
        approximateArrivalOfLastRecord: new Date(Math.max(...arrivals)).toISOString(),
        batchSize: batch.length,
        streamArn: mapping.source,
      },
    });
  }

  #finished(batch: StreamRecord[]): void {
    this.#busy = false;
    this.#options.position.set(Math.max(...batch.map((record) => record.sequence)));
    this.#poll();
  }

  #presented({ sequence: _, ...record }: StreamRecord): unknown {
    const { mapping, region } = this.#options;
    return {
      ...record,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      eventSourceARN: mapping.source,
    };
  }
}
