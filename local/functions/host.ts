import { Worker } from 'node:worker_threads';
import type { HttpAnswer, HttpCall } from '../gateway/wire.ts';
import type { EnvironmentSetup, FromHost, Invoke, ToHost } from './protocol.ts';

/** A host that hasn't ended an environment after so much wall time (ms) is in the hands of a handler that blocks. */
const BLOCKED_MS = 3000;

export interface HostOptions {
  time: SharedArrayBuffer;
  /** The gateway: what every SDK call is answered with; nothing when its caller shall not get an answer. */
  call(request: HttpCall): Promise<HttpAnswer | undefined>;
}

/** What the main thread hears of an environment. Of one that has ended it hears nothing any more. */
export type Hear = (message: FromHost) => void;

/** An environment as the main thread holds it. */
export interface Hosted {
  invoke(invoke: Invoke): void;
  /** Whatever it still does has no effect from now on: no call of it is served, no answer reaches it. */
  end(): void;
}

/**
 * The one thread in which all functions run, unless each is to be told by itself: a thread for each compiled and warmed up an SDK of its own. It ends with
 * whoever blocks it, and takes all environments with it.
 */
export class Host {
  dead = false;
  readonly #worker: Worker;
  readonly #call: HostOptions['call'];
  readonly #living = new Map<number, Hear>();
  readonly #ending = new Map<number, NodeJS.Timeout>();
  #begun = 0;

  constructor({ time, call }: HostOptions) {
    this.#call = call;
    this.#worker = new Worker(new URL('./host-thread.ts', import.meta.url), {
      workerData: time,
      env: { TZ: 'UTC' },
      execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    });
    this.#worker.unref();
    this.#worker.on('message', (messages: FromHost[]) => {
      for (const message of messages) this.#heard(message);
    });
    this.#worker.on('error', (error: Error) => this.#die(error.name, error.message));
    this.#worker.on('exit', () => this.#die('Runtime.ExitError', 'Runtime exited before the invocation ended'));
  }

  begin(setup: EnvironmentSetup, hear: Hear): Hosted {
    const environment = ++this.#begun;
    this.#living.set(environment, hear);
    this.#send({ environment, kind: 'begin', setup });
    return {
      invoke: (invoke) => this.#send({ environment, kind: 'invoke', ...invoke }),
      end: () => {
        if (!this.#living.delete(environment) || this.dead) return;
        this.#send({ environment, kind: 'end' });
        this.#ending.set(
          environment,
          setTimeout(() => this.#blocked(), BLOCKED_MS),
        );
      },
    };
  }

  async stop(): Promise<void> {
    this.#living.clear();
    this.#die('Runtime.ExitError', 'the local cloud stops');
    await this.#worker.terminate();
  }

  #send(message: ToHost): void {
    this.#worker.postMessage(message);
  }

  #heard(message: FromHost): void {
    if (message.kind === 'ended') {
      clearTimeout(this.#ending.get(message.environment));
      this.#ending.delete(message.environment);
      return;
    }
    const hear = this.#living.get(message.environment);
    if (hear === undefined) return;
    if (message.kind === 'call') void this.#serve(message.environment, message.call, message.request);
    else hear(message);
  }

  async #serve(environment: number, call: number, request: HttpCall): Promise<void> {
    const answer = await this.#call(request);
    if (this.#living.has(environment)) this.#send({ environment, kind: 'answer', call, answer });
  }

  #blocked(): void {
    this.#die('Runtime.ExitError', 'Runtime exited: another function blocked the host');
    void this.#worker.terminate();
  }

  #die(errorType: string, errorMessage: string): void {
    this.dead = true;
    for (const timer of this.#ending.values()) clearTimeout(timer);
    this.#ending.clear();
    for (const [environment, hear] of this.#living) {
      this.#living.delete(environment);
      hear({ environment, kind: 'broken', error: { errorType, errorMessage } });
    }
  }
}
