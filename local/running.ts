import { synthesize } from './assembly.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { ADMIN } from './demo/group.ts';

import { startInMemory } from './in-memory/start.ts';

/** What a command's work does to a cloud, whichever it is. */
export type RunningCloud = Pick<
  Cloud,
  'apiUrl' | 'fetch' | 'token' | 'clock' | 'mail' | 'meter' | 'deadLetters' | 'dropped' | 'denials' | 'stop'
>;

/**
 * Does a command's work in a cloud of its own, in memory unless the local one is asked for, and ends the process: with 0; with 1
 * when it failed, or something was lost or refused, which is told; as signals ask.
 * @param start where the clock stands at first, ms
 */
export const runningIn = async (
  { start, localCloud, progress }: { start: number; localCloud: boolean; progress(line: string): void },
  work: (cloud: RunningCloud) => Promise<void>,
): Promise<void> => {
  let cloud: RunningCloud | undefined;
  const stop = async (status: number) => {
    await cloud?.stop();
    process.exit(status);
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  try {
    const assembly = await synthesize();
    cloud = localCloud
      ? await startCloud({ assembly, start, parameters: { AdminSubject: ADMIN }, log: progress })
      : await startInMemory({ start, priced: true });
    await work(cloud);
    const lost = [
      ...cloud.deadLetters().map(({ queue }) => queue),
      ...cloud.dropped(),
      ...cloud.denials().map(({ function: by, action }) => `${action} of ${by}`),
    ];
    for (const what of lost) progress(`not delivered: ${what}`);
    await stop(lost.length > 0 ? 1 : 0);
  } catch (error) {
    console.error(error);
    await stop(1);
  }
};
