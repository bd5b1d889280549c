import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSiteId } from './routes/sites.ts';

test('no site is called as a partition is that is published beside the sites', () => {
  const sources = ['services/registry', 'shared'].flatMap((dir) =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(dir, name), 'utf8')),
  );
  const named = sources.flatMap((text) => [
    ...[...text.matchAll(/pk: ['`]([a-z]+)(?=[#'])/g)].map(([, name]) => name),
    ...[...text.matchAll(/Key = \(.*\) => `([a-z]+)#/g)].map(([, name]) => name),
  ]);
  expect(new Set(named).size).toBeGreaterThan(10);
  expect(named.filter((name) => newSiteId.safeParse(name).success)).toEqual([]);
});
