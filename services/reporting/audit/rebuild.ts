import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { inParallel } from '../../../shared/aws/many.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { log } from '../../../shared/lambda/log.ts';
import { everySite } from '../figures/contract.ts';
import { JOURNALS, type Slice } from '../figures/contract-store.ts';
import { progressOf, type RebuildChain, type RebuildTask } from './rebuild-chains-store.ts';
import { type PageDeps, rebuildPageOf } from './rebuild-pages.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';

/**
 * Recomputes every figure from the journals and compares it with what the streams counted, in chains that go on side by
 * side: every table's journals in slices (every row must know what their events say, and every account must be
 * posted); the rows in slices (each must be exactly what its journals say; each day the sum of its rows, each month that
 * of its days); and the money site by site, building by building (each sum must be that of its accounts' ledgers, and the
 * site's that of its buildings). A step is one page, or one building, so that no machine has to hold more. Chains may
 * meet at what they put right: each write names what it found, so that one of them looks again.
 */
export const message = z.object({
  rebuild: z.string(),
  /** Absent: its chains are still to begin. */
  chain: z.string().optional(),
  step: z.number().int(),
  tries: z.number().int(),
});
export type StepMessage = z.output<typeof message>;
export type Send = (message: StepMessage, delaySeconds?: number) => Promise<void>;
/** Somebody has to look into it: what is counted isn't what the journals say, and nothing put it right. */
export type Alarm = (found: { rebuild: string; differences: number }) => Promise<void>;
export interface RebuildDeps extends PageDeps {
  /** Slices that each table is walked in, side by side. */
  slices: number;
  send: Send;
  alarm: Alarm;
}

/** What a rebuild needs to begin. */
export interface Beginning {
  rebuilds: Rebuilds;
  send: Send;
}

/**
 * A rebuild is started, or told again that had been started before under the same id: whoever started it may have died
 * before saying so.
 * @returns the one that stands
 * @throws Refusal when it was asked for otherwise
 */
export const begin = async (
  { rebuilds, send }: Beginning,
  wanted: Pick<Rebuild, 'id' | 'repair' | 'startedAt' | 'asker' | 'body' | 'sample'>,
): Promise<Rebuild> => {
  const rebuild = await rebuilds.start(wanted);
  if (rebuild.body !== wanted.body) throw new Refusal('conflict', 'request.key-reused');
  await rebuilds.list(rebuild);
  if (!rebuild.spread) await send({ rebuild: rebuild.id, step: 0, tries: 0 });
  return rebuild;
};

/** What the streams have not brought yet is waited for, this often and this long (seconds), before it is a difference. */
const PATIENCE = 5;
const DELAY = 10;
/**
 * Times a message comes before it is a dead letter. The last time nothing of it is tried, only said that its chain failed: a
 * step that took its machine with it (time, memory) could not have said so itself.
 */
export const TRIES = 5;

/** Chains that are begun at once. */
const WIDTH = 16;

const nameOf = (task: RebuildTask): string => {
  if ('site' in task) return `${task.pass} ${task.site}`;
  const { n, of } = task.slice;
  return `${task.pass === 'rows' ? 'rows' : task.table} ${n + 1}/${of}`;
};

const tasksOf = async ({ policies, slices: of }: RebuildDeps, { sample }: Rebuild): Promise<RebuildTask[]> => {
  if (sample) return sample.sites.map((site) => ({ pass: 'night', site }));
  const slices = Array.from({ length: of }, (_, n): Slice => ({ n, of }));
  return [
    ...JOURNALS.flatMap((table) => slices.map((slice): RebuildTask => ({ pass: 'journals', table, slice }))),
    ...slices.map((slice): RebuildTask => ({ pass: 'rows', slice })),
    ...(await everySite(policies)).map(({ site }): RebuildTask => ({ pass: 'money', site })),
  ];
};

