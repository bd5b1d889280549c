import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from './services.ts';

/**
 * `npm run check`: every script of package.json that begins with `check:`, all of them, with what failed. As many run at once
 * as there are cores, the last one first: it synthesizes, which takes longest.
 */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const waiting = Object.keys(scripts).filter((name) => name.startsWith('check:'));
const failed: string[] = [];

const check = async (name: string): Promise<void> => {
  const started = performance.now();
  const run = spawn('npm', ['run', '--silent', name], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => run.on('error', reject).on('close', resolve));
  const [status, printed, complained] = await Promise.all([ended, text(run.stdout), text(run.stderr)]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status === 0) return;
  failed.push(name);
  console.log(`${printed}${complained}`);
};

const oneAfterAnother = async (): Promise<void> => {
  for (let name = waiting.pop(); name; name = waiting.pop()) await check(name);
};
await Promise.all(Array.from({ length: availableParallelism() }, oneAfterAnother));

if (failed.length > 0) console.log(`not as it should be: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
