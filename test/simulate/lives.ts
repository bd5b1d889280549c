import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadEntries, synthesized } from '../../local/in-memory/deployment.ts';
import { type Lived, live } from './run.ts';

/** A cloud to live: the same is lived the same way, wherever that is. */
export interface Asked {
  seed: string;
  sites: number;
  days: number;
}

/** What came of it, as far as it can be told to another process. */
export type Told = Omit<Lived, 'state'>;

export interface Lives {
  /** @throws Error when whoever lives it ends by itself */
  live(asked: Asked): Promise<Told>;
  stop(): void;
}

/** Lives what it is asked, one after the other, until its parent goes. */
export const answersParent = async (): Promise<void> => {
  const deployment = synthesized();
  const made = { deployment, entryOf: await loadEntries(deployment) };
  process.on('disconnect', () => process.exit(0));
  process.on('message', async (asked: Asked) => {
    const { state: _, ...told } = await live(made, asked);
    process.send?.(told satisfies Told);
  });
};

interface Worker {
  one: ChildProcess;
  ended: Promise<unknown[]>;
}

/** So many processes, each with a cloud at a time. */
export const inProcesses = (many: number): Lives => {
  const make = () => fork(new URL('./worker.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const all = Array.from({ length: many }, () => {
    const one = make();
    return { one, ended: once(one, 'exit') };
  });
  const idle = [...all];
  const waiting: ((one: Worker) => void)[] = [];
  return {
    async live(asked) {
      const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
      worker.one.send(asked);
      const told = await Promise.race([
        once(worker.one, 'message').then(([message]) => message as Told),
        worker.ended.then(([status, signal]) => {
          throw new Error(`who lived ${asked.seed} ended by itself: ${signal ?? status}`);
        }),
      ]);
      const next = waiting.shift();
      if (next) next(worker);
      else idle.push(worker);
      return told;
    },
    stop() {
      for (const { one } of all) one.kill();
    },
  };
};
