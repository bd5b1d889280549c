import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { HttpAnswer, HttpCall } from '../gateway/wire.ts';
import type { FunctionModel } from '../model.ts';
import { Environment } from './environment.ts';
import { Host } from './host.ts';
import type { InvocationOutcome } from './protocol.ts';

/** Environments of one function; AWS would give each concurrent event its own. More of them only load the same code again. */
const MOST_ENVIRONMENTS = 2;
/** Lambda's limit for event and answer of a synchronous invocation, bytes. */
export const PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** What one invocation used, for the bill. */
export interface InvocationUse {
  fn: FunctionModel;
  /** Of the handler, ms (see BilledTime). */
  billedMs: number;
  /** Of loading the bundle on a cold start, ms. */
  initMs: number;
}

export interface FunctionsOptions {
  functions: FunctionModel[];
  clock: Clock;
  region: string;
  endpointUrl: string;
  /** Answers an SDK call; with nothing where its caller shall not get an answer. */
  call(request: HttpCall): Promise<HttpAnswer | undefined>;
  /** A thread for each environment, so that what one is billed is its own; else others' work at the same time counts. */
  ownThreads?: boolean | undefined;
  onUse(use: InvocationUse): void;
  onLog(fn: FunctionModel, text: string): void;
}

/** All functions of the deployment, run from the bundles that would be deployed. */
export interface Functions {
  byArn(arn: string): FunctionModel;
  /** Invokes once and waits; a function's error is an outcome, not an exception. */
  invoke(fn: FunctionModel, event: unknown, requestId?: string): Promise<InvocationOutcome>;
  /** Ends every environment of the function, mid-flight or not. */
  kill(fn: FunctionModel): void;
  stop(): Promise<void>;
}

interface Pool {
  fn: FunctionModel;
  most: number;
  idle: Environment[];
  busy: Set<Environment>;
  waiting: ((environment: Environment) => void)[];
}

export function createFunctions(options: FunctionsOptions): Functions {
  const { clock } = options;
  const pools = new Map<string, Pool>(
    options.functions.map((fn) => [
      fn.arn,
      {
        fn,
        most: Math.min(fn.reservedConcurrency ?? MOST_ENVIRONMENTS, MOST_ENVIRONMENTS),
        idle: [],
        busy: new Set(),
        waiting: [],
      },
    ]),
  );
  const hosts: Host[] = [];

  function poolOf(arn: string): Pool {
    // A qualified ARN (`…:function:name:$LATEST`) means the same code here.
    const pool = pools.get(arn) ?? pools.get(arn.split(':').slice(0, 7).join(':'));
    if (!pool) throw new Error(`No function ${arn} in this deployment`);
    return pool;
  }

  function freeHost(): Host {
    const last = hosts.at(-1);
    if (last && !last.dead && !options.ownThreads) return last;
    const host = new Host({ time: clock.shared.buffer, call: options.call });
    hosts.push(host);
    return host;
  }

  function spawn(pool: Pool): Environment {
    const { region, endpointUrl } = options;
    return new Environment(pool.fn, {
      host: freeHost(),
      region,
      endpointUrl,
      log: (text) => options.onLog(pool.fn, text),
    });
  }

  async function acquire(pool: Pool): Promise<Environment> {
    let environment = pool.idle.pop();
    while (environment?.dead) environment = pool.idle.pop();
    if (!environment && pool.busy.size >= pool.most) {
      environment = await new Promise<Environment>((resolve) => pool.waiting.push(resolve));
    }
    environment ??= spawn(pool);
    pool.busy.add(environment);
    return environment;
  }

  function release(pool: Pool, environment: Environment): void {
    pool.busy.delete(environment);
    const next = pool.waiting.shift();
    if (next) {
      const successor = environment.dead ? spawn(pool) : environment;
      // Taken at once, so that a newcomer can't squeeze in before the one who waits resumes.
      pool.busy.add(successor);
      next(successor);
    } else if (!environment.dead) pool.idle.push(environment);
  }

  async function invoke(
    fn: FunctionModel,
    event: unknown,
    requestId: string = randomUUID(),
  ): Promise<InvocationOutcome> {
    const finish = clock.work.begin(`invocation of ${fn.path}`);
    const pool = poolOf(fn.arn);
    try {
      const environment = await acquire(pool);
      const { outcome, billedMs, initMs } = await environment.invoke({ requestId, event: JSON.stringify(event) });
      release(pool, environment);
      options.onUse({ fn, billedMs, initMs: initMs ?? 0 });
      if (!outcome.ok) options.onLog(fn, `${JSON.stringify({ level: 'ERROR', requestId, ...outcome.error })}\n`);
      return withinLimit(outcome);
    } finally {
      finish();
    }
  }

  return {
    byArn: (arn) => poolOf(arn).fn,
    invoke,
    kill(fn) {
      const pool = poolOf(fn.arn);
      for (const environment of [...pool.busy, ...pool.idle])
        environment.kill('Runtime exited with error: signal: killed');
      pool.idle = [];
    },
    async stop() {
      for (const pool of pools.values()) {
        pool.waiting = [];
        for (const environment of [...pool.busy, ...pool.idle]) environment.kill('the local cloud stops');
        pool.idle = [];
      }
      await Promise.all(hosts.map((host) => host.stop()));
    },
  };
}

/** What comes of an answer that may be larger than Lambda hands on. */
export function withinLimit(outcome: InvocationOutcome): InvocationOutcome {
  if (!outcome.ok || Buffer.byteLength(outcome.payload) <= PAYLOAD_LIMIT) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${PAYLOAD_LIMIT} bytes).`;
  return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}
