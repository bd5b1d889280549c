import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import { expectExported } from './support/exported.ts';
import { expectCountedByHand } from './support/figures.ts';
import { entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;

describe('the dunning ladder (催缴)', () => {
  let world: World;
  let manager: Caller;
  let account: string;
  let abroad: string;
  /** Paid in part, and the rest is promised. */
  let promised: string;

  beforeAll(async () => {
    world = await startWorld();
    manager = await world.as('lakeside-manager');
    const arrears = async (
      by: Caller,
      site: string,
      period: string,
      dueDay: string,
      number = '101',
    ): Promise<string> => {
      const home = await entersHome(world, { number }, site);
      const bills = [{ period, dueDay, fen: 25_399 }];
      return (await by.post(`/sites/${site}/arrears`, { ...home, bills }, fresh())).id;
    };
    account = await arrears(manager, 'lakeside', '2026-02', '2026-02-28');
    // In New York clocks go forward on the day of its demand, a Sunday of 23 hours.
    abroad = await arrears(await world.as('westgate-manager'), 'westgate', '2026-01', '2026-02-06');
    promised = await arrears(manager, 'lakeside', '2026-02', '2026-02-28', '102');
    const does = (who: Caller, what: string, body: object) =>
      who.post(`/sites/lakeside/accounts/${promised}/${what}`, body, fresh());
    await does(manager, 'payments', { fen: 10_000, method: 'cash' });
    const agent = await world.as('lakeside-agent-1');
    await does(agent, 'holds', { kind: 'promise', until: '2026-03-04', reason: 'Pays on Wednesday.' });
    const { asked } = await manager.get(`/sites/lakeside/accounts/${promised}`);
    await does(manager, 'holds/decide', { hold: asked[0].id, agree: true, words: 'Fine.' });
    await world.settle();
  });
  afterAll(() => world?.stop());

  const steps = async (site = 'lakeside', of = account): Promise<string[]> => {
    const { history } = await (await world.as(`${site}-manager`)).get(`/sites/${site}/accounts/${of}`);
    return history
      .filter(({ event }: Answer) => event.startsWith('account.step-'))
      .map(({ event, at, data }: Answer) => `${event.slice('account.'.length)} ${data.rung} ${data.on} at ${at}`);
  };

  it('decides at 09:00 of a rung’s day, to the second', async () => {
    await world.passes(DAY);
    expect(await steps()).toEqual(['step-due friendly 2026-03-03 at 2026-03-03T01:00:00.000Z']);
  });

  it('is told from end to end: what is open by age, who was dunned and what became of it, and the promise that is broken', async () => {
    const arrears = async (path: string) => (await manager.get(`/sites/lakeside/arrears${path}`)).total;
    const friendly = async () => (await arrears('/funnel?from=2026-02-28&to=2026-02-28')).rungs[0];
    const both = { debts: 2, fen: 25_399 + 15_399 };
    expect((await arrears('')).buckets['1-30']).toMatchObject({ fen: both.fen, bills: 2, accounts: 2 });
    expect(await friendly()).toMatchObject({ reached: { debts: 1 }, open: { debts: 1, fen: 25_399 } });
    const kept = () => world.lakeside.figure('promised-payment', '2026-03-04');
    expect(await kept()).toMatchObject({ due: 1, running: 1 });
    await world.passes(2 * DAY);
    expect(await kept()).toMatchObject({ due: 1, missed: 1 });
    expect(await steps('lakeside', promised)).toEqual([
      expect.stringMatching(/^step-held friendly 2026-03-03/),
      expect.stringMatching(/^step-due friendly 2026-03-05/),
    ]);
    expect(await friendly()).toMatchObject({ reached: both, open: both });
    await manager.post(`/sites/lakeside/accounts/${promised}/payments`, { fen: 15_399, method: 'cash' }, fresh());
    await world.settle();
    expect(await friendly()).toMatchObject({ reached: both, settled: { debts: 1, fen: 15_399 }, open: { debts: 1 } });
    expect((await arrears('')).buckets['1-30']).toMatchObject({ fen: 25_399, accounts: 1 });
    const { items } = await manager.get('/sites/lakeside/figures/promised-payment/cases?day=2026-03-04');
    expect(items).toMatchObject([{ account: promised, state: 'missed', why: 'broken' }]);
  });

  it('with every execution gone, the sweep decides minutes later', async () => {
    await world.passes(DAY);
    expect(world.cloud.stopExecutions()).toBeGreaterThan(0);
    await world.passes(DAY);
    expect((await steps()).at(-1)).toMatch(/^step-due reminder 2026-03-07 at 2026-03-07T01:(00|15):00/);
  });

  it('tells the desk on the morning of a call whom to call', async () => {
    const agent = await world.as('lakeside-agent-1');
    const { items } = await agent.get('/sites/lakeside/dunning/tasks?task=phone');
    expect(items).toMatchObject([
      { account, name: expect.any(String), tasks: [{ rung: 'reminder', on: '2026-03-07' }] },
    ]);
    expect(await world.inbox('lakeside-agent-1', '2026-03-07')).toMatchObject([{ kind: 'handed', duty: 'phone' }]);
  });

  it('proves what was missed, by name', async () => {
    const { items } = await manager.get('/sites/lakeside/dunning/2026-03-03?gaps=true');
    expect(items).toMatchObject([{ account, gaps: [{ rung: 'friendly', why: 'not-carried-out' }] }]);
  });

  it('decides at 09:00 on the wall of each site, also on the day on which clocks change', async () => {
    await world.cloud.clock.advance({ to: Date.parse('2026-03-09T04:00:01Z') });
    const [before, after, ...more] = await steps('westgate', abroad);
    expect(before).toBe('step-due second-notice 2026-03-02 at 2026-03-02T14:00:00.000Z');
    expect(after).toMatch(/^step-due demand 2026-03-08 at 2026-03-08T13:(00|15):00/);
    expect(more).toEqual([]);
    const { items } = await (await world.as('westgate-manager')).get('/sites/westgate/dunning/2026-03-08');
    expect(items).toMatchObject([{ account: abroad, gaps: [{ rung: 'demand', why: 'not-carried-out' }] }]);
    expect(await world.westgate.figure('Q5', '2026-03-08')).toMatchObject({ due: 1, missed: 1 });
  });

  it('duns by a policy that was set in the minute in which somebody pays, whoever takes it by the one before', async () => {
    const agent = await world.as('lakeside-agent-2');
    const pays = () =>
      agent.post(`/sites/lakeside/accounts/${account}/payments`, { fen: 1_000, method: 'cash' }, fresh());
    await world.cloud.clock.advance({ to: Date.parse('2026-03-17T02:00:00Z') });
    await pays();
    const policy = { overrides: { dunVisitDays: 20 } };
    await (await world.as('admin')).post('/sites/lakeside/policies', policy, fresh());
    await world.cloud.clock.advance({ by: 20_000 });
    await pays();
    await world.cloud.clock.advance({ to: Date.parse('2026-03-20T01:05:00Z') });
    expect((await steps()).at(-1)).toBe('step-due visit 2026-03-20 at 2026-03-20T01:00:00.000Z');
  });

  it('keeps the laws of every case, and Q5 is what one counts by hand', async () => {
    await expectSound(world);
    const counts = await expectCountedByHand(world);
    expect(counts['lakeside Q5 2026-03-03']).toMatchObject({ missed: 1 });
  });

  it('is asked of the export as well, and told the same', async () => {
    const { Q5 } = await expectExported(world);
    expect(Q5['lakeside 2026-03-03']).toMatchObject({ missed: 1, percent: 0 });
  });

  it('is tried on the arrears as they are, which is counted for who tries it', async () => {
    const tried = await manager.get('/sites/lakeside/dunning/rehearsal?reminder=20&limit=1');
    expect(tried.accounts).toBeGreaterThan(0);
  });
});
