import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle, folderOf } from './bundle.ts';

test('a bundle that prints carries its font, and prints where nothing else of the project is', async () => {
  const away = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    const entry = 'infra/constructs/fixtures/prints.ts';
    await bundle([entry], { maps: true });
    cpSync(folderOf(entry), away, { recursive: true });
    expect(readdirSync(away, { recursive: true }).sort()).toEqual(['font', 'font/noto-sans-sc.ttf', 'index.mjs']);
    const script = "const { handler } = await import('./index.mjs'); console.log(JSON.stringify(await handler()));";
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: away, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual({ begins: '%PDF-', pages: 1, missing: [] });
  } finally {
    rmSync(away, { recursive: true });
  }
});
