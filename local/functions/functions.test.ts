import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../clock.ts';
import type { FunctionModel } from '../model.ts';
import { createFunctions, type Functions } from './functions.ts';

const START = Date.UTC(2030, 4, 5, 6, 7, 8, 9);

const BUNDLE = `
import http from 'node:http';
import { env } from 'node:process';
const { request } = (await import('node:http')).default;
const put = (body) => new Promise((resolve, reject) => {
  const headers = { 'X-Amz-Target': 'Put' };
  request({ method: 'POST', path: '/', headers }, (response) => response.on('data', (text) => resolve(text.toString()))).on('error', reject).end(body);
});
let count = 0;
const loadedAt = Date.now();
export const handler = async (event, context) => {
  if (event.crash) process.exit(3);
  if (event.uncaught) setTimeout(() => { throw new RangeError('nobody caught it'); });
  if (event.unhandled) void Promise.reject(new RangeError('nobody handled it'));
  if (event.block) for (const until = performance.now() + event.block; performance.now() < until; );
  if (event.put) { setTimeout(() => console.log('still there'), 50); await put(event.put); await put(event.put + ' again'); }
  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (event.fail) throw new TypeError('no ' + event.fail);
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  console.log('seen', event.name);
  return {
    count: ++count, loadedAt, now: Date.now(), iso: new Date().toISOString(), year: new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' }).format(),
    instance: new Date() instanceof Date, constructor: new Date(5).constructor === Date, given: new Date(2020, 1).getFullYear(), text: Date(),
    env: process.env, same: env === process.env && process.env === process.env, asked: event.ask && (await put(event.ask)), remaining: context.getRemainingTimeInMillis(), requestId: context.awsRequestId,
  };
};`;

