import { choosePorts } from '../ports.ts';
import { inMemory, type MemoryCloud, type MemoryCloudOptions } from './cloud.ts';
import { loadEntries, synthesized } from './deployment.ts';
import { chanceOf } from './random.ts';

/** What was synthesized, in memory; its API is served on a free port, too. */
export const startInMemory = async (
  options: Pick<MemoryCloudOptions, 'start' | 'data' | 'priced' | 'logged'>,
): Promise<MemoryCloud> => {
  const ports = await choosePorts(undefined, undefined);
  const apiUrl = `http://localhost:${ports.api}`;
  const deployment = synthesized(apiUrl);
  const entryOf = await loadEntries(deployment);
  await ports.releaseAll();
  const cloud = inMemory({ ...options, deployment, entryOf, apiUrl, chance: chanceOf(`at ${options.start}`) });
  await cloud.serve(ports.api);
  return cloud;
};
