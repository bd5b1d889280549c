import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import written from '../../docs/generated/openapi.json' with { type: 'json' };
import { type Cloud, startCloud } from '../../local/cloud.ts';

/** A stranger at the door of the deployed API. */
let cloud: Cloud;
beforeAll(async () => {
  const start = Date.UTC(2026, 4, 1);
  cloud = await startCloud({ assembly: join(import.meta.dirname, '..', '..', 'cdk.out'), start });
});
afterAll(() => cloud?.stop());

it('reads how to call the API without signing in', async () => {
  const document = await fetch(`${cloud.apiUrl}/openapi.json`);
  expect(document.status).toBe(200);
  expect(await document.json()).toEqual(written);

  const page = await fetch(`${cloud.apiUrl}/`, { headers: { 'accept-language': 'en' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('The Huiyin API');
});

it('gets at nothing else that is described', async () => {
  const calls = Object.entries(written.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { 'x-who': unknown }>)
      .filter(([, operation]) => operation['x-who'] !== 'everybody')
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x') })),
  );
  expect(calls.length).toBeGreaterThan(40);
  for (const { method, path } of calls) {
    const { status } = await fetch(`${cloud.apiUrl}${path}`, { method });
    expect([method, path, status]).toEqual([method, path, 401]);
  }
});

it('takes what is not quite a route for none, as API Gateway does', async () => {
  const asks: [string, string][] = [
    ['HEAD', '/openapi.json'],
    ['OPTIONS', '/openapi.json'],
    ['GET', '/openapi.json/'],
    ['POST', '/openapi.json'],
    ['GET', '/sites/s/slips/x/price'],
    ['POST', '/sites/s/slips/x/price/decide/again'],
    ['POST', '/sites/s/slips//price'],
    ['DELETE', '/sites/s'],
    ['GET', '/none'],
  ];
  for (const [method, path] of asks) {
    const { status } = await fetch(`${cloud.apiUrl}${path}`, { method });
    expect([method, path, status]).toEqual([method, path, 404]);
  }
});

it('finds by its name a command that shares its entry with others, and says of any other that there is none', async () => {
  const headers = { authorization: `Bearer ${await cloud.token('somebody')}`, 'accept-language': 'en' };
  const ask = async (path: string) => {
    const answer = await fetch(`${cloud.apiUrl}${path}`, { method: 'POST', headers });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  // Whoever is nobody here is refused where there is a command, and told where there is none.
  const [none, refused] = [
    [404, 'request.not-found'],
    [403, 'request.forbidden'],
  ];
  expect(await ask('/sites/s/slips/x/price')).toEqual(refused);
  expect(await ask('/sites/s/slips/a%2Fb/price')).toEqual(refused);
  expect(await ask('/sites/s/accounts/x/holds')).toEqual(refused);
  expect(await ask('/sites/s/accounts/x/holds/decide')).toEqual(refused);
  // Another function's, by an entry of its own.
  expect(await ask('/sites/s/letters/handed-over')).toEqual(refused);
  for (const path of [
    '/sites/s/slips/x/prices',
    '/sites/s/slips/x/price%2Fdecide',
    '/sites/s/accounts/x/holds%2Fdecide',
    '/sites/s/accounts/x/%7Bcommand%7D',
    '/sites/s/accounts/x/holds/%24%26',
  ]) {
    expect([path, ...(await ask(path))]).toEqual([path, ...none]);
  }
});
