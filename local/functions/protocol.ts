/** What main thread and host say to each other. Events and answers travel as JSON text, as they do on AWS. */
import type { HttpAnswer, HttpCall } from '../gateway/wire.ts';

/** An execution environment, as the host is told to begin it. */
export interface EnvironmentSetup {
  /** File of the bundle. */
  entry: string;
  /** Name of the exported handler. */
  handler: string;
  timeoutMs: number;
  /** Its `process.env`. */
  variables: Record<string, string>;
  context: Record<string, string>;
}

export interface Invoke {
  requestId: string;
  event: string;
}

export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** About one environment, by its number. */
export type ToHost = { environment: number } & (
  | { kind: 'begin'; setup: EnvironmentSetup }
  | ({ kind: 'invoke' } & Invoke)
  | { kind: 'end' }
  /** No answer: the connection was lost. */
  | { kind: 'answer'; call: number; answer: HttpAnswer | undefined }
);

export type FromHost = { environment: number } & (
  | { kind: 'ready'; initMs: number }
  | { kind: 'done'; payload: string; billedMs: number }
  | { kind: 'failed'; error: FunctionError; billedMs: number }
  /** It can't go on: its bundle doesn't load, nobody caught its error, it called `process.exit`. */
  | { kind: 'broken'; error: FunctionError }
  | { kind: 'ended' }
  | { kind: 'log'; text: string }
  | { kind: 'call'; call: number; request: HttpCall }
);

/** How an invocation ended: the answer as JSON text, or the error as Lambda reports it. */
export type InvocationOutcome = { ok: true; payload: string } | { ok: false; error: FunctionError };
