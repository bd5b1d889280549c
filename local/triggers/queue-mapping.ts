import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { StreamMapping } from '../model.ts';
import { compilePattern } from './pattern.ts';
import type { Message, MessageAttribute, Queue } from './queues.ts';
import { md5, systemAttributes } from './sqs-api.ts';

/** Lambda starts a queue's mapping with five concurrent batches. */
const DEFAULT_CONCURRENCY = 5;

/**
 * Feeds a queue to a function. A batch that fails stays hidden until its visibility ends, then comes again; the queue's
 * redrive decides when it is enough.
 * @param patient takes a batch only when nothing else runs, so that what is in it doesn't depend on who was faster
 */
export function startQueueMapping(
  mapping: StreamMapping,
  queue: Queue,
  clock: Clock,
  functions: Functions,
  region: string,
  patient = false,
): { stop(): void } {
  const fn = functions.byArn(mapping.functionArn);
  const most = mapping.maxConcurrency ?? DEFAULT_CONCURRENCY;
  const filters = mapping.filters.map(compilePattern);
  let running = 0;
  let stopped = false;
  let windowEnd: number | undefined;

  function poll(): void {
    if (!patient || clock.work.count() === 0) pump();
  }

  function pump(): void {
    while (!stopped && running < most && !windowOpen()) {
      const received = queue.receive(mapping.batchSize, undefined, true);
      const batch = received.filter(passes);
      // What no filter wants is taken from the queue, as Lambda does.
      for (const message of received) if (!batch.includes(message)) queue.remove(message.receipt!);
      if (received.length === 0) return;
      if (batch.length > 0) void clock.work.run(`batch of ${queue.model.name}`, () => serve(batch));
    }
  }

  /** With a batching window, an incomplete batch waits (clock time) for company. */
  function windowOpen(): boolean {
    if (mapping.batchingWindow <= 0) return false;
    const now = clock.now();
    const visible = queue.messages().filter((message) => message.visibleAt <= now).length;
    if (visible === 0 || visible >= mapping.batchSize || (windowEnd !== undefined && windowEnd <= now)) {
      windowEnd = undefined;
      return false;
    }
    if (windowEnd === undefined) {
      windowEnd = now + mapping.batchingWindow;
      clock.at(windowEnd, `batching window of ${queue.model.name}`, poll);
    }
    return true;
  }

  function passes(message: Message): boolean {
    return filters.length === 0 || filters.some((matches) => matches({ body: parsed(message.body) }));
  }

  async function serve(batch: Message[]): Promise<void> {
    running++;
    const outcome = await functions.invoke(fn, { Records: batch.map(record) });
    running--;
    if (stopped) return;
    const failed = outcome.ok ? failedItems(mapping, outcome.payload) : new Set(batch.map((message) => message.id));
    for (const message of batch) {
      if (failed.has(message.id)) queue.release(message);
      else queue.remove(message.receipt!);
    }
    poll();
  }

  function record(message: Message): unknown {
    return {
      messageId: message.id,
      receiptHandle: message.receipt,
      body: message.body,
      attributes: systemAttributes(message),
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([k, v]) => [k, lambdaAttribute(v)]),
      ),
      md5OfBody: md5(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: queue.model.arn,
      awsRegion: region,
    };
  }

  queue.onVisible = poll;
  if (patient) clock.work.onIdle(pump);
  return {
    stop() {
      stopped = true;
    },
  };
}

/** The ids a function with ReportBatchItemFailures gives back; an answer that isn't one means that all is well. */
export function failedItems(mapping: StreamMapping, payload: string): Set<string> {
  if (!mapping.partialFailures) return new Set();
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier: string }[] } | null;
  return new Set((answer?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier));
}

function lambdaAttribute(attribute: MessageAttribute): unknown {
  return {
    stringValue: attribute.StringValue,
    binaryValue: attribute.BinaryValue,
    stringListValues: [],
    binaryListValues: [],
    dataType: attribute.DataType,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
