import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './services.ts';

/** `npm run check`: every script of package.json that begins with `check:`, in its order, all of them, with what failed. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const failed = Object.keys(scripts)
  .filter((name) => name.startsWith('check:'))
  .filter((name) => {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name], { cwd: ROOT, encoding: 'utf8' });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (status !== 0) console.log(`${stdout}${stderr}`);
    return status !== 0;
  });

if (failed.length > 0) console.log(`not as it should be: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
