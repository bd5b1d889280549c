import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { ApiModel, RouteModel } from '../model.ts';
import { fakeFunctions, functionArn, START, testClock } from '../triggers/testing.ts';
import { createApi, serveApi } from './api.ts';
import { type Identity, startIdentity } from './identity.ts';

describe('the HTTP API', () => {
  const answers: unknown[] = [];
  let clock: Clock;
  let identity: Identity;
  let functions: ReturnType<typeof fakeFunctions>;
  let front: Awaited<ReturnType<typeof serveApi>>;
  const event = () => functions.calls.at(-1)!.event as Record<string, never>;
  const ask = (path: string, init?: RequestInit) => fetch(front.url + path, init);

  beforeAll(async () => {
    clock = testClock();
    identity = await startIdentity({ port: 0, audience: 'huiyin' });
    functions = fakeFunctions(clock, { echo: () => answers.shift() ?? { statusCode: 200 } });
    const route = (key: string): RouteModel => ({ key, functionArn: functionArn('echo') });
    const authorizer = { issuer: identity.issuerUrl, audience: ['huiyin'] };
    const api: ApiModel = {
      id: 'abc',
      name: 'test',
      routes: [
        route('ANY /files/{rest+}'),
        route('GET /files/{id}'),
        route('GET /files/list'),
        { ...route('POST /closed'), authorizer },
      ],
      cors: { origins: ['https://console.example'], methods: ['GET', 'POST'], headers: ['authorization'], exposed: [] },
    };
    front = await serveApi(
      createApi(api, { account: '000000000000', clock, functions, onRequest: () => undefined }),
      0,
    );
  });
  afterAll(async () => {
    await front.stop();
    await identity.stop();
    clock.stop();
  });

  it('prefers the more specific route', async () => {
    const seen: unknown[] = [];
    for (const [path, method] of [
      ['/files/list', 'GET'],
      ['/files/7', 'GET'],
      ['/files/7', 'PUT'],
      ['/files/a/b%20c', 'GET'],
    ]) {
      await ask(path!, { method: method! });
      seen.push([event().routeKey, event().pathParameters]);
    }
    expect(seen).toEqual([
      ['GET /files/list', undefined],
      ['GET /files/{id}', { id: '7' }],
      ['ANY /files/{rest+}', { rest: '7' }],
      ['ANY /files/{rest+}', { rest: 'a/b c' }],
    ]);
  });

  it('builds payload 2.0: joined query values, cookies apart, text as text, the rest as base64, the moved time', async () => {
    const headers = { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Thing': 'y' };
    await ask('/files/x?k=1&k=2&l=3', { method: 'POST', body: '{"名":1}', headers });
    expect(event()).toMatchObject({
      version: '2.0',
      rawPath: '/files/x',
      rawQueryString: 'k=1&k=2&l=3',
      queryStringParameters: { k: '1,2', l: '3' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-thing': 'y' },
      body: '{"名":1}',
      isBase64Encoded: false,
      requestContext: { timeEpoch: START, time: '01/Mar/2026:00:00:00 +0000', http: { method: 'POST' } },
    });
    await ask('/files/x', {
      method: 'POST',
      body: new Uint8Array([1, 2, 255]),
      headers: { 'content-type': 'image/png' },
    });
    expect(event()).toMatchObject({ body: 'AQL/', isBase64Encoded: true });
    const untyped = { method: 'POST', body: new Uint8Array([104, 105]) };
    await ask('/files/x', untyped);
    expect(event()).toMatchObject({ body: 'aGk=', isBase64Encoded: true });
  });

  it('hands the form of a page on as API Gateway does: as base64', async () => {
    await ask('/files/x', { method: 'POST', body: new URLSearchParams({ words: '电梯 坏了', key: 'k1' }) });
    const { headers, body, isBase64Encoded } = event() as Record<string, unknown>;
    expect(headers).toMatchObject({ 'content-type': expect.stringContaining('application/x-www-form-urlencoded') });
    expect(isBase64Encoded).toBe(true);
    const sent = new URLSearchParams(Buffer.from(String(body), 'base64').toString());
    expect(Object.fromEntries(sent)).toEqual({ words: '电梯 坏了', key: 'k1' });
  });

  it('gives a file that a function answers as the bytes it is', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const body = Buffer.from(bytes).toString('base64');
    answers.push({ statusCode: 200, headers: { 'content-type': 'application/pdf' }, body, isBase64Encoded: true });
    const file = await ask('/files/x');
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  it('gives the function answer as HTTP, whatever its form', async () => {
    answers.push({ statusCode: 201, headers: { 'x-a': 'b' }, cookies: ['c=d'], body: 'aGk=', isBase64Encoded: true });
    const full = await ask('/files/x');
    expect([full.status, full.headers.get('x-a'), full.headers.get('set-cookie'), await full.text()]).toEqual([
      201,
      'b',
      'c=d',
      'hi',
    ]);
    answers.push({ plain: true });
    expect(await (await ask('/files/x')).json()).toEqual({ plain: true });
    answers.push({ statusCode: 'what' });
    const broken = await ask('/files/x');
    expect([broken.status, await broken.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('answers CORS itself and refuses bodies over 10 MB', async () => {
    const origin = 'https://console.example';
    const preflight = await ask('/files/x', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    const large = await ask('/files/x', { method: 'POST', body: new Uint8Array(11 * 1024 * 1024) });
    expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('lets in who signed in with the code flow and PKCE, as that person', async () => {
    identity.offer([{ sub: 'staff_anna', name: 'Anna', title: 'front desk' }]);
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'console',
      redirect_uri: 'http://localhost/back',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const page = await (await fetch(`${identity.issuerUrl}/authorize?${query}`)).text();
    const link = /href="([^"]+)">Anna</.exec(page)![1]!.replaceAll('&amp;', '&');
    const redirect = await fetch(identity.issuerUrl + link, { redirect: 'manual' });
    const code = new URL(redirect.headers.get('location')!).searchParams.get('code')!;
    const exchange = (code_verifier: string) =>
      fetch(`${identity.issuerUrl}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: 'console', code_verifier }),
      });
    const { access_token } = (await (await exchange(verifier)).json()) as { access_token: string };
    const entered = await ask('/closed', { method: 'POST', headers: { authorization: `Bearer ${access_token}` } });
    expect(entered.status).toBe(200);
    expect(event()).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'staff_anna', aud: 'huiyin' } } } },
    });
    const tampered = `${access_token.slice(0, -4)}AAAA`;
    expect((await ask('/closed', { method: 'POST', headers: { authorization: `Bearer ${tampered}` } })).status).toBe(
      401,
    );
  });
});
