import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import { expectCountedByHand } from './support/figures.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;

describe('the dunning ladder (催缴)', () => {
  let world: World;
  let manager: Caller;
  let account: string;

  beforeAll(async () => {
    world = await startWorld();
    manager = await world.as('lakeside-manager');
    const unit = await (await world.as('admin')).post(
      '/sites/lakeside/units',
      { building: '1幢', number: '101', area: 89.12 },
      fresh(),
    );
    const party = await (await world.as('admin')).post(
      '/sites/lakeside/parties',
      { name: '示例业主', contacts: [] },
      fresh(),
    );
    const taken = await manager.post(
      '/sites/lakeside/arrears',
      { unit: unit.id, party: party.id, bills: [{ period: '2026-02', dueDay: '2026-02-28', fen: 25_399 }] },
      fresh(),
    );
    account = taken.id;
    await world.settle();
  });
  afterAll(() => world?.stop());

  const steps = async (): Promise<string[]> => {
    const { history } = await manager.get(`/sites/lakeside/accounts/${account}`);
    return history
      .filter(({ event }: Answer) => event.startsWith('account.step-'))
      .map(({ event, at, data }: Answer) => `${event.slice('account.'.length)} ${data.rung} ${data.on} at ${at}`);
  };

  it('decides at 09:00 of a rung’s day, to the second', async () => {
    await world.passes(DAY);
    expect(await steps()).toEqual(['step-due friendly 2026-03-03 at 2026-03-03T01:00:00.000Z']);
  });

  it('with every execution gone, the sweep decides minutes later', async () => {
    await world.passes(3 * DAY);
    expect(world.cloud.stopExecutions()).toBeGreaterThan(0);
    await world.passes(DAY);
    expect((await steps()).at(-1)).toMatch(/^step-due reminder 2026-03-07 at 2026-03-07T01:(00|15):00/);
  });

  it('proves what was missed, by name', async () => {
    const { items } = await manager.get('/sites/lakeside/dunning/2026-03-03?gaps=true');
    expect(items).toMatchObject([{ account, gaps: [{ rung: 'friendly', why: 'not-carried-out' }] }]);
  });

  it('keeps the laws of every case, and Q5 is what one counts by hand', async () => {
    await expectSound(world);
    const counts = await expectCountedByHand(world);
    expect(counts['lakeside Q5 2026-03-03']).toMatchObject({ missed: 1 });
  });
});
