/** What main thread and workers say to each other. Events and answers travel as JSON text, as they do on AWS. */
export interface WorkerSetup {
  time: SharedArrayBuffer;
  /** File URL of the bundle. */
  entry: string;
  /** Name of the exported handler. */
  handler: string;
  timeoutMs: number;
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

export type FromWorker =
  | { kind: 'ready'; initMs: number }
  | { kind: 'broken'; error: FunctionError }
  | { kind: 'done'; payload: string }
  | { kind: 'failed'; error: FunctionError }
  | { kind: 'log'; text: string };

/** How an invocation ended: the answer as JSON text, or the error as Lambda reports it. */
export type Outcome = { ok: true; payload: string } | { ok: false; error: FunctionError };
