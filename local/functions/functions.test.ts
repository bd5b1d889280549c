import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../clock.ts';
import type { FunctionModel } from '../model.ts';
import { createFunctions, type Functions } from './functions.ts';

const START = Date.UTC(2030, 4, 5, 6, 7, 8, 9);

const BUNDLE = `
let count = 0;
const loadedAt = Date.now();
export const handler = async (event, context) => {
  if (event.crash) process.exit(3);
  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (event.fail) throw new TypeError('no ' + event.fail);
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  console.log('seen', event.name);
  return {
    count: ++count, loadedAt, now: Date.now(), iso: new Date().toISOString(), year: new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' }).format(),
    instance: new Date() instanceof Date, constructor: new Date(5).constructor === Date, given: new Date(2020, 1).getFullYear(), text: Date(),
    env: process.env, remaining: context.getRemainingTimeInMillis(), requestId: context.awsRequestId,
  };
};`;

describe('functions in workers', () => {
  let folder: string;
  let clock: Clock;
  let functions: Functions;
  const logs: string[] = [];

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

  it('ends a function at its timeout, on wall time', async () => {
    await expect(call('short', { hang: true })).rejects.toThrow('Task timed out after 0.30 seconds');
  });

  it('dies mid-flight when killed', async () => {
    const running = call('plain', { hang: true });
    setTimeout(() => functions.kill(functions.byArn(model('plain').arn)), 100);
    await expect(running).rejects.toThrow('signal: killed');
    await clock.settle();
  });

  it('serves one event at a time under a reserved concurrency of one, in order', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => call('single', { sleep: 5 })));
    expect(answers.map((answer) => answer.count)).toEqual([2, 3, 4]);
  });
});
