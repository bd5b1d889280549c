import type { Usage } from '../../local/gateway/index.ts';
import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import { addTo, type Cost, costOf, split, sumOf, where } from './cost.ts';
import { benchCloud, SITE, settledContact } from './group.ts';
import { idleIn } from './idle.ts';
import { type Case, LIFECYCLE, UNTIL_QUIET } from './steps.ts';

/** Goal of the price of 1,000 complaints from the call to the signature, dollars without email. */
export const GOAL_USD = 0.25;
const CASES = 5;
/** Between two cases: longer than any cache lives, as at a site with little to do. */
const APART = 1.5 * MINUTE;
/** Short of a quarter, so that no sweep falls into a step. */
const START = Date.UTC(2026, 4, 11, 1, 1);

export interface Line {
  name: string;
  cost: Cost;
}

/** What every command costs, all that it causes included: its events, consumers, notices, timers and figures. */
export const measureLifecycle = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, { start: START, speed: 0, repeatable: true });
  const { deployment, clock, meter } = cloud;
  const together: Usage = {};

  /** Runs something for each case by itself and settles. */
  const each = async (name: string, run: (n: number) => Promise<unknown>, count = CASES): Promise<Line> => {
    const used: Usage = {};
    for (let n = 0; n < count; n++) {
      await clock.advance({ by: APART });
      const before = meter.snapshot();
      await run(n);
      await clock.settle();
      addTo(used, split(meter.since(before), deployment).caused);
    }
    addTo(together, used);
    return { name, cost: costOf(used, deployment, count) };
  };

  const live = async (round: string): Promise<Line[]> => {
    const cases = Array.from({ length: CASES }, (_, n): Case => ({ n: `${round}-${n}`, id: '' }));
    const lines: Line[] = [];
    for (const step of LIFECYCLE) {
      const before = meter.snapshot();
      await clock.advance({ by: Math.max(0, step.after - CASES * APART) });
      addTo(between, split(meter.since(before), deployment).caused);
      lines.push(await each(step.name, (n) => step.run(desk, cases[n] as Case)));
    }
    const before = meter.snapshot();
    await clock.advance({ by: UNTIL_QUIET });
    addTo(between, split(meter.since(before), deployment).caused);
    addTo(together, between);
    lines.push({ name: 'timers', cost: costOf(between, deployment, CASES) });
    return lines;
  };
  const between: Usage = {};
  const clear = (usage: Usage) => {
    for (const who of Object.keys(usage)) delete usage[who];
  };

  try {
    // Once to load every bundle: a cold start is not a command's price.
    await live('warm');
    clear(together);
    clear(between);
    const lines = await live('measured');
    const usage = structuredClone(together);
    const others = [
      await each('contact settled', (n) => settledContact(desk, `settled-${n}`)),
      await each('read figures', () =>
        desk.director.get(`/sites/${SITE}/figures?from=2026-05-01&to=2026-05-31&by=day`),
      ),
      await each('read a sheet', async () => {
        const { items } = await desk.director.get(`/sites/${SITE}/complaints?state=finished&limit=1`);
        await desk.director.get(`/sites/${SITE}/complaints/${items[0].id}`);
      }),
    ];
    const before = meter.snapshot();
    await clock.advance({ by: 24 * HOUR });
    const { standing } = split(meter.since(before), deployment);
    return {
      lines,
      total: sumOf(lines.map(({ cost }) => cost)),
      others,
      ...where(usage, deployment, CASES),
      /** Dollars a month for what runs whether anything happens or not, with nothing due. */
      standingUsdPerMonth: (costOf(standing, deployment, 1).per1000Usd / 1000) * 30,
      idle: idleIn(assembly),
      denials: cloud.denials().length,
    };
  } finally {
    await cloud.stop();
  }
};
