import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../clock.ts';
import type { FunctionModel } from '../model.ts';
import { BilledTime } from './billed-time.ts';
import { createFunctions, type Functions } from './functions.ts';

/** Does what its event says, one after the other: `calls` at once, each of a service and an action. */
const BUNDLE = `
import http from 'node:http';
const call = ([service, action]) => new Promise((resolve, reject) => {
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=fn/20300505/us-east-1/' + service + '/aws4_request', 'x-amz-target': 'Api.' + action };
  http.request({ method: 'POST', path: '/', headers }, (response) => response.on('data', resolve)).on('error', reject).end('{}');
});
export const handler = async ({ steps = [], sleep = 0, block = 0, fail }) => {
  for (const calls of steps) await Promise.all(calls.map(call));
  if (sleep) await new Promise((resolve) => setTimeout(resolve, sleep));
  const used = () => process.threadCpuUsage().user / 1000;
  for (const until = used() + block; used() < until; );
  if (fail) throw new Error('as told');
};`;

describe('processor time and declared waits', () => {
  let cpuMs = 0;
  const time = new BilledTime(() => cpuMs);
  const call = (latencyMs: number) => time.await(latencyMs);

  it('adds calls in a row, and of calls at once takes the longest', () => {
    time.begin();
    call(5)();
    const [read, sent, query] = [call(5), call(20), call(5)];
    for (const answered of [query, read, sent]) answered();
    call(10)();
    expect(time.ms).toBe(5 + 20 + 10);
  });

  it('adds what the processor did since the invocation began', () => {
    cpuMs = 1000;
    time.begin();
    cpuMs = 1007;
    call(5)();
    expect(time.ms).toBe(7 + 5);
  });
});

describe('the time an invocation is billed', () => {
  let folder: string;
  let clock: Clock;
  let functions: Functions;
  const billed = new Map<string, number>();

  const invoke = async (name: string, event: object) => {
    await functions.invoke(functions.byArn(`arn:aws:lambda:us-east-1:000000000000:function:${name}`), event);
    return billed.get(name) ?? Number.NaN;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-billed-'));
    writeFileSync(join(folder, 'index.mjs'), BUNDLE);
    clock = createClock({ start: 0, speed: 0 });
    functions = createFunctions({
      functions: ['one', 'other'].map((name) => model(name, folder)),
      clock,
      region: 'us-east-1',
      endpointUrl: 'http://127.0.0.1:1',
      ownThreads: true,
      // The engine of this machine takes its time; nobody is billed for it.
      call: () => new Promise((resolve) => setTimeout(resolve, 150, { status: 200, headers: {}, body: 'done' })),
      onUse: ({ fn, billedMs }) => void billed.set(fn.name, billedMs),
      onLog: () => undefined,
    });
    const warm = [[['dynamodb', 'GetItem']]];
    await Promise.all([invoke('one', { steps: warm }), invoke('other', { steps: warm })]);
  });
  afterAll(async () => {
    await functions.stop();
    clock.stop();
    rmSync(folder, { recursive: true });
  });

  it('holds what its own calls are declared to take, and not what they took here', async () => {
    const billed = await invoke('one', { steps: [[['dynamodb', 'GetItem']], [['s3', 'PutObject']]] });
    expect(billed).toBeGreaterThanOrEqual(5 + 100);
    // Two calls of 150 ms each were answered in a row.
    expect(billed).toBeLessThan(300);
  });

  it('holds no time in which nobody computes', async () => {
    expect(await invoke('one', { sleep: 200 })).toBeLessThan(50);
  });

  it('is its own, whoever computes at the same time', async () => {
    const [one, other] = await Promise.all([
      invoke('one', { steps: [[['dynamodb', 'GetItem']]] }),
      invoke('other', { block: 100 }),
    ]);
    expect(one).toBeLessThan(50);
    expect(other).toBeGreaterThanOrEqual(100);
  });

  it('is told of an invocation that fails, too', async () => {
    billed.clear();
    expect(await invoke('one', { steps: [[['s3', 'GetObject']]], fail: true })).toBeGreaterThanOrEqual(100);
    expect(billed.get('one')).toBeLessThan(150);
  });
});

function model(name: string, code: string): FunctionModel {
  return {
    logicalId: name,
    path: `Test/${name}`,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    name,
    code,
    handler: 'index.handler',
    memoryMb: 256,
    logsInvocations: true,
    timeoutMs: 5000,
    environment: {},
    role: { arn: 'arn:aws:iam::000000000000:role/r', name: 'r', policies: [] },
    async: { retries: 2, maxAgeMs: 6 * 3_600_000 },
  };
}
