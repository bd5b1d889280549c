import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { close } from './close.ts';
import { charge, type NewEvents, type Situation } from './decide.ts';
import { dunningDesk } from './ladder/testing.ts';
import { at, bill } from './testing.ts';
import { holdForComplaint } from './two-people.ts';

const BILL = 'management/2026-11';
const REASON = { reason: 'So it was.' };

let w: Awaited<ReturnType<typeof dunningDesk>>;
beforeEach(async () => {
  w = await dunningDesk();
  w.site.now = at('2026-11-10', '12:00');
  await w.does('li', 0, 'payments', { fen: 100, method: 'cash' });
  await w.does('li', 0, 'waivers', { bill: BILL, fen: 1_000, ...REASON });
  await w.does('li', 0, 'holds', { kind: 'promise', until: '2026-11-20', ...REASON });
});
const account = async () => (await w.call('li', `GET /sites/${SITE}/accounts/${w.ids[0]}`)).body;
const asked = async (duty: string) => (await account()).asked.find((one: { duty: string }) => one.duty === duty).id;
const paid = async () => (await w.call('li', `GET /sites/${SITE}/accounts/${w.ids[0]}/payments`)).body.items[0].payment;
const decided = { agree: true, words: 'Fine.' };
/** What a consumer does, by its own time. */
const consumes = async (decide: (on: Situation) => NewEvents) => {
  const { now, deps } = w.site;
  const context = await contextAt(deps.policies, SITE, now);
  const actor = { staff: 'system', roles: [], departments: [] };
  const how = {
    site: SITE,
    id: w.ids[0] as string,
    now,
    by: actor.staff,
    idempotencyKey: { scope: 'consumer', body: '' },
  };
  await execute(w.accounts, {
    ...how,
    decide: (state) => {
      const events = decide({ state, actor, now, context });
      return events instanceof Refusal ? events : { events };
    },
  });
  return { status: 200 };
};

const COMMANDS: Record<string, () => Promise<{ status: number }>> = {
  payment: () => w.does('li', 0, 'payments', { fen: 25_299, method: 'cash' }),
  adjustment: () => w.does('ding', 0, 'adjustments', { bill: BILL, fen: -25_299, ...REASON }),
  'waiver asked': () => w.does('li', 0, 'waivers', { bill: BILL, fen: 10, ...REASON }),
  'waiver agreed': async () => w.does('ding', 0, 'waivers/decide', { waiver: await asked('waiver'), ...decided }),
  'hold agreed': async () => w.does('zhao', 0, 'holds/decide', { hold: await asked('hold'), ...decided }),
  'hold refused': async () =>
    w.does('zhao', 0, 'holds/decide', { hold: await asked('hold'), agree: false, words: 'No.' }),
  reversal: async () => w.does('ding', 0, 'reversals', { payment: await paid(), ...REASON }),
  closing: () => consumes((on) => close(on, '2026-11-11')),
  charge: () =>
    consumes((on) =>
      charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', bills: [bill(5, { period: '2026-12' })] }),
    ),
  'a complaint about the fee': () => consumes((on) => holdForComplaint(on, 'hld_1', 'cmp_1')),
};

describe('what fell due at 09:00, when the clock has not come by', () => {
  test.each(Object.keys(COMMANDS))('stands after a command at 09:01: %s', async (name) => {
    w.site.now = at('2026-11-11', '09:01');
    expect(await COMMANDS[name]?.()).toMatchObject({ status: 200 });
    const events = await w.accounts.whole(SITE, w.ids[0] as string);
    expect(events.filter((event) => event.name === 'account.step-due')).toMatchObject([
      { by: 'system:clock', data: { rung: 'friendly', on: '2026-11-11' } },
    ]);
    const proof = (await w.get('2026-11-11')).body.items.find((one: { account: string }) => one.account === w.ids[0]);
    expect(proof).toMatchObject({ steps: [{ rung: 'friendly' }], gaps: [] });
  });

  test('stands after a payment of the next night, before steps are decided', async () => {
    w.site.now = at('2026-11-12', '00:30');
    expect(await w.does('li', 0, 'payments', { fen: 25_299, method: 'cash' })).toMatchObject({ status: 200 });
    const events = await w.accounts.whole(SITE, w.ids[0] as string);
    expect(events.filter(({ name }) => name.startsWith('account.step-'))).toMatchObject([
      { by: 'system:clock', data: { rung: 'friendly', on: '2026-11-11', by: 'friendly' } },
    ]);
    expect((await w.get('2026-11-11?gaps=true')).body.items).toMatchObject([
      { account: w.ids[2] },
      { account: w.ids[1] },
      { account: w.ids[0], gaps: [{ why: 'superseded' }] },
    ]);
  });

  test('is judged by the policy of then: a rule that has ended since was one, a new one was not', async () => {
    await w.site.setPolicy({}, 0);
    await w.site.setPolicy({ dunFriendlyDays: 5 }, at('2026-11-11', '10:00'));
    w.site.now = at('2026-11-11', '10:30');
    expect(await w.does('li', 0, 'payments', { fen: 25_299, method: 'cash' })).toMatchObject({ status: 200 });
    const events = await w.accounts.whole(SITE, w.ids[0] as string);
    expect(events.filter((event) => event.name === 'account.step-due')).toMatchObject([
      { data: { rung: 'friendly', on: '2026-11-11' } },
    ]);
  });
});
