import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entersFees, expectFeesAddUp } from './support/fee-moves.ts';
import { expectCountedByHand } from './support/figures.ts';
import { move, simulation } from './support/simulation.ts';
import { expectSound } from './support/sound.ts';
import { allCases } from './support/tables.ts';
import { startWorld, type World } from './support/world.ts';

/** Other histories: give another number. */
const SEED = 20_260_302;

describe('the laws hold whatever people do and however time passes', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await entersFees(world);
  });
  afterAll(() => world?.stop());

  it('every case is lawful, figures are what one counts from the journals by hand, and a rebuild agrees', async () => {
    const { play, tally } = simulation(world);
    const histories = fc.asyncProperty(fc.array(move, { minLength: 45, maxLength: 60, size: 'max' }), async (moves) => {
      for (const one of moves) await play(one);
      await expectSound(world);
      await expectCountedByHand(world);
      await expectFeesAddUp(world);
    });
    // One world lives through all of them, so there is nothing to make smaller.
    await fc.assert(histories, { numRuns: 3, seed: SEED, endOnFailure: true });
    const cases = await allCases(world.cloud);
    const reached = new Set(cases.map(({ head, type }) => `${type.type} ${head.state.status}`));
    for (const far of ['complaint closed', 'complaint not-valid', 'callback reached', 'contact accepted']) {
      expect([...reached], 'the histories get far').toContain(far);
    }
    const happened = new Set(cases.flatMap(({ events }) => events.map(({ name }) => name)));
    for (const far of ['run.issued', 'account.charged', 'account.reversed', 'account.adjusted', 'account.step-done']) {
      expect([...happened], 'fees get far').toContain(far);
    }
    expect(tally.done).toBeGreaterThan(100);
  });
});