describe('functions in one host', () => {
  let folder: string;
  let clock: Clock;
  let functions: Functions;
  const logs: string[] = [];
  /** The bodies of SDK calls so far, and how the next are answered. */
  const asked: string[] = [];
  let answer: (body: string) => Promise<string | undefined>;

  const model = (name: string, more: Partial<FunctionModel> = {}): FunctionModel => ({
    logicalId: name,
    path: `Test/${name}`,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    name,
    code: folder,
    handler: 'index.handler',
    memoryMb: 256,
    logsInvocations: true,
    timeoutMs: 5000,
    environment: { TABLE: 'things' },
    role: { arn: 'arn:aws:iam::000000000000:role/r', name: 'r', policies: [] },
    async: { retries: 2, maxAgeMs: 6 * 3_600_000 },
    ...more,
  });

  const call = async (name: string, event: unknown) => {
    const outcome = await functions.invoke(functions.byArn(model(name).arn), event);
    if (!outcome.ok) throw new Error(`${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    return JSON.parse(outcome.payload) as Record<string, never>;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-functions-'));
    writeFileSync(join(folder, 'index.mjs'), BUNDLE);
    clock = createClock({ start: START, speed: 0 });
    functions = createFunctions({
      functions: [model('plain'), model('single', { reservedConcurrency: 1 }), model('short', { timeoutMs: 300 })],
      clock,
      region: 'us-east-1',
      endpointUrl: 'http://127.0.0.1:1',
      async call({ headers, body }) {
        expect(headers).toEqual({ 'x-amz-target': 'Put' });
        asked.push(String(body));
        const text = await answer(String(body));
        return text === undefined ? undefined : { status: 200, headers: {}, body: text };
      },
      onUse: () => undefined,
      onLog: (fn, text) => void logs.push(`${fn.name} ${text}`),
    });
  });
  afterAll(async () => {
    await functions.stop();
    clock.stop();
    rmSync(folder, { recursive: true });
  });

  it('sees the moved time everywhere, from before the bundle loads', async () => {
    const first = await call('plain', { name: 'a' });
    expect(first).toMatchObject({
      loadedAt: START,
      now: START,
      year: '2030',
      instance: true,
      constructor: true,
      given: 2020,
    });
    await clock.advance({ by: 86_400_000 });
    const second = await call('plain', { name: 'b' });
    expect(second).toMatchObject({
      count: 2,
      loadedAt: START,
      now: START + 86_400_000,
      iso: '2030-05-06T06:07:08.009Z',
    });
    expect(second.text).toContain('2030');
  });

  it('has the environment of the template and nothing of the parent', async () => {
    const { env } = (await call('plain', {})) as unknown as { env: Record<string, string> };
    expect(env).toMatchObject({ TABLE: 'things', AWS_ACCESS_KEY_ID: 'plain', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256' });
    expect(Object.keys(env)).not.toContain('PATH');
    expect(Object.keys(env)).not.toContain('HOME');
  });

  it('has each function keep to its own environment', async () => {
    const [plain, single] = await Promise.all([call('plain', {}), call('single', {})]);
    expect([plain, single]).toMatchObject([
      { same: true, env: { AWS_LAMBDA_FUNCTION_NAME: 'plain' } },
      { same: true, env: { AWS_LAMBDA_FUNCTION_NAME: 'single' } },
    ]);
  });

  it('takes its calls to the gateway, whose answer may be lost', async () => {
    answer = async (body) => `${body}!`;
    expect(await call('plain', { ask: '问' })).toMatchObject({ asked: '问!' });
    answer = async () => undefined;
    await expect(call('plain', { ask: 'lost' })).rejects.toThrow('socket hang up');
  });

  it('keeps what a function prints', async () => {
    await call('plain', { name: 'printed' });
    expect(logs).toContain('plain seen printed\n');
  });

  it('reports an error as Lambda does', async () => {
    await expect(call('plain', { fail: 'luck' })).rejects.toThrow('TypeError: no luck');
  });

  it('fails the event of an environment that exits, and serves the next one from a fresh environment', async () => {
    await expect(call('single', { crash: true })).rejects.toThrow('Runtime.ExitError');
    expect(await call('single', {})).toMatchObject({ count: 1 });
  });

  it.each([
    { uncaught: true, message: 'RangeError: nobody caught it' },
    { unhandled: true, message: 'RangeError: nobody handled it' },
  ])(
    'fails the event of an environment with an error that $message, and nobody else',
    async ({ message, ...event }) => {
      const before = await call('plain', {});
      const [other] = await Promise.all([
        call('plain', { sleep: 300 }),
        expect(call('single', { ...event, hang: true })).rejects.toThrow(message),
      ]);
      expect(other.count).toBe(Number(before.count) + 1);
      expect(await call('single', {})).toMatchObject({ count: 1 });
    },
  );

  it('ends a function at its timeout, on wall time', async () => {
    await expect(call('short', { hang: true })).rejects.toThrow('Task timed out after 0.30 seconds');
  });

  it('dies mid-flight when killed', async () => {
    const running = call('plain', { hang: true });
    setTimeout(() => functions.kill(functions.byArn(model('plain').arn)), 100);
    await expect(running).rejects.toThrow('signal: killed');
    await clock.settle();
  });

  it('does nothing more once it is killed: no call of it is served, no answer reaches it, and it is silent', async () => {
    const lost = Promise.withResolvers<string>();
    answer = () => lost.promise;
    asked.length = 0;
    const running = call('plain', { put: 'before' });
    while (asked.length === 0) await sleep(1);
    functions.kill(functions.byArn(model('plain').arn));
    await expect(running).rejects.toThrow('signal: killed');
    lost.resolve('an answer');
    await sleep(200);
    expect(asked).toEqual(['before']);
    expect(logs).not.toContain('plain still there\n');
  });

  it('ends a function that blocks at its timeout, with all that is in flight beside it; a new host serves on', async () => {
    const [blocked, beside] = await Promise.allSettled([
      call('short', { block: 20_000 }),
      call('plain', { sleep: 10_000 }),
    ]);
    expect(String((blocked as PromiseRejectedResult).reason)).toContain('Task timed out after 0.30 seconds');
    expect(String((beside as PromiseRejectedResult).reason)).toContain('Runtime.ExitError');
    expect(await Promise.all([call('short', {}), call('plain', {})])).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  it('serves one event at a time under a reserved concurrency of one, in order', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => call('single', { sleep: 5 })));
    expect(answers.map(({ count }) => count)).toEqual([1, 2, 3]);
  });
});
