import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { RouteDef } from '../../../shared/http/route.ts';
import { bytes, words } from '../../../shared/http/schemas.ts';
import { findServices, ROOT } from '../services.ts';
import { accessPage } from './access.ts';
import { refusalCodes } from './errors.ts';
import { eventsJson } from './events.ts';
import { openapi } from './openapi.ts';
import { initialOf } from './states.ts';

const services = await findServices();

it('finds the routes of every service that serves some', () => {
  const serving = globSync('services/**/lambda/*api.ts', { cwd: ROOT }).map((file) => file.split('/')[1]);
  expect(serving.length).toBeGreaterThan(5);
  expect(services.filter(({ routes }) => routes.length > 0).map(({ name }) => name)).toEqual(
    [...new Set(serving)].sort(),
  );
});

it('finds everybody who reacts to an event', () => {
  const { 'complaint.resolved': resolved } = eventsJson(services).events;
  expect(resolved?.consumers).toContain('callbacks-on-complaint-resolved');
  const consumers = services.flatMap(({ consumers }) => consumers.map(({ name }) => name));
  const reacting = globSync('services/**/lambda/{on-*,*-on-*,schedule-wake-ups}.ts', { cwd: ROOT });
  expect(consumers.length).toBe(reacting.length);
});

it('asks for an Idempotency-Key on every command and for none to read', () => {
  const { paths = {} } = openapi(services);
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, { parameters?: { name: string }[] }>)) {
      const asked = (operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key');
      expect([method, path, asked]).toEqual([method, path, method !== 'get']);
    }
  }
});

it('describes a file by its type, and the form that a page may post instead of JSON', () => {
  const common = { summary: 's', who: 'everybody', params: z.object({ link: z.string() }), status: 200 } as const;
  const letter: RouteDef = {
    ...common,
    method: 'GET',
    path: '/letters/{link}',
    answer: bytes,
    contentType: 'application/pdf',
  };
  const body = z.object({ words });
  const question: RouteDef = { ...common, method: 'POST', path: '/q/{link}', body, form: true, answer: z.string() };
  const routes = [letter, question];
  const { paths = {} } = openapi([{ name: 'billing', routes, events: [], consumers: [], machines: {} }]);
  expect(paths['/letters/{link}']?.get?.responses?.['200']).toMatchObject({
    content: {
      'application/pdf': { schema: { type: 'string', format: 'binary', contentMediaType: 'application/pdf' } },
    },
  });
  const { requestBody, parameters } = paths['/q/{link}']?.post ?? {};
  const shape = { type: 'object', required: ['words'] };
  expect(requestBody).toMatchObject({
    content: {
      'application/json': { schema: shape },
      'application/x-www-form-urlencoded': { schema: { type: 'object', required: ['words', 'key'] } },
    },
  });
  const header = parameters?.find((one) => 'name' in one && one.name === 'Idempotency-Key');
  expect(header).toMatchObject({ in: 'header' });
  expect(header).not.toHaveProperty('required');
});

it('refuses to describe the same call twice', () => {
  expect(() => openapi([...services, ...services])).toThrow('is declared twice');
});

it('draws a case from the one state it begins in', () => {
  const open = { answer: { from: ['rung'], to: ['taken'] }, wait: { from: ['rung'], to: ['rung'] } };
  expect(initialOf(open)).toBe('rung');
  expect(() => initialOf({ ...open, walkIn: { from: ['came'], to: ['taken'] } })).toThrow('rung, came');
});

it('shows of whom a post may, where that is asked, in place of a plain yes', () => {
  const lines = accessPage(services).split('\n');
  const row = (call: string) => lines.find((line) => line.includes(`\`${call}\``)) ?? '';
  const positions = ['agent', 'supervisor', 'centre manager', 'quality manager', 'group manager'];
  const head = lines.find((line) => line.startsWith('| call')) as string;
  for (const call of [
    'POST /staff',
    'PUT /staff/{staff}',
    'POST /staff/{staff}/sign-in',
    'POST /staff/{staff}/sign-in/decide',
  ]) {
    const cells = Object.fromEntries(head.split('|').map((name, i) => [name.trim(), row(call).split('|')[i]?.trim()]));
    for (const position of positions) expect(cells[position], `${call} as ${position}`).toBe('');
    for (const position of ['site director', 'administrator']) {
      expect(cells[position], `${call} as ${position}`).toMatch(/^\(\d\)$/);
      expect(lines.some((line) => line.startsWith(`- ${cells[position]} `))).toBe(true);
    }
  }
});

it('lists as problems what something is refused with, and no label', () => {
  const sources = globSync(['services/**/*.ts', 'shared/**/*.ts'], { cwd: ROOT })
    .filter((file) => !/\.test\.ts$|shared\/text\//.test(file))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const refusing = /(?:[Rr]efus\w*|guard|notSecond|wrong|notFound|invalid|rule)\b[^;]*?'([a-z-]+\.[a-z-]+)'/g;
  const said = /\b(?:say|title)\(\s*'([a-z-]+\.[a-z-]+)'|(?:title|label|heading): '([a-z-]+\.[a-z-]+)'/g;
  const found = (pattern: RegExp) =>
    new Set(sources.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, a, b]) => [a, b])));
  const [refused, labels] = [found(refusing), found(said)];
  expect(refusalCodes().filter((code) => labels.has(code) && !refused.has(code))).toEqual([]);
});
