import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry } from '../../services/portal/lambda/api.ts';
import { onLambda } from '../../shared/aws/on-lambda.ts';

const handler = entry(onLambda);

/** Debian's; a browser isn't installed with the packages. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
if (missing) console.warn(`skipped: no browser at ${CHROMIUM}; apt-get install chromium, or set CHROMIUM`);

/** The portal's function behind a plain server, as API Gateway would call it. */
const serveHere = (): Server =>
  createServer(async ({ method = '', url = '/', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://here');
    const answer = await handler({
      routeKey: `${method} ${pathname}`,
      headers: { 'accept-language': headers['accept-language'] },
      queryStringParameters: Object.fromEntries(searchParams),
      requestContext: {},
    });
    response.writeHead(answer.statusCode, answer.headers).end(answer.body);
  });

describe.skipIf(missing)('the page about the API in a browser', () => {
  const server = serveHere();
  let browser: Browser;
  let page: Page;
  let origin = '';
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage({ locale: 'zh-CN' });
    page.setDefaultTimeout(5_000);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((done) => server.close(done));
  });

  it('speaks Chinese to a Chinese browser, and English at one click', async () => {
    await page.goto(`${origin}/`);
    expect(await page.locator('h1').textContent()).toBe('回音接口说明');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.locator('h1').textContent()).toBe('The Huiyin API');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('opens a call: who may make it, its fields, and an example', async () => {
    await page.goto(`${origin}/docs?lang=en`);
    const call = page.locator('details', { hasText: 'POST /sites/{site}/complaints/{complaint}/resolve' }).first();
    await call.locator('summary').click();
    expect(await call.getByText('Who may call').isVisible()).toBe(true);
    expect(await call.locator('pre').textContent()).toContain('Idempotency-Key');
  });

  it('is styled by what its policy allows, fits a phone, and asks nobody else for anything', async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    await page.goto(`${origin}/`);
    expect(await page.evaluate<string>('getComputedStyle(document.body).maxWidth')).toBe('960px');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(origin))).toEqual([]);
  });
});
