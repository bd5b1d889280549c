import { expect } from 'vitest';
import { all, work } from '../../local/bills/bills.ts';
import { type Answer, Problem } from '../../local/client.ts';
import { addDays, type Day, localDay } from '../../shared/time/clock.ts';
import { chargesByArea, entersHome, type Home } from './homes.ts';
import { fresh } from './keys.ts';
import { itemsIn } from './tables.ts';
import { START, type World } from './world.ts';

const ZONE = 'Asia/Shanghai';
const S = '/sites/lakeside';
const HOMES = 4;
const WORDS = { reason: 'So it was.' };

/** Tries a command of a position at lakeside; what the domain refuses is part of life. */
export type Tried = (path: string, body: unknown, by: string) => Promise<Answer>;

/** A few homes of lakeside with arrears from before, and fees that are due on the 3rd: what fee moves are about. */
export const entersFees = async (world: World): Promise<void> => {
  const manager = await world.as('lakeside-manager');
  for (let i = 1; i <= HOMES; i++) {
    // One of them gets everything on paper.
    const email = i === 1 ? {} : { email: `owner-${i}@owners.example` };
    const home: Home = await entersHome(world, { number: `${100 + i}`, ...email });
    const bills = [{ period: '2026-01', dueDay: addDays('2026-02-27', -i), fen: 1000 * i }];
    await manager.post(`${S}/arrears`, { ...home, bills }, fresh());
  }
  await chargesByArea(world, { dueDay: 3 });
  await world.settle();
};

/** Issues a month's run; one that was issued before is gone through again. */
export const issuesRun = (tried: Tried, how: number) =>
  tried('runs', { period: ['2026-03', '2026-04', '2026-02'][how % 3] }, 'manager');

/** Money comes, or had not come; bills are corrected; people do what steps ask of them. */
export const movesAccount = async (world: World, tried: Tried, which: number, how: number): Promise<void> => {
  const agent = await world.as('lakeside-agent-1');
  const accounts = [
    ...(await all(agent, `${S}/accounts?state=open`)),
    ...(await all(agent, `${S}/accounts?state=finished`)),
  ];
  const { id, openFen, debts } = accounts[which % accounts.length];
  const on = (command: string, body: object, by: string) => tried(`accounts/${id}/${command}`, body, by);
  const bill = debts[0]?.bill ?? 'management/2026-03';
  switch (how % 6) {
    case 0:
      return on('payments', { fen: Math.max(1, openFen), method: 'transfer' }, 'agent-1');
    case 1:
      return on('payments', { fen: 1 + 97 * (which % 300), method: 'cash' }, 'agent-2');
    case 2:
    case 3: {
      const payments = await all(agent, `${S}/accounts/${id}/payments`);
      const { payment } = payments[which % Math.max(1, payments.length)] ?? {};
      if (payment) await on('reversals', { payment, ...WORDS }, 'director');
      return;
    }
    case 4:
      return on('adjustments', { bill, fen: -1 - (which % 500), ...WORDS }, 'manager');
    default: {
      const today = localDay(world.cloud.clock.now(), ZONE);
      return work('lakeside', today, agent, await world.as('lakeside-director')).catch((error) => {
        // What was done meanwhile, or can't be done to a letter as it stands, is refused.
        if (!(error instanceof Problem) || error.status >= 500) throw error;
      });
    }
  }
};

/** Every account is the sum of its ledger; nobody was written to twice of the same; Q5 is what is proven, gaps by name. */
export const expectFeesAddUp = async (world: World): Promise<void> => {
  const manager = await world.as('lakeside-manager');
  const accounts = [
    ...(await all(manager, `${S}/accounts?state=open`)),
    ...(await all(manager, `${S}/accounts?state=finished`)),
  ];
  for (const { id, openFen, creditFen } of accounts) {
    const lines = await all(manager, `${S}/accounts/${id}/ledger`);
    expect(lines.at(-1)?.balanceFen ?? 0, `${id}: the sum of its ledger`).toBe(openFen - creditFen);
  }
  const mailed = (await world.cloud.mail()).flatMap(({ tags }) => tags.letter ?? []);
  expect(new Set(mailed).size, 'each letter is mailed once').toBe(mailed.length);
  const letters = (await itemsIn(world.cloud, 'billing')).filter(({ name }) =>
    /^letter\.(opened|added)$/.test(String(name)),
  );
  const told = letters.flatMap(({ data }) =>
    (data as Answer).accounts.flatMap(({ account, steps = [] }: Answer) =>
      steps.map(({ dueDay, rung, on }: Answer) => `${(data as Answer).part ?? ''} ${account} ${dueDay} ${rung} ${on}`),
    ),
  );
  expect(new Set(told).size, 'each step is told once').toBe(told.length);
  const today = localDay(world.cloud.clock.now(), ZONE);
  for (let day: Day = localDay(START, ZONE); day < addDays(today, -1); day = addDays(day, 1)) {
    const proofs = await all(manager, `${S}/dunning/${day}`);
    const steps = proofs.flatMap((proof: Answer) => proof.steps);
    const count = (state: string) => steps.filter((step: Answer) => step.state === state).length;
    const { met, missed, running, excluded } = await world.lakeside.figure('Q5', day);
    const proven = {
      met: count('carried-out'),
      missed: count('missed'),
      running: count('running'),
      excluded: count('held'),
    };
    expect({ met, missed, running, excluded }, `Q5 of ${day}`).toEqual(proven);
    expect(proofs.flatMap(({ gaps }: Answer) => gaps).length, `gaps of ${day}`).toBe(missed);
  }
};
