import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { packedName } from '../services/reporting/figures/pack.ts';
import { chargesByArea, entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { changesItem, itemsIn } from './support/tables.ts';
import { HOUR, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;

describe('every night a sample of the figures is recomputed from the journals', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
    await entersHome(world, { building: '1#', number: '101', area: 100 });
    await chargesByArea(world);
    await world.lakeside.resolvedComplaint();
    const manager = await world.as('lakeside-manager');
    await manager.post('/sites/lakeside/runs', { period: '2026-03' }, fresh());
    await world.settle();
  });
  afterAll(() => world?.stop());

  const nights = async (): Promise<Answer[]> =>
    (await (await world.as('quality-manager')).get('/figures/rebuild?limit=100')).items.filter(
      ({ kind }: Answer) => kind === 'sample',
    );
  /** How many rebuilds keep the alarm ringing. */
  const ringing = (): Promise<number> => world.cloud.waiting('FiguresDiffer');

  it('nothing differs: a sample a night, both sites in it, nobody alarmed', async () => {
    await world.passes(2 * DAY);
    const all = await nights();
    expect(all.length).toBeGreaterThanOrEqual(2);
    for (const one of all) {
      expect(one).toMatchObject({
        status: 'done',
        differences: 0,
        sites: expect.arrayContaining(['lakeside', 'westgate']),
      });
    }
    // The day on which something happened was yesterday for one of them.
    expect(all.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0);
    expect(await ringing()).toBe(0);
    await expectSound(world);
  });

  it('a wrong sum and a wrong count are found by the next night, and ring until somebody has put them right', async () => {
    const items = await itemsIn(world.cloud, 'reporting');
    const sum = items.find(({ pk, sk }) => pk === 'lakeside#entered' && sk.startsWith('b#'));
    const month = items.find(({ pk, sk }) => pk === 'lakeside#months' && sk === '2026-03');
    await changesItem(world.cloud, 'reporting', { ...sum!, charged: 1 });
    await changesItem(world.cloud, 'reporting', { ...month!, [packedName('Q3.m')]: 99 });
    await world.passes(DAY);
    const [latest] = await nights();
    expect(latest?.examples.map(({ what }: Answer) => what)).toEqual(
      expect.arrayContaining([`lakeside#entered#${sum?.sk}`, 'lakeside#months#2026-03']),
    );
    expect(await ringing()).toBe(1);

    const quality = await world.as('quality-manager');
    await quality.post('/figures/rebuild', { repair: true }, fresh());
    await world.passes(DAY);
    expect((await nights())[0]).toMatchObject({ status: 'done', differences: 0 });
    expect(await ringing()).toBe(1);
    await expectSound(world);
  });
});
