import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import type { FaultKind } from '../local/gateway/index.ts';
import { chargesByArea, entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { itemsIn } from './support/tables.ts';
import { HOUR, MINUTE, startWorld, type World } from './support/world.ts';

const UNITS = 12;

describe('a bill run (计费批次)', () => {
  let world: World;
  let manager: Caller;

  beforeAll(async () => {
    world = await startWorld();
    manager = await world.as('lakeside-manager');
    for (let i = 1; i <= UNITS; i++) {
      // Nobody pays for the last one yet.
      await entersHome(world, { building: `${1 + (i % 3)}幢`, number: `${100 + i}`, pays: i < UNITS });
    }
    await chargesByArea(world);
    await world.settle();
  });
  afterAll(() => world?.stop());

  const run = (period: string) => manager.get(`/sites/lakeside/runs/run_${period}`);
  const issue = (period: string, by = manager) => by.post('/sites/lakeside/runs', { period }, fresh());
  /** How often each account was charged for a month, and which letters its run opened. */
  const traces = async (period: string) => {
    const items = await itemsIn(world.cloud, 'billing');
    const named = (name: string) => items.filter((item) => item.name === name);
    const data = (item: (typeof items)[number]) => item.data as Answer;
    const charged = named('account.charged').flatMap((item) => data(item).bills.map(({ bill }: Answer) => bill));
    return {
      bills: charged.filter((bill) => bill === `management/${period}`).length,
      letters: named('letter.opened').filter((item) => data(item).run === `run_${period}`).length,
    };
  };
  const DONE = {
    status: 'issued',
    units: { total: UNITS, done: UNITS },
    totals: { bills: UNITS - 1, fen: (UNITS - 1) * 25_399, leftOut: [{ reason: 'no-payer', count: 1 }] },
    notices: UNITS - 1,
    owed: [],
  };
  const ONCE = { bills: UNITS - 1, letters: UNITS - 1 };

  it('is previewed, issued, and every payer has a bill and a notice', async () => {
    const preview = await manager.get('/sites/lakeside/runs/run_2026-03/preview');
    expect(preview.totals).toMatchObject(DONE.totals);
    await issue('2026-03');
    await world.settle();
    expect(await run('2026-03')).toMatchObject(DONE);
    expect(await traces('2026-03')).toEqual(ONCE);
    expect((await manager.get('/sites/lakeside/runs/run_2026-03/left-out')).items).toMatchObject([
      { item: 'management', reason: 'no-payer' },
    ]);
  });

  it('started by two at the same moment is one', async () => {
    const director = await world.as('lakeside-director');
    await Promise.all([issue('2026-04'), issue('2026-04', director), issue('2026-04')]);
    await world.settle();
    // Where one came after it was done, all units were gone through again, for nothing.
    expect(await run('2026-04')).toMatchObject({ status: 'issued', totals: DONE.totals });
    expect(await traces('2026-04')).toEqual(ONCE);
  });

  it('whose workers die at every call comes right by itself', async () => {
    const kinds: FaultKind[] = ['crash-before', 'crash-after'];
    for (const [i, kind] of kinds.entries()) {
      const period = `2026-0${5 + i}`;
      const faults = Array.from({ length: 12 }, (_, after) =>
        world.cloud.faults.inject({ kind, function: 'HuiyinRuns-RunsWorker', after: after * 3, times: 1 }),
      );
      await issue(period);
      await world.passes(10 * HOUR);
      expect(faults.filter(({ hits }) => hits > 0).length).toBeGreaterThan(3);
      for (const fault of faults) fault.remove();
      await world.passes(HOUR);
      expect(await run(period), kind).toMatchObject({ ...DONE, notices: UNITS - 1 });
      expect(await traces(period), kind).toEqual(ONCE);
    }
  });

  it('whose every message is lost is picked up by the sweep', async () => {
    const deaf = world.cloud.faults.inject({ kind: 'crash-before', function: 'HuiyinRuns-OnRunMoved', times: 1000 });
    await issue('2026-07');
    await world.settle();
    expect(await run('2026-07')).toMatchObject({ status: 'charging' });
    await world.passes(50 * MINUTE);
    deaf.remove();
    expect(await run('2026-07')).toMatchObject(DONE);
    expect(await traces('2026-07')).toEqual(ONCE);
  });

  it('leaves everything sound but the messages that died', () =>
    expectSound(world, ['HuiyinBilling-DeadLetters', 'HuiyinRuns-DeadLetters']));
});
