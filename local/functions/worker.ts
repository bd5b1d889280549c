import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, Invoke, WorkerSetup } from './protocol.ts';
import { reader } from './shared-time.ts';
import { replaceDate } from './worker-date.ts';

/** One Lambda execution environment: loads the bundle with the moved time in place, then serves one event at a time. */

const setup = workerData as WorkerSetup;
const send = (message: FromWorker) => parentPort!.postMessage(message);

replaceDate(reader(setup.time));
captureOutput(process.stdout);
captureOutput(process.stderr);

type Handler = (event: unknown, context: unknown) => unknown;

try {
  const begun = performance.now();
  const bundle = (await import(setup.entry)) as Record<string, unknown>;
  const handler = bundle[setup.handler];
  if (typeof handler !== 'function') throw new Error(`${setup.entry} exports no function ${setup.handler}`);
  parentPort!.on('message', (message: Invoke) => void serve(handler as Handler, message));
  send({ kind: 'ready', initMs: performance.now() - begun });
} catch (error) {
  send({ kind: 'broken', error: describe(error) });
}

async function serve(handler: Handler, invoke: Invoke): Promise<void> {
  const deadline = performance.now() + setup.timeoutMs;
  try {
    const result = await handler(JSON.parse(invoke.event), {
      ...setup.context,
      awsRequestId: invoke.requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    });
    send({ kind: 'done', payload: JSON.stringify(result ?? null) });
  } catch (error) {
    send({ kind: 'failed', error: describe(error) });
  }
}

/** The shape in which Lambda reports an error to whoever invoked. */
function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** What a function prints is its log; it goes to the log group, not to the terminal. */
function captureOutput(stream: NodeJS.WriteStream): void {
  stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    send({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8') });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') callback();
    return true;
  }) as typeof stream.write;
}
