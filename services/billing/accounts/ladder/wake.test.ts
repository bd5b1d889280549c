import { expect, it } from 'vitest';
import { execute, wakeUp } from '../../../../shared/journal/execute.ts';
import { SITE, siteInMemory } from '../../../../shared/testing/site.ts';
import { billingTable } from '../../store.ts';
import { charge } from '../decide.ts';
import { accountsIn } from '../store.ts';
import { at, bill, CONTEXT } from '../testing.ts';

it('a step that nobody carried out is missed, also where the next rung is what the clock sees first', async () => {
  const world = await siteInMemory(billingTable, {}, at('2026-11-01'));
  const accounts = accountsIn(world.tables, world.deps);
  const [id, actor] = ['acc_1-1', { staff: 'system:run', roles: [], departments: [] }];
  await execute(accounts, {
    site: SITE,
    id,
    now: world.now,
    by: actor.staff,
    idempotencyKey: { scope: 'run', body: '' },
    decide: (state) => {
      const wanted = { unit: 'unt_1', party: 'pty_1', building: 'A', bills: [bill(25_399)] };
      const events = charge({ state, actor, now: world.now, context: CONTEXT }, wanted);
      return events instanceof Error ? events : { events };
    },
  });
  for (const day of ['2026-11-11', '2026-11-18']) {
    world.now = at(day, '09:00');
    await wakeUp(accounts, { site: SITE, id, now: world.now });
  }
  const told = (await accounts.history(SITE, id)).map(({ name, data }) => {
    const { rung, of } = data as { rung?: string; of?: string };
    return [name.replace('account.', ''), of ?? rung].join(' ');
  });
  expect(told.slice(2)).toEqual([
    'step-due friendly',
    'missed 2026-11-10/friendly/2026-11-11',
    'escalated 2026-11-10/friendly/2026-11-11',
    'escalated 2026-11-10/friendly/2026-11-11',
    'step-due reminder',
    'missed 2026-11-10/reminder/2026-11-17',
  ]);
});
