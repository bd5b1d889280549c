import { type Clock, createClock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionModel } from '../model.ts';

/** Functions without workers, for the unit tests of what invokes them. */
export interface FakeFunctions extends Functions {
  /** Every event, in the order of invocation, with the clock's time. */
  calls: { fn: string; event: never; at: number }[];
}

export const START = Date.UTC(2026, 2, 1);

export function testClock(): Clock {
  return createClock({ start: START, speed: 0 });
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

export function fakeFunctions(
  clock: Clock,
  behaviour: Record<string, (event: never) => unknown>,
  async: Partial<FunctionModel['async']> = {},
): FakeFunctions {
  const models = Object.keys(behaviour).map((name): FunctionModel => {
    const role = { arn: 'arn:aws:iam::000000000000:role/r', name: 'r', policies: [] };
    return {
      logicalId: name,
      path: `Test/${name}`,
      arn: functionArn(name),
      name,
      code: '',
      handler: 'index.handler',
      memoryMb: 128,
      logsInvocations: true,
      timeoutMs: 1000,
      environment: {},
      role,
      async: { retries: 2, maxAgeMs: 6 * 3_600_000, ...async },
    };
  });
  const calls: FakeFunctions['calls'] = [];
  return {
    calls,
    byArn(arn) {
      const fn = models.find((model) => model.arn === arn);
      if (!fn) throw new Error(`No function ${arn}`);
      return fn;
    },
    invoke: (fn, event) =>
      clock.work.run(`fake ${fn.name}`, async () => {
        calls.push({ fn: fn.name, event: event as never, at: clock.now() - START });
        await new Promise((resolve) => setImmediate(resolve));
        try {
          return { ok: true, payload: JSON.stringify((await behaviour[fn.name]!(event as never)) ?? null) };
        } catch (error) {
          const { name, message } = error as Error;
          return { ok: false, error: { errorType: name, errorMessage: message } };
        }
      }),
    kill: () => undefined,
    stop: async () => undefined,
  };
}
