/**
 * The count of what can run right now: invocations, undelivered events, unread stream records, visible messages,
 * running executions. Whoever hands work on begins the next piece before ending its own, so that zero means settled.
 */
export interface Work {
  /** Begins a piece of work; the answer ends it (once). The label only serves the error message of a stuck settle. */
  begin(label: string): () => void;
  /** Runs `task` as a piece of work and swallows nothing. */
  run<T>(label: string, task: () => Promise<T>): Promise<T>;
  /** Called whenever the count reaches zero; may begin new work (what was held back on purpose). */
  onIdle(hook: () => void): void;
  /** Resolves when nothing runs; rejects, naming what still does, after `timeoutMs` of wall time. */
  settled(timeoutMs?: number): Promise<void>;
  count(): number;
}

export function createWork(): Work {
  const running = new Map<string, number>();
  const hooks: (() => void)[] = [];
  let count = 0;
  let waiting: (() => void)[] = [];

  function reachedZero(): void {
    for (const hook of hooks) hook();
    // A turn later, and only if nothing began meanwhile: what was just handed on may begin within microtasks.
    if (count === 0 && waiting.length > 0) setImmediate(release);
  }

  function release(): void {
    if (count > 0) return;
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  }

  function begin(label: string): () => void {
    count++;
    running.set(label, (running.get(label) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      count--;
      running.set(label, running.get(label)! - 1);
      if (count === 0) reachedZero();
    };
  }

  function describe(): string {
    return [...running]
      .filter(([, n]) => n > 0)
      .map(([label, n]) => `${n} × ${label}`)
      .join(', ');
  }

  return {
    begin,
    async run(label, task) {
      const end = begin(label);
      try {
        return await task();
      } finally {
        end();
      }
    },
    onIdle: (hook) => void hooks.push(hook),
    count: () => count,
    settled(timeoutMs = 120_000) {
      if (count === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const settled = () => {
          clearTimeout(watchdog);
          resolve();
        };
        const watchdog = setTimeout(() => {
          waiting = waiting.filter((other) => other !== settled);
          reject(new Error(`The local cloud did not settle within ${timeoutMs} ms: ${describe()}`));
        }, timeoutMs);
        waiting.push(settled);
      });
    },
  };
}
