import { beforeAll, describe, expect, it } from 'vitest';
import { loadEntries, synthesized } from '../../local/in-memory/deployment.ts';
import type { Entry } from '../../local/in-memory/instances.ts';
import { DAYS_BEFORE, isRedriven, RUNBOOK } from './dead-letters.ts';
import { LAWS } from './laws.ts';
import { live } from './run.ts';
import { FAILED_SEEDS } from './seeds.ts';

/** A kind of command that is tried so often is done once, in seven hundred site-days; of the rare ones most are. */
const OFTEN = 15;

describe('the simulator', () => {
  const deployment = synthesized();
  let entryOf: Awaited<ReturnType<typeof loadEntries>>;
  beforeAll(async () => {
    entryOf = await loadEntries(deployment);
  });

  it('lives the same life twice from the same seed, and another from another', async () => {
    const of = (seed: string, days: number) => live({ deployment, entryOf }, { seed, sites: 1, days });
    const [one, again, other] = [await of('one', 16), await of('one', 16), await of('other', 2)];
    expect(one.broken).toEqual([]);
    expect(one.tally.commands).toBeGreaterThan(0);
    expect(await again.state()).toBe(await one.state());
    expect(await other.state()).not.toBe(await one.state());
  });

  // A minute and a half of a quiet core: with LAWS=long.
  it.runIf(process.env.LAWS === 'long')(
    'sees people do every kind of thing, and each law broken by what breaks it',
    async () => {
      let checked = 0;
      const { broken, tally } = await live(
        { deployment, entryOf },
        { seed: 'all', sites: 8, days: 90 },
        async (subject) => {
          for (const law of LAWS) {
            expect(await law.broken(subject), law.name).toEqual([]);
            expect(await law.broken(await law.spoilt(subject)), law.name).not.toEqual([]);
            checked += 1;
          }
        },
      );
      expect(broken).toEqual([]);
      expect(checked).toBe(LAWS.length);
      const kinds = Object.entries(tally.kinds);
      const never = kinds.filter(([, { done, refused }]) => done === 0 && refused >= OFTEN);
      expect(never.map(([kind]) => kind)).toEqual([]);
      expect(kinds.filter(([, { done }]) => done > 0).length).toBeGreaterThanOrEqual(45);
    },
  );

  it('knows from the runbook what to do about whatever fails for good', () => {
    const targets = [...deployment.rules.flatMap((rule) => rule.targets), ...deployment.schedules.map((s) => s.target)];
    const failing = deployment.functions.filter(({ arn }) => targets.some((target) => target.arn === arn));
    const redriven = failing.filter(({ environment }) => isRedriven(environment.FUNCTION!));
    expect(redriven.length).toBeGreaterThan(10);
    expect(redriven.length).toBeLessThan(failing.length);
    const from = `from ${['no', 'one', 'two', 'three'][DAYS_BEFORE]} days before`;
    expect(RUNBOOK.get('How-to-redrive-a-stream')).toContain(from);
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

  it('finds a consumer that works only once its dead letters are redriven, and names it', async () => {
    const failing = deployment.functions.find(({ path }) => path === 'HuiyinInbox/OnNotice/Function')!;
    const tries = new Map<string, number>();
    const late: Entry = (aws) => {
      const works = entryOf(failing)(aws);
      return async (event, context) => {
        const { id } = event as { id: string };
        tries.set(id, (tries.get(id) ?? 0) + 1);
        if (tries.get(id)! <= 3) throw new Error('not yet');
        return works(event, context);
      };
    };
    const made = { deployment, entryOf: (fn: typeof failing) => (fn === failing ? late : entryOf(fn)) };
    const { broken } = await live(made, { seed: 'tries', sites: 1, days: 5 });
    expect(broken).toContainEqual(
      expect.objectContaining({
        law: 'nothing but an outage makes a dead letter',
        what: expect.stringContaining(failing.path),
      }),
    );
  });

  it.each(FAILED_SEEDS)('breaks no law of $seed any more: $was', async ({ seed, sites, days }) => {
    expect((await live({ deployment, entryOf }, { seed, sites, days })).broken).toEqual([]);
  });
});
