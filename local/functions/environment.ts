import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { FunctionModel } from '../model.ts';
import type { Host, Hosted } from './host.ts';
import type { EnvironmentSetup, InvocationOutcome, Invoke } from './protocol.ts';

/** Lambda ends an initialization after ten seconds. */
const INIT_LIMIT_MS = 10_000;

export interface EnvironmentOptions {
  host: Host;
  region: string;
  /** The gateway: where every SDK call goes. */
  endpointUrl: string;
  log(text: string): void;
}

export interface Finished {
  outcome: InvocationOutcome;
  /** Of the handler, as it is billed, ms (see BilledTime); of one that never ended, wall time. */
  billedMs: number;
  /** Of loading the bundle, as it is billed, ms; on a cold start only. */
  initMs?: number;
}

/** One execution environment of a function: it is either idle, busy with one event, or dead. */
export class Environment {
  readonly #fn: FunctionModel;
  readonly #hosted: Hosted;
  readonly #ready: Promise<number>;
  #dead = false;
  #cold = true;
  #finish: ((outcome: InvocationOutcome, billedMs?: number) => void) | undefined;

  constructor(fn: FunctionModel, options: EnvironmentOptions) {
    this.#fn = fn;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#ready = promise;
    this.#hosted = options.host.begin(setup(fn, options), (message) => {
      if (message.kind === 'log') options.log(message.text);
      else if (message.kind === 'ready') resolve(message.initMs);
      else if (message.kind === 'done') this.#finish?.({ ok: true, payload: message.payload }, message.billedMs);
      else if (message.kind === 'failed') this.#finish?.({ ok: false, error: message.error }, message.billedMs);
      else if (message.kind === 'broken') this.#die(message.error.errorType, message.error.errorMessage);
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Serves one event. Never rejects; a dead environment must not be used again. */
  async invoke(invoke: Invoke): Promise<Finished> {
    const { promise, resolve } = Promise.withResolvers<InvocationOutcome>();
    let billedMs: number | undefined;
    this.#finish = (outcome, ms) => {
      billedMs = ms;
      resolve(outcome);
    };
    const cold = this.#cold;
    let limit = setTimeout(() => this.#timeOut('initialization', INIT_LIMIT_MS), cold ? INIT_LIMIT_MS : 0x7fffffff);
    // Whatever ends first: a death during initialization settles the outcome, too.
    const initMs = cold ? await Promise.race([this.#ready, promise.then(() => undefined)]) : undefined;
    this.#cold = false;
    const begun = performance.now();
    if (!this.#dead) {
      clearTimeout(limit);
      limit = setTimeout(() => this.#timeOut(invoke.requestId, this.#fn.timeoutMs), this.#fn.timeoutMs);
      this.#hosted.invoke(invoke);
    }
    const outcome = await promise;
    clearTimeout(limit);
    this.#finish = undefined;
    return { outcome, billedMs: billedMs ?? performance.now() - begun, ...(initMs === undefined ? {} : { initMs }) };
  }

  /** Ends it wherever it is: an event in flight fails. */
  kill(reason: string): void {
    this.#die('Runtime.ExitError', reason);
  }

  #timeOut(what: string, ms: number): void {
    this.#die('Sandbox.Timedout', `${what} Task timed out after ${(ms / 1000).toFixed(2)} seconds`);
  }

  #die(errorType: string, errorMessage: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#hosted.end();
    this.#finish?.({ ok: false, error: { errorType, errorMessage } });
  }
}

function setup(fn: FunctionModel, options: EnvironmentOptions): EnvironmentSetup {
  const [file, handler] = fn.handler.split('.') as [string, string];
  const entry = ['.mjs', '.js', '.cjs'].map((end) => join(fn.code, file + end)).find(existsSync);
  if (!entry) throw new Error(`${fn.path}: no bundle ${file}.mjs in ${fn.code}`);
  return {
    entry,
    handler,
    timeoutMs: fn.timeoutMs,
    variables: environmentVariables(fn, options),
    context: {
      functionName: fn.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: fn.arn,
      memoryLimitInMB: String(fn.memoryMb),
      logGroupName: `/aws/lambda/${fn.name}`,
      logStreamName: 'local',
    },
  };
}

/** What Lambda sets, and nothing of this machine: neither the parent's variables nor its AWS profile files. */
function environmentVariables(fn: FunctionModel, options: EnvironmentOptions): Record<string, string> {
  return {
    ...fn.environment,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_ENDPOINT_URL: options.endpointUrl,
    AWS_ACCESS_KEY_ID: fn.name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: fn.code,
    _HANDLER: fn.handler,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };
}
