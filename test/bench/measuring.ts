import type { Cloud } from '../../local/cloud.ts';
import type { Usage } from '../../local/gateway/index.ts';
import { entries } from '../../local/gateway/meter.ts';
import { readDeployment } from '../../local/template/index.ts';
import { type Cost, costOf, split, standingOf } from './cost.ts';
import { benchCloud } from './group.ts';
import { type KeyUse, watchKeys } from './keys.ts';

/** What one of something uses, with all that it causes: in all, of each function, and of each partition key. */
export interface Load extends Cost {
  /** SDK calls by service and action. */
  calls: Record<string, number>;
  /** By construct path. */
  functions: Record<string, { invocations: number; ms: number }>;
  keys: KeyUse[];
}

const rounded = (n: number): number => Number(n.toPrecision(4));
export const divided = <T extends object>(one: T, by: number): T =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, typeof value === 'number' ? rounded(value / by) : value]),
  ) as T;

const functionsOf = (usage: Usage, { functions }: Cloud['deployment'], by: number): Load['functions'] => {
  const found: Load['functions'] = {};
  for (const { path, name, memoryMb } of functions) {
    const sum = { invocations: 0, ms: 0 };
    for (const { who, unit, amount } of entries(usage)) {
      if (who !== name) continue;
      if (unit === 'lambda.invocations') sum.invocations += amount;
      if (unit === 'lambda.mbMs') sum.ms += amount / memoryMb;
    }
    if (sum.invocations > 0) found[path.replace(/\/Function$/, '')] = divided(sum, by);
  }
  return found;
};

const byName = (a: KeyUse, b: KeyUse) =>
  `${a.table} ${a.index ?? ''} ${a.key}` < `${b.table} ${b.index ?? ''} ${b.key}` ? -1 : 1;

/** A cloud whose every call is told by partition key, and what measures in it. */
export const measuring = async (assembly: string, start: number) => {
  const template = readDeployment(assembly);
  const watch = watchKeys(template, standingOf(template));
  const { cloud, desk } = await benchCloud(assembly, { start, speed: 0, onUse: watch.onUse, repeatable: true });
  const { deployment, meter } = cloud;

  /** @param quiet what the timetable uses in so long with nothing to do; then what it did besides belongs to it, too */
  const measure = async (count: number, run: () => Promise<unknown>, quiet?: Usage): Promise<Load> => {
    await cloud.clock.settle();
    watch.take();
    const before = meter.snapshot();
    await run();
    await cloud.clock.settle();
    const whole = meter.since(before);
    const usage = quiet ? without(whole, quiet) : split(whole, deployment).caused;
    const { keys, calls } = watch.take();
    return {
      ...divided(costOf(usage, deployment, count), 1),
      calls: divided(calls, count),
      functions: functionsOf(usage, deployment, count),
      keys: keys.map((one) => divided(one, count)).sort(byName),
    };
  };
  return { cloud, desk, measure };
};

/** A usage without another, and never less than nothing. */
const without = (usage: Usage, less: Usage): Usage => {
  const left: Usage = {};
  for (const { who, action, unit, amount } of entries(usage)) {
    left[who] ??= {};
    left[who][action] ??= {};
    left[who][action][unit] = Math.max(0, amount - (less[who]?.[action]?.[unit] ?? 0));
  }
  return left;
};

/** One after the other. */
export const times = async (count: number, run: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < count; n++) await run(n);
};
