import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { work } from '../local/bills/bills.ts';
import type { Answer, Caller } from '../local/client.ts';
import { atLocal, MINUTE } from '../shared/time/clock.ts';
import { chargesByArea, entersHome, entersParty, type Home, links } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { startWorld, type World } from './support/world.ts';

const at = (day: string, minute: number) => atLocal(day, minute, 'Asia/Shanghai');

describe('fees on 29 February', () => {
  let world: World;
  let manager: Caller;
  let home: Home;
  let buyer: string;

  beforeAll(async () => {
    world = await startWorld({ start: at('2028-02-28', 9 * 60) });
    manager = await world.as('lakeside-manager');
    home = await entersHome(world, { number: '101', area: 100 });
    buyer = await entersParty(world, 'buyer');
    await chargesByArea(world, { dueDay: 28 });
    const bills = [{ period: '2028-01', dueDay: '2028-01-30', fen: 100 }];
    await manager.post('/sites/lakeside/arrears', { ...home, bills }, fresh());
    await manager.post('/sites/lakeside/runs', { period: '2028-02' }, fresh());
    await world.settle();
  });
  afterAll(() => world?.stop());

  it('the month has 29 days: who buys on the last of them pays a 29th', async () => {
    await links(world, { ...home, party: buyer }, '2028-02-29');
    await world.settle();
    const { items } = await manager.get(`/sites/lakeside/units/${home.unit}/accounts`);
    const debts = items.map((one: Answer) => [
      one.party,
      one.debts.map(({ bill, openFen }: Answer) => [bill, openFen]),
    ]);
    expect(new Map(debts)).toEqual(
      new Map([
        [
          home.party,
          [
            ['arrears/2028-01', 100],
            ['management/2028-02', 27_517],
          ],
        ],
        [buyer, [['management/2028-02', 983]]],
      ]),
    );
  });

  it('is a day like any other: the demand of day 30 and the reminder of day 1 are due on it, one message, and proven', async () => {
    await world.cloud.clock.advance({ to: at('2028-02-29', 9 * 60) + 5 * MINUTE });
    await work('lakeside', '2028-02-29', await world.as('lakeside-agent-1'), await world.as('lakeside-director'));
    await world.settle();
    const { items } = await manager.get('/sites/lakeside/dunning/2028-02-29');
    const seller = items.find(({ party }: Answer) => party === home.party);
    expect(seller).toMatchObject({ oldestDueDay: '2028-01-30', openFen: 27_617, gaps: [] });
    expect(seller.steps.map(({ rung, state }: Answer) => `${rung} ${state}`)).toEqual([
      'demand carried-out',
      'friendly carried-out',
    ]);
    const letters = seller.steps.flatMap((step: Answer) => step.evidence.map(({ letter }: Answer) => letter));
    expect(new Set(letters).size).toBe(1);
    // The buyer's day fell due with the rest of the month, and is one of the three.
    expect(items.map(({ gaps }: Answer) => gaps)).toEqual([[], []]);
    expect(await world.lakeside.figure('Q5', '2028-02-29')).toMatchObject({ due: 3, met: 3 });
    const { total } = await manager.get('/sites/lakeside/collection?month=2028-02');
    expect(total).toMatchObject({ principal: { closingFen: 28_600 }, differenceFen: 0 });
  });

  it('leaves everything sound', () => expectSound(world));
});
