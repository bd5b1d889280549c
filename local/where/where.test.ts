import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { buildOf, bundle, folderOf } from '../../infra/constructs/bundle.ts';
import { sourceOf } from './where.ts';

test('where a function failed is found in the sources by the log alone; no map is in what is deployed', async () => {
  const entry = 'infra/constructs/fixtures/fails.ts';
  await bundle([entry], { maps: true });
  expect(readdirSync(folderOf(entry))).toEqual(['index.mjs']);
  const code = pathToFileURL(join(folderOf(entry), 'index.mjs')).href;
  const script = `const { handler } = await import('${code}'); await handler({ n: 4 }).catch(() => undefined);`;
  const env = { ...process.env, BUILD: buildOf(entry) };
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
  const [frame = ''] = JSON.parse(said).at.split(' ');
  expect(frame).toMatch(/^[0-9a-f]{10}:\d+:\d+$/);
  const line =
    readFileSync(entry, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('throw')) + 1;
  expect(sourceOf(frame)).toMatch(new RegExp(`^${entry}:${line}:\\d+$`));
  expect(sourceOf('task_queues:103:5')).toBe('task_queues:103:5');
  expect(() => sourceOf('0123456789:1:1')).toThrow('npm run synth');
});
