import type { Aws } from '../../shared/aws/aws.ts';
import { surrounded } from '../../shared/lambda/run.ts';
import { type Functions, withinLimit } from '../functions/functions.ts';
import type { FunctionError, InvocationOutcome } from '../functions/protocol.ts';
import type { FunctionModel } from '../model.ts';

type Handler = (event: unknown, context: { awsRequestId: string }) => Promise<unknown>;
export type Entry = (aws: Aws) => Handler;

/** Instances of one function at a time. */
const MOST = 3;

/** What a kill is to whoever waits for the answer. */
export const KILLED: FunctionError = { errorType: 'Runtime.ExitError', errorMessage: 'killed', trace: [] };

const failureOf = (error: Error): FunctionError => ({
  errorType: error.name,
  errorMessage: error.message,
  trace: (error.stack ?? '').split('\n'),
});

/** A copy, as it would come out of JSON: of plain data, but several times as fast. */
export const copied = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return Number.isNaN(value) ? null : value;
  if (Array.isArray(value)) return value.map((one) => copied(one) ?? null);
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function' || value instanceof Uint8Array)
    return JSON.parse(JSON.stringify(value));
  const copy: Record<string, unknown> = {};
  for (const name in value) {
    const one = (value as Record<string, unknown>)[name];
    if (one !== undefined) copy[name] = copied(one);
  }
  return copy;
};

/** One instance: made of what it is given, busy with one event at a time, and dropped with all it knows when it dies. */
export interface Instance {
  fn: FunctionModel;
  /** From now on it does nothing any more: no call of it returns. */
  die(): void;
  readonly dead: boolean;
}

/** What instances are made from. */
export interface Host {
  entryOf(fn: FunctionModel): Entry;
  awsOf(instance: Instance): Aws;
  print(fn: FunctionModel, line: string): void;
}

/** The deployment's functions as instances in this process, made of the very entries that Lambda makes them of. */
export const instancesOf = (functions: readonly FunctionModel[], host: Host, boot = ''): Functions => {
  const byArn = new Map(functions.map((fn) => [fn.arn, fn]));
  const pools = new Map(
    functions.map((fn) => {
      const most = Math.min(fn.reservedConcurrency ?? MOST, MOST);
      return [fn.arn, { most, idle: [] as Living[], busy: new Set<Living>(), queue: [] as (() => void)[] }];
    }),
  );
  let requests = 0;

  class Living implements Instance {
    readonly fn: FunctionModel;
    dead = false;
    #end: ((outcome: InvocationOutcome) => void) | undefined;
    readonly #handler: Handler;

    constructor(fn: FunctionModel) {
      this.fn = fn;
      this.#handler = host.entryOf(fn)(host.awsOf(this));
    }

    die(): void {
      this.dead = true;
      this.#end?.({ ok: false, error: KILLED });
    }

    invoke(event: unknown): Promise<InvocationOutcome> {
      return new Promise((resolve) => {
        this.#end = resolve;
        const awsRequestId = `req-${boot}${++requests}`;
        surrounded({ print: (line) => host.print(this.fn, line), sleep: () => Promise.resolve() }, () =>
          this.#handler(copied(event), { awsRequestId }),
        )
          .then((result): InvocationOutcome => ({ ok: true, payload: JSON.stringify(result ?? null) }))
          .catch((error: Error): InvocationOutcome => ({ ok: false, error: failureOf(error) }))
          .then(resolve);
      });
    }
  }

  const invoke = async (fn: FunctionModel, event: unknown): Promise<InvocationOutcome> => {
    const pool = pools.get(fn.arn)!;
    while (pool.idle.length === 0 && pool.busy.size >= pool.most)
      await new Promise<void>((resolve) => pool.queue.push(resolve));
    const instance = pool.idle.pop() ?? new Living(fn);
    pool.busy.add(instance);
    const outcome = await instance.invoke(event);
    pool.busy.delete(instance);
    if (!instance.dead) pool.idle.push(instance);
    pool.queue.shift()?.();
    return withinLimit(outcome);
  };
  const kill = (fn: FunctionModel) => {
    const pool = pools.get(fn.arn)!;
    for (const one of [...pool.busy, ...pool.idle]) one.die();
    pool.idle.length = 0;
  };
  return {
    byArn(arn) {
      const fn = byArn.get(arn.replace(/:\$LATEST$/, ''));
      if (!fn) throw new Error(`no function ${arn}`);
      return fn;
    },
    invoke,
    kill,
    // Whatever is under way ends with it, as at a plug that is pulled.
    stop: async () => functions.forEach(kill),
  };
};
