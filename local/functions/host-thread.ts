import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { BilledTime } from './billed-time.ts';
import { loadBundle } from './host-bundle.ts';
import { GatewayCalls } from './host-http.ts';
import { replaceDate } from './moved-date.ts';
import type { EnvironmentSetup, FromHost, FunctionError, Invoke, ToHost } from './protocol.ts';
import { reader } from './shared-time.ts';

/** The thread of all functions, or of one environment: each environment has the bundle as a module of its own, and serves one event at a time. */

type Handler = (event: unknown, context: unknown) => unknown;
type Said = FromHost extends infer One ? (One extends unknown ? Omit<One, 'environment'> : never) : never;

replaceDate(reader(workerData as SharedArrayBuffer));
const living = new Map<number, Environment>();
/** Whose code runs: nothing else tells whose error nobody caught. */
const running = new AsyncLocalStorage<Environment>();

class Environment {
  readonly #id: number;
  readonly #setup: EnvironmentSetup;
  readonly #time = new BilledTime();
  readonly calls = new GatewayCalls((call, request) => this.#say({ kind: 'call', call, request }), this.#time);
  #handler: Promise<Handler> | undefined;

  constructor(id: number, setup: EnvironmentSetup) {
    this.#id = id;
    this.#setup = setup;
  }

  take(message: ToHost): void {
    if (message.kind === 'begin') this.#begin();
    else if (message.kind === 'invoke') void this.#invoke(message);
    else if (message.kind === 'answer') this.calls.answered(message.call, message.answer);
    else this.#end();
  }

  break(error: FunctionError): void {
    this.#say({ kind: 'broken', error });
    this.#end();
  }

  #begin(): void {
    this.#handler = this.#load();
    this.#handler.catch((error) => this.break(describe(error)));
  }

  async #invoke({ requestId, event }: Invoke): Promise<void> {
    const handler = await this.#handler!;
    this.#time.begin();
    const deadline = performance.now() + this.#setup.timeoutMs;
    try {
      const result = await handler(JSON.parse(event), {
        ...this.#setup.context,
        awsRequestId: requestId,
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
      });
      const payload = JSON.stringify(result ?? null);
      this.#say({ kind: 'done', payload, billedMs: this.#time.ms });
    } catch (error) {
      this.#say({ kind: 'failed', error: describe(error), billedMs: this.#time.ms });
    }
  }

  /** From here on nothing that its code still does is heard outside. */
  #end(): void {
    living.delete(this.#id);
  }

  async #load(): Promise<Handler> {
    const { entry, handler: name, variables } = this.#setup;
    this.#time.begin();
    const bundle = await loadBundle(entry, {
      variables,
      print: (text) => this.#say({ kind: 'log', text }),
      exit: (code) => {
        const errorMessage = `Runtime exited with error: exit status ${code}`;
        this.break({ errorType: 'Runtime.ExitError', errorMessage });
        throw new Error(errorMessage);
      },
    });
    const handler = bundle[name];
    if (typeof handler !== 'function') throw new Error(`${entry} exports no function ${name}`);
    this.#say({ kind: 'ready', initMs: this.#time.ms });
    return handler as Handler;
  }

  #say(message: Said): void {
    if (living.has(this.#id)) say({ environment: this.#id, ...message });
  }
}

/** All that is said in one turn goes in one message: each wakes the main thread. */
const said: FromHost[] = [];
function say(message: FromHost): void {
  if (said.push(message) === 1) process.nextTick(() => parentPort!.postMessage(said.splice(0)));
}

// However a bundle imports it. There is nobody but the gateway to call.
http.request = ((options: http.RequestOptions, hear: (response: http.IncomingMessage) => void) =>
  running.getStore()!.calls.request(options, hear)) as unknown as typeof http.request;
syncBuiltinESMExports();

parentPort!.on('message', (message: ToHost) => {
  const { environment: id } = message;
  if (message.kind === 'begin') living.set(id, new Environment(id, message.setup));
  const environment = living.get(id);
  if (environment) running.run(environment, () => environment.take(message));
  if (message.kind === 'end') say({ kind: 'ended', environment: id });
});

process.on('uncaughtException', (error) => {
  const environment = running.getStore();
  // Nobody's: the host's own, which ends with it.
  if (environment === undefined) throw error;
  environment.break(describe(error));
});

/** The shape in which Lambda reports an error to whoever invoked. */
function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
