import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import written from '../docs/generated/openapi.json' with { type: 'json' };
import { type Cloud, startCloud } from '../local/cloud.ts';

/** A stranger at the door of the deployed API. */
let cloud: Cloud;
beforeAll(async () => {
  const start = Date.UTC(2026, 4, 1);
  cloud = await startCloud({ assembly: join(import.meta.dirname, '..', 'cdk.out'), start });
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
