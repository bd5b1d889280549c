import * as z from 'zod';
import { log } from '../../../shared/lambda/log.ts';
import { eachMessage, type QueueBatch } from '../../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../../shared/lambda/stream.ts';
import { type NoticeDeps, workOnNotices } from './notice-work.ts';
import { type PartDeps, workOnPart } from './part-work.ts';
import type { EnqueueWork } from './wake.ts';

export interface WorkerDeps extends PartDeps, NoticeDeps {
  enqueueWork: EnqueueWork;
}

const toDo = z.object({ site: z.string(), run: z.string(), part: z.number().int().optional() });

/**
 * In: what a run has to do, any number of times. Out: a stretch of it done, and told again while more is left. One that
 * dies is called again by its queue, and goes on where the last page was recorded.
 */
export const worker =
  (deps: WorkerDeps) =>
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-RUN-2' }, async ({ body }) => {
      const todo = toDo.parse(JSON.parse(body));
      const { site, run, part } = todo;
      const more = part === undefined ? await workOnNotices(deps, site, run) : await workOnPart(deps, site, run, part);
      if (more) await deps.enqueueWork([todo]);
      log('HY-RUN-1', { site, run, part, more });
    });
