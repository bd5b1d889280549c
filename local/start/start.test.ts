import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFolder } from '../data-folder.ts';
import { freePort } from '../engine/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'huiyin-start-'));
  writeFileSync(join(dir, 'kept'), 'of the running one');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** `npm start -- …`, and what it says when it ends by itself. */
const start = async (...args: string[]) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bin.ts'), '--data', dir, ...args]);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  return { status, said: said.trim() };
};

test('a fresh start beside a running one deletes nothing, and says so in a sentence', async () => {
  const running = takeFolder(dir);
  const { status, said } = await start('--fresh', '--port', String(await freePort()));
  running.release();
  expect(status).toBe(1);
  expect(said).toBe(`cannot start: ${dir} is in use by process ${process.pid}; stop it first, or name another folder`);
  expect(existsSync(join(dir, 'kept'))).toBe(true);
});

test('a fresh start on a taken port deletes nothing, and says so in a sentence', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  const { status, said } = await start('--fresh', '--port', String(port));
  holder.close();
  expect(status).toBe(1);
  expect(said).toBe(`cannot start: port ${port} is taken; stop what has it, or choose others`);
  expect(existsSync(join(dir, 'kept'))).toBe(true);
});

test('a folder is free again however the process that had it ended', async () => {
  const script = `import { takeFolder } from ${JSON.stringify(import.meta.resolve('../data-folder.ts'))};
    takeFolder(${JSON.stringify(dir)}); console.log('taken'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => other.stdout.once('data', resolve));
  expect(() => takeFolder(dir)).toThrow(`in use by process ${other.pid}`);
  const gone = new Promise((resolve) => other.once('exit', resolve));
  other.kill('SIGKILL');
  await gone;
  const folder = takeFolder(dir);
  folder.empty();
  expect(existsSync(join(dir, 'kept'))).toBe(false);
  folder.release();
});
