import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counts, countByHand } from './support/by-hand.ts';
import { move, simulation } from './support/simulation.ts';
import { expectSound } from './support/sound.ts';
import { allCases } from './support/tables.ts';
import { startWorld, type World } from './support/world.ts';

const ZONES = { lakeside: 'Asia/Shanghai', westgate: 'America/New_York' };
/** Other histories: give another number. */
const SEED = 20_260_302;

describe('the laws hold whatever people do and however time passes', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  /** Q1–Q4 of both sites as the API tells them, by day. */
  const told = async (): Promise<Counts> => {
    const counts: Counts = {};
    for (const site of [world.lakeside, world.westgate]) {
      const { periods } = await site.get('figures?from=2026-02-20&to=2026-12-31&by=day');
      for (const { period, figures } of periods) {
        for (const id of ['Q1', 'Q2', 'Q3', 'Q4']) {
          const { due, met, missed, running, excluded } = figures[id];
          expect(due, `${id} of ${period}: what is due`).toBe(met + missed + running);
          if (due + excluded > 0) counts[`${site.site} ${id} ${period}`] = { met, missed, running, excluded };
        }
      }
    }
    return counts;
  };

  it('every case is lawful, figures are what one counts from the journals by hand, and a rebuild agrees', async () => {
    const { play, tally } = simulation(world);
    const histories = fc.asyncProperty(fc.array(move, { minLength: 45, maxLength: 60, size: 'max' }), async (moves) => {
      for (const one of moves) await play(one);
      await expectSound(world);
      expect(await told()).toEqual(countByHand(await allCases(world.cloud), ZONES));
    });
    // One world lives through all of them, so there is nothing to make smaller.
    await fc.assert(histories, { numRuns: 3, seed: SEED, endOnFailure: true });
    const cases = await allCases(world.cloud);
    const reached = new Set(cases.map(({ head, type }) => `${type.type} ${head.state.status}`));
    for (const far of ['complaint closed', 'complaint not-valid', 'callback reached', 'contact accepted']) {
      expect([...reached], 'the histories get far').toContain(far);
    }
    expect(tally.done).toBeGreaterThan(100);
  });
});
