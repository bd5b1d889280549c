import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import { chargesByArea, entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;
/** Units of 100 m² at 2.85 yuan: 285 yuan each, in three buildings. */
const UNITS = 9;
const FEN = 28_500;

describe('collection rates (收缴率)', () => {
  let world: World;
  let manager: Caller;

  beforeAll(async () => {
    world = await startWorld();
    manager = await world.as('lakeside-manager');
    for (let i = 0; i < UNITS; i++) {
      await entersHome(world, { building: `${1 + (i % 3)}#`, number: `${101 + i}`, area: 100 });
    }
    await chargesByArea(world);
    await world.settle();
    // From here on the streams tell half of everything twice, and much in disorder.
    world.cloud.redeliver({ duplicate: 0.5, reorder: 0.5, seed: 11 });
  });
  afterAll(() => world?.stop());

  const accounts = async (): Promise<Answer[]> => (await manager.get('/sites/lakeside/accounts?limit=100')).items;
  const rates = (query: string) => manager.get(`/sites/lakeside/collection?${query}`);
  const does = (account: Answer, what: string, body: object) =>
    manager.post(`/sites/lakeside/accounts/${account.id}/${what}`, body, fresh());

  it('count a run, payments, one that did not come, and a correction, each fen once, whoever dies meanwhile', async () => {
    const kinds = ['crash-before', 'crash-after', 'error-after'] as const;
    const faults = kinds.map((kind, i) =>
      world.cloud.faults.inject({ kind, function: 'HuiyinReporting-Kpi', after: 3 * i, times: 3 }),
    );
    await manager.post('/sites/lakeside/runs', { period: '2026-03' }, fresh());
    await world.passes(HOUR);
    const [one, two, three, four] = await accounts();
    await does(one, 'payments', { fen: FEN, method: 'cash' });
    await does(two, 'payments', { fen: 10_000, method: 'cash' });
    await does(three, 'payments', { fen: FEN + 1_500, method: 'online' });
    await does(four, 'payments', { fen: 5_000, method: 'transfer' });
    const { items } = await manager.get(`/sites/lakeside/accounts/${four.id}/payments`);
    const director = await world.as('lakeside-director');
    const reversal = { payment: items[0].payment, reason: 'It bounced.' };
    await director.post(`/sites/lakeside/accounts/${four.id}/reversals`, reversal, fresh());
    const correction = { bill: 'management/2026-03', fen: -500, reason: 'Too much.' };
    await director.post(`/sites/lakeside/accounts/${two.id}/adjustments`, correction, fresh());
    await world.passes(DAY);
    expect(faults.map(({ hits }) => hits)).toEqual([3, 3, 3]);

    const { total } = await rates('month=2026-03');
    expect(total).toMatchObject({
      current: { fen: 2 * FEN + 10_000, ofFen: UNITS * FEN - 500 },
      principal: {
        chargedFen: UNITS * FEN,
        adjustedFen: -500,
        collectedFen: 2 * FEN + 15_000,
        reversedFen: 5_000,
        closingFen: (UNITS - 2) * FEN - 10_500,
      },
      prepaid: { paidFen: 1_500, closingFen: 1_500 },
      differenceFen: 0,
    });
  });

  it('say of each building what its accounts owe, and open into them', async () => {
    const { items } = await rates('month=2026-03&by=building');
    const all = await accounts();
    for (const { key, principal } of items) {
      const here = all.filter(({ building }) => building === key);
      expect(principal.closingFen, key).toBe(here.reduce((sum, { openFen }) => sum + openFen, 0));
      const path = `/sites/lakeside/collection/accounts?month=2026-03&state=open&building=${encodeURIComponent(key)}`;
      const behind = (await manager.get(path)).items as Answer[];
      expect(behind.map(({ account }) => account).sort(), key).toEqual(here.map(({ id }) => id).sort());
      expect(behind.reduce((sum, { openFen }) => sum + openFen, 0)).toBe(principal.closingFen);
    }
    expect(items.map(({ key }: Answer) => key)).toEqual(['1', '2', '3']);
  });

  it('stand beside what is open by age, which is as much, of each building and of all', async () => {
    const arrears = (path: string) => manager.get(`/sites/lakeside/arrears${path}`);
    const { total, items } = await arrears('?by=building');
    const { principal } = (await rates('month=2026-03')).total;
    expect(total).toMatchObject({ open: { fen: principal.closingFen, accounts: UNITS - 2 }, overdue: { fen: 0 } });
    for (const { key, buckets } of items) {
      const behind = await arrears(`/accounts?bucket=not-due&building=${encodeURIComponent(key)}`);
      const fen = behind.items.reduce((sum: number, one: Answer) => sum + one.fen, 0);
      expect(fen, key).toBe(buckets['not-due'].fen);
    }
    const before = await (await world.as('group-manager')).get('/arrears?by=site&month=2026-02&sites=lakeside');
    expect(before).toMatchObject({ total: { open: { fen: 0 } }, items: [{ key: 'lakeside', on: '2026-02-28' }] });
  });

  it('are the group’s together, and a rebuild agrees to the fen', async () => {
    const group = await (await world.as('group-manager')).get('/collection?month=2026-03&by=item');
    expect(group.total).toEqual((await rates('month=2026-03')).total);
    expect(group.items).toMatchObject([{ key: 'management', principal: group.total.principal }]);
    world.cloud.redeliver({});
    await expectSound(world);
  });
});
