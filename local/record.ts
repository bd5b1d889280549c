import { createWriteStream, type WriteStream } from 'node:fs';
import type { Clock } from './clock.ts';
import type { InvocationUse } from './functions/functions.ts';
import type { Meter } from './gateway/index.ts';
import type { Deployment, FunctionModel } from './model.ts';
import type { Message, Queue } from './triggers/queues.ts';

/** Log lines kept in memory. */
const MOST_LINES = 20_000;
/** CloudWatch Logs adds this to every event it ingests. Source: its pricing of ingestion. */
const LOG_EVENT_BYTES = 26;
/** START, END and REPORT of one invocation, about; not written where the system's log level is WARN. */
const PLATFORM_LOG_BYTES = 300;

export interface LogLine {
  /** By the local cloud's clock. */
  at: number;
  function: string;
  line: string;
}

/** The functions' logs: a ring in memory, a file (clock time, function, line) when data is kept, and their bytes on the bill. */
export interface Logs {
  add(fn: FunctionModel, text: string): void;
  lines(): LogLine[];
  close(): void;
}

export function createLogs(meter: Meter, clock: Clock, file: string | undefined): Logs {
  const stream: WriteStream | undefined = file ? createWriteStream(file, { flags: 'a' }) : undefined;
  let ring: LogLine[] = [];
  return {
    add(fn, text) {
      for (const line of text.split('\n').filter((part) => part !== '')) {
        const at = clock.now();
        ring.push({ at, function: fn.path, line });
        stream?.write(`${new Date(at).toISOString()} ${fn.path} ${line}\n`);
        meter.count(fn.name, 'Logs', 'logs.bytes', Buffer.byteLength(line) + LOG_EVENT_BYTES);
      }
      if (ring.length > 2 * MOST_LINES) ring = ring.slice(-MOST_LINES);
    },
    lines: () => ring.slice(-MOST_LINES),
    close: () => stream?.end(),
  };
}

/** Bills an invocation: whole milliseconds, initialization included. */
export function countInvocation(meter: Meter, { fn, billedMs, initMs }: InvocationUse): void {
  meter.count(fn.name, 'Invoke', 'lambda.invocations');
  meter.count(fn.name, 'Invoke', 'lambda.mbMs', Math.ceil(billedMs + initMs) * fn.memoryMb);
  if (fn.logsInvocations) meter.count(fn.name, 'Logs', 'logs.bytes', PLATFORM_LOG_BYTES);
}

/** A dead letter: the body as JSON where it is JSON, and the attributes as text. */
export interface DeadLetter {
  body: unknown;
  attributes: Record<string, string>;
}

/** What lies in the queues that others send their failures to. */
export function deadLetters(deployment: Deployment, queues: Queue[]): { queue: string; messages: DeadLetter[] }[] {
  const targets = [...deployment.rules.flatMap((rule) => rule.targets), ...deployment.schedules.map((s) => s.target)];
  const arns = new Set([
    ...targets.map(({ deadLetter }) => deadLetter),
    ...deployment.mappings.map(({ onFailure }) => onFailure),
    ...deployment.functions.map((fn) => fn.async.onFailure),
    ...deployment.queues.map(({ redrive }) => redrive?.target),
  ]);
  return queues
    .filter((queue) => arns.has(queue.model.arn) && queue.messages().length > 0)
    .map((queue) => ({ queue: queue.model.name, messages: queue.messages().map(deadLetter) }));
}

function deadLetter(message: Message): DeadLetter {
  const attributes = Object.entries(message.attributes).map(([name, value]) => [name, value.StringValue ?? '']);
  let body: unknown = message.body;
  try {
    body = JSON.parse(message.body);
  } catch {
    // Not JSON: as it was sent.
  }
  return { body, attributes: Object.fromEntries(attributes) };
}
