import { readFileSync, writeFileSync } from 'node:fs';
import { type SharedTime, sharedTime } from './functions/shared-time.ts';
import { TimerHeap } from './timers.ts';
import { createWork, type Work } from './work.ts';

/** setTimeout's largest delay, ms; beyond it Node fires at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export interface ClockOptions {
  /** ms since the epoch; default: wall time. A kept clock that is later wins: time never goes backwards. */
  start?: number | undefined;
  /** Clock seconds per wall second; 0 stands still. */
  speed: number;
  /** Where the clock is kept between starts. */
  file?: string | undefined;
  work?: Work;
}

/** The one clock of the local cloud. Every timer of every service is registered here; nothing else sleeps. */
export interface Clock {
  readonly work: Work;
  /** What the functions' `Date` reads. */
  readonly shared: SharedTime;
  /** ms since the epoch. */
  now(): number;
  /** Calls `fire` once the clock reaches `instant` (ms); at once (but never synchronously) when that has passed. */
  at(instant: number, label: string, fire: () => void): () => void;
  /** Resolves at `instant`; `signal` gives up waiting (resolves too). Waiting is not work. */
  until(instant: number, label: string, signal?: AbortSignal): Promise<void>;
  /** Moves on, instant by instant in order; all due timers run (≤ the target) and all they cause is done before the next. */
  advance(to: { by: number } | { to: number }): Promise<void>;
  settle(): Promise<void>;
  stop(): void;
}

export function createClock(options: ClockOptions): Clock {
  const work = options.work ?? createWork();
  const timers = new TimerHeap();
  const kept = readKept(options.file);
  const resumed = options.speed === 0 ? kept?.now : kept?.resumeAt;
  const start = Math.max(options.start ?? resumed ?? Date.now(), kept?.now ?? 0);
  const shared = sharedTime(start, options.speed);
  let wake: NodeJS.Timeout | undefined;
  let advancing = false;
  let stopped = false;

  function keep(): void {
    if (options.file) writeFileSync(options.file, JSON.stringify({ now: shared.now(), wall: Date.now() }));
  }

  function fireNext(): void {
    for (const timer of timers.takeNext()) timer.fire?.();
  }

  /** With a running clock a real timeout stands for the next timer only. */
  function schedule(): void {
    clearTimeout(wake);
    const next = timers.next();
    if (stopped || advancing || next === undefined) return;
    const behind = next - shared.now();
    if (behind > 0 && options.speed === 0) return;
    wake = setTimeout(fireDue, Math.min(Math.max(behind, 0) / (options.speed || 1), LONGEST_TIMEOUT));
  }

  function fireDue(): void {
    while (!advancing && !stopped && (timers.next() ?? Number.POSITIVE_INFINITY) <= shared.now()) fireNext();
    schedule();
  }

  async function advance(to: { by: number } | { to: number }): Promise<void> {
    if (advancing) throw new Error('The clock is already being moved');
    const target = 'to' in to ? to.to : shared.now() + to.by;
    if (target < shared.now()) throw new Error(`The clock never goes backwards (to ${new Date(target).toISOString()})`);
    advancing = true;
    try {
      await work.settled();
      for (let next = timers.next(); next !== undefined && next <= target && !stopped; next = timers.next()) {
        shared.moveTo(Math.max(next, shared.now()));
        fireNext();
        await work.settled();
      }
      shared.moveTo(Math.max(target, shared.now()));
    } finally {
      advancing = false;
      keep();
      schedule();
    }
  }

  function at(instant: number, label: string, fire: () => void): () => void {
    const cancel = timers.add(instant, label, fire);
    if (timers.next() === instant) schedule();
    return cancel;
  }

  // A killed process must not wake up in its own past.
  const keeper = options.file ? setInterval(keep, 1000).unref() : undefined;

  return {
    work,
    shared,
    now: () => shared.now(),
    at,
    until(instant, label, signal) {
      return new Promise((resolve) => {
        const cancel = at(instant, label, done);
        function done() {
          signal?.removeEventListener('abort', done);
          cancel();
          resolve();
        }
        if (signal?.aborted) done();
        else signal?.addEventListener('abort', done);
      });
    },
    advance,
    async settle() {
      // Timers that are already due are runnable work too.
      await work.settled();
      while ((timers.next() ?? Number.POSITIVE_INFINITY) <= shared.now()) {
        fireNext();
        await work.settled();
      }
    },
    stop() {
      stopped = true;
      clearTimeout(wake);
      clearInterval(keeper);
      keep();
      timers.clear();
    },
  };
}

/** Where the clock stood, and where it would stand had it kept its distance to wall time meanwhile. */
function readKept(file: string | undefined): { now: number; resumeAt: number } | undefined {
  if (!file) return undefined;
  try {
    const { now, wall } = JSON.parse(readFileSync(file, 'utf8')) as { now: number; wall: number };
    return { now, resumeAt: now + Math.max(0, Date.now() - wall) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
