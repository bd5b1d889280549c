import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { DEMO, loadDemo } from '../../local/demo/demo.ts';
import { ADMIN } from '../../local/demo/group.ts';
import { guide } from '../../local/start/guide.ts';
import { fresh } from '../support/keys.ts';
import { allRoutes, ask, filled } from '../support/requests.ts';

/** What `npm start` does once the template is there. */
describe('the demo group', () => {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-demo-'));
  const said: string[] = [];
  let cloud: Cloud;
  beforeAll(async () => {
    const assembly = join(import.meta.dirname, '..', '..', 'cdk.out');
    // A working morning, and a clock that goes by itself, as it does at a start.
    cloud = await startCloud({ assembly, start: Date.UTC(2026, 10, 30, 2), parameters: { AdminSubject: ADMIN } });
    await loadDemo(cloud, data, (line) => said.push(line));
  });
  afterAll(async () => {
    await cloud?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('is taken whole, and nothing is lost or refused behind the scenes', async () => {
    for (const { id } of DEMO.sites) {
      const taken = said.flatMap(
        (line) => new RegExp(`^${id}: ([1-9]\\d*) (units|parties) imported$`).exec(line)?.[2] ?? [],
      );
      expect(taken).toEqual(['units', 'parties']);
    }
    await cloud.clock.settle();
    expect([cloud.denials(), cloud.dropped(), cloud.deadLetters()]).toEqual([[], [], []]);
  });

  it('is loaded once', async () => {
    const lines = said.length;
    await loadDemo(cloud, data, (line) => said.push(line));
    expect(said.slice(lines)).toHaveLength(1);
  });

  it('needs a token of the issuer, for this audience, that has not expired', async () => {
    const tokens = {
      none: undefined,
      nonsense: 'x.y.z',
      expired: await cloud.token('lakeside-manager', { exp: 1 }),
      foreign: await cloud.token('lakeside-manager', { aud: 'somebody-else' }),
      elsewhere: await cloud.token('lakeside-manager', { iss: 'https://issuer.example.com' }),
    };
    for (const route of (await allRoutes()).filter(({ who }) => who !== 'everybody')) {
      for (const [what, bearer] of Object.entries(tokens)) {
        const asked = `${route.method} ${filled(route, { site: 'lakeside' })}`;
        expect((await ask(cloud, asked, bearer)).status, `${asked} with a token: ${what}`).toBe(401);
      }
    }
  });

  it('answers every call that the start proposes', async () => {
    const calls = [...(await guide(cloud, 1)).matchAll(/curl -s '?([^' ]+)'? .*?sub=([\w-]+)(?:.*-d '(.*)')?/g)];
    expect(calls.length).toBeGreaterThan(5);
    for (const [, url = '', sub = '', body] of calls) {
      const headers = { authorization: `Bearer ${await cloud.token(sub)}`, 'idempotency-key': fresh('guide') };
      const asked = body === undefined ? { headers } : { method: 'POST', headers, body };
      const answer = await fetch(url, asked);
      expect([url, answer.ok, answer.ok ? '' : await answer.text()]).toEqual([url, true, '']);
    }
  });
});
