import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadEntries, synthesized } from '../../local/in-memory/deployment.ts';
import { type Lived, live } from './run.ts';

/** A cloud to live: the same is lived the same way, wherever that is. */
export interface LifeSpec {
  seed: string;
  sites: number;
  days: number;
}

/** What came of it, as far as it can be told to another process. */
export type LifeResult = Omit<Lived, 'state'>;

export interface Lives {
  /** @throws Error when whoever lives it ends by itself */
  live(spec: LifeSpec): Promise<LifeResult>;
  stop(): void;
}

/** Lives what it is asked, one after the other, until its parent goes. */
export const answersParent = async (): Promise<void> => {
  const deployment = synthesized();
  const made = { deployment, entryOf: await loadEntries(deployment) };
  process.on('disconnect', () => process.exit(0));
  process.on('message', async (spec: LifeSpec) => {
    const { state: _, ...result } = await live(made, spec);
    process.send?.(result satisfies LifeResult);
  });
};

/** A year of fifty sites has some gigabytes. */
const MOST_MB = 9000;

interface Worker {
  one: ChildProcess;
  ended: Promise<unknown[]>;
}

/** So many processes, each with a cloud at a time. */
export const inProcesses = (many: number): Lives => {
  const make = () =>
    fork(new URL('./worker.ts', import.meta.url), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Most of what a call makes is gone with it: it isn't to be copied over and over.
      execArgv: ['--max-semi-space-size=64', `--max-old-space-size=${MOST_MB}`],
    });
  const all = Array.from({ length: many }, () => {
    const one = make();
    return { one, ended: once(one, 'exit') };
  });
  const idle = [...all];
  const waiting: ((one: Worker) => void)[] = [];
  return {
    async live(spec) {
      const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
      worker.one.send(spec);
      const result = await Promise.race([
        once(worker.one, 'message').then(([message]) => message as LifeResult),
        worker.ended.then(([status, signal]) => {
          throw new Error(`who lived ${spec.seed} ended by itself: ${signal ?? status}`);
        }),
      ]);
      const next = waiting.shift();
      if (next) next(worker);
      else idle.push(worker);
      return result;
    },
    stop() {
      for (const { one } of all) one.kill();
    },
  };
};