/** All chains begin. Again, those that stand where they began are told again. */
const spread = async (deps: RebuildDeps, rebuild: Rebuild): Promise<void> => {
  const { rebuilds } = deps;
  const { id } = rebuild;
  if (!rebuild.spread) {
    const begun = { status: 'running', step: 0, events: 0, rows: 0, days: 0 } as const;
    await inParallel(await tasksOf(deps, rebuild), WIDTH, (task) =>
      rebuilds.plant(id, { chain: nameOf(task), task, ...begun }),
    );
    await rebuilds.mark(id, { spread: true });
  }
  await sendOn(deps, id, await rebuilds.chains(id));
};

/** The money comes after the rows: put right before a building's lost sums are, a site's would be put wrong. */
const sendOn = async ({ send }: RebuildDeps, id: string, chains: readonly RebuildChain[]): Promise<void> => {
  const first = chains.filter(({ task }) => task.pass !== 'money');
  const now = first.some(({ status }) => status === 'running') ? first : chains;
  const waiting = now.filter(({ step, status }) => step === 0 && status === 'running');
  await inParallel(waiting, WIDTH, ({ chain, step }) => send({ rebuild: id, chain, step, tries: 0 }));
};

/** Where no chain goes on, it rings before that is said: whoever dies in between rings again, never not at all. */
const end = async (deps: RebuildDeps, id: string, task: RebuildTask): Promise<void> => {
  const { rebuilds, alarm } = deps;
  const [rebuild, chains] = await Promise.all([rebuilds.read(id), rebuilds.chains(id)]);
  if (!rebuild) return;
  const { status, notCompared } = progressOf(rebuild, chains);
  const early = chains.filter((one) => one.task.pass !== 'money');
  if (task.pass !== 'money' && early.every((one) => one.status !== 'running')) await sendOn(deps, id, chains);
  if (status === 'running' || isDeepStrictEqual(rebuild.ended, notCompared)) return;
  const { count } = rebuild.repair ? { count: 0 } : await rebuilds.differences(id, 0);
  if (count > 0) {
    log('HY-REB-2', { rebuild: id, differences: count });
    await alarm({ rebuild: id, differences: count });
  }
  await rebuilds.mark(id, { ended: notCompared });
};

const stepOn = async (deps: RebuildDeps, rebuild: Rebuild, chain: RebuildChain, tries: number): Promise<void> => {
  const { id, repair } = rebuild;
  const told = { rebuild: id, chain: chain.chain, step: chain.step };
  const { findings, next, ...done } = await rebuildPageOf(deps, rebuild, chain);
  if (findings.length > 0 && tries < PATIENCE) return deps.send({ ...told, tries: tries + 1 }, DELAY);
  await deps.rebuilds.note(
    id,
    findings.map(({ difference }) => difference),
  );
  if (repair) for (const one of findings) await one.repair();
  const went = await deps.rebuilds.advance(id, chain, next, done);
  log('HY-REB-1', { rebuild: id, chain: chain.chain, step: chain.step, differences: findings.length });
  if (!next) return end(deps, id, chain.task);
  if (went) await deps.send({ ...told, step: chain.step + 1, tries: 0 });
};

/**
 * One step of one chain. Done twice it does nothing more; died half-way it is done again; of two at once, one goes on. A
 * chain that failed each time is said to have failed, and the others end without it.
 * @param received how often the message has come: whoever had it before may have died before passing the word on
 * @throws the last time it comes, so that it becomes a dead letter
 */
export const takeStep = async (
  deps: RebuildDeps,
  { rebuild: id, chain: name, step, tries }: StepMessage,
  received = 1,
) => {
  const rebuild = await deps.rebuilds.read(id);
  if (!rebuild) return;
  if (name === undefined) return rebuild.spread && received === 1 ? undefined : spread(deps, rebuild);
  const chain = await deps.rebuilds.chain(id, name);
  if (!chain) return;
  if (chain.status === 'done') return end(deps, id, chain.task);
  if (received > 1 && chain.step === step + 1)
    return deps.send({ rebuild: id, chain: name, step: chain.step, tries: 0 });
  if (chain.step !== step) return;
  if (received < TRIES) return stepOn(deps, rebuild, chain, tries);
  await deps.rebuilds.fail(id, chain);
  await end(deps, id, chain.task);
  throw new Error(`chain ${name} of ${id} failed at step ${step}`);
};
