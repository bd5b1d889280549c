import { beforeAll, describe, expect, it } from 'vitest';
import { loadEntries, synthesized } from '../../local/in-memory/deployment.ts';
import type { Entry } from '../../local/in-memory/instances.ts';
import { live } from './run.ts';
import { FAILED_SEEDS } from './seeds.ts';

describe('the simulator', () => {
  const deployment = synthesized();
  let entryOf: Awaited<ReturnType<typeof loadEntries>>;
  beforeAll(async () => {
    entryOf = await loadEntries(deployment);
  });

  it('lives the same life twice from the same seed, and another from another', async () => {
    const of = (seed: string, days: number) => live({ deployment, entryOf }, { seed, sites: 1, days });
    const [one, again, other] = [await of('one', 33), await of('one', 33), await of('other', 2)];
    expect(one.broken).toEqual([]);
    expect(one.tally.commands).toBeGreaterThan(0);
    expect(await again.state()).toBe(await one.state());
    expect(await other.state()).not.toBe(await one.state());
  });

  it('finds that an event never reached the bus, and says whose history that is', async () => {
    const deaf: Entry = (aws) => {
      const relay = entryOf(relayed)(aws);
      let n = 0;
      return async (event, context) => (++n % 3 === 0 ? { batchItemFailures: [] } : relay(event, context));
    };
    const relayed = deployment.functions.find(({ path }) => path === 'HuiyinIntake/Relay/Function')!;
    const made = { deployment, entryOf: (fn: typeof relayed) => (fn === relayed ? deaf : entryOf(fn)) };
    const { broken, histories } = await live(made, { seed: 'deaf', sites: 1, days: 29 });
    expect(broken.map(({ law }) => law)).toContain('each event reaches the bus');
    expect(histories.join('\n')).toContain('contact.');
  });

  it.each(FAILED_SEEDS)('breaks no law of $seed any more: $was', async ({ seed, sites, days }) => {
    expect((await live({ deployment, entryOf }, { seed, sites, days })).broken).toEqual([]);
  });
});
