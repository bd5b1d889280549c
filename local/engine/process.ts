/** The engine as a child process that never outlives its use, even when its parent is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../cannot-start.ts';
import { findBinary } from './binary.ts';
import { freePort } from './port.ts';

export interface EngineProcess {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts dynoxide on `dir/engine.db`, or in memory, and a free port.
 * @param onDeath hears of an end that nobody asked for
 * @throws CannotStart when another living process uses the folder; Error when the engine doesn't start
 */
export async function startProcess(dir: string | undefined, onDeath?: (why: string) => void): Promise<EngineProcess> {
  if (dir !== undefined) await endOrphan(dir);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(dir === undefined ? undefined : filesIn(dir), onDeath);
    } catch (error) {
      // Nothing keeps a free port free until the engine has it.
      if (attempt === 3 || !(error instanceof PortTaken)) throw error;
    }
  }
}

class PortTaken extends Error {}

async function launch(
  files: ReturnType<typeof filesIn> | undefined,
  onDeath?: (why: string) => void,
): Promise<EngineProcess> {
  // A process group of its own: Ctrl-C in a terminal must not take the store away before the rest has stopped.
  const kept = files ? ['--db-path', files.database] : [];
  const child = spawn(findBinary(), ['--port', String(await freePort()), ...kept], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const atExit = () => child.kill('SIGKILL');
  process.on('exit', atExit);
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await end(child);
    process.off('exit', atExit);
    if (files) rmSync(files.pidFile, { force: true });
  };
  try {
    if (files) writeFileSync(files.pidFile, JSON.stringify({ engine: child.pid, parent: process.pid }));
    const url = await listening(child);
    child.stdout.resume();
    child.stderr.resume();
    const { headers } = await fetch(url, { method: 'HEAD' });
    if (!headers.has('x-dynoxide-version')) throw new PortTaken(`something else answers at ${url}`);
    child.on('exit', (code, signal) => {
      if (!stopping) onDeath?.(`the DynamoDB engine ended with ${signal ?? code}`);
    });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const url = output.match(/listening on (http:\/\/\S+)\s/)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => {
      const message = `the DynamoDB engine ended with ${code}: ${output.trim()}`;
      reject(output.includes('already in use') ? new PortTaken(message) : new Error(message));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 2000);
  await ended;
  clearTimeout(patience);
}

const filesIn = (dir: string) => ({ pidFile: join(dir, 'engine.pid'), database: join(dir, 'engine.db') });

/**
 * Ends what a killed parent left behind; the pid is trusted only while it still runs on this very database.
 * @throws CannotStart when its parent lives
 */
export async function endOrphan(dir: string): Promise<void> {
  const { pidFile, database } = filesIn(dir);
  if (!existsSync(pidFile)) return;
  const { engine, parent } = JSON.parse(readFileSync(pidFile, 'utf8')) as { engine: number; parent: number };
  if (parent !== process.pid && alive(parent) && alive(engine)) {
    throw new CannotStart(`${dir} is in use by process ${parent}; stop it first`);
  }
  if (alive(engine) && commandOf(engine).includes(database)) {
    process.kill(engine, 'SIGTERM');
    // A dead process that nobody has reaped yet still has its pid, but no command.
    const running = () => commandOf(engine).includes(database);
    for (let waited = 0; running() && waited < 3000; waited += 20) await sleep(20);
    if (running()) process.kill(engine, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Only Linux tells without another program; elsewhere an orphan keeps its port but a new engine takes another. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
