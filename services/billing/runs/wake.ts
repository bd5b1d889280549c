import type { Wake } from '../../../shared/journal/aggregate.ts';
import { runId } from '../tariffs/contract.ts';
import { hinted } from './decide.ts';
import type { Run, RunEvent } from './run.ts';

/** Tells a worker to go on with a part of a run, or (without one) with its notices. Only a hint: once too often is nothing. */
export interface ToDo {
  site: string;
  run: string;
  part?: number | undefined;
}
export type EnqueueWork = (todo: readonly ToDo[]) => Promise<void>;

/** What a run still has to do. */
export const toDo = (site: string, { period, status, open }: Run): ToDo[] => {
  const run = runId(period);
  if (status === 'noticing') return [{ site, run }];
  return status === 'charging' ? open.map((part) => ({ site, run, part })) : [];
};

/** In: a run that is under way, every quarter of an hour. Out: its workers are told again what isn't done. */
export const runWake =
  (enqueueWork: EnqueueWork): Wake<Run, RunEvent> =>
  async (site, state, now) => {
    if (state.wake === undefined || state.wake > now) return [];
    await enqueueWork(toDo(site, state));
    return hinted(now);
  };
