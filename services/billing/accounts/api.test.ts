import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { payerKey } from '../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../shared/directory/units.ts';
import { sealed } from '../../../shared/http/cursor.ts';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../payments/api.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { routes } from './api.ts';
import { type Deps as DunningDeps, routes as dunningRoutes } from './ladder/api.ts';
import { accountsIn } from './store.ts';
import { at, bill } from './testing.ts';
import { entersBills } from './testing-bills.ts';
import { type Deps as UnitDeps, routes as unitRoutes } from './unit-api.ts';

const STAFF = {
  li: { role: 'agent' },
  zhao: { role: 'supervisor' },
  sun: { role: 'centre-manager' },
  ding: { role: 'site-director' },
} as const;
const ID = accountId('unt_1', 'pty_1');
const PATH = `/sites/${SITE}/accounts/${ID}`;

/** An account that owes November, and what people do with it. */
const owing = async () => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const accounts = accountsIn(world.tables, world.deps);
  const call = apiCaller<UnitDeps & DunningDeps & PaymentDeps>(
    [...routes, ...paymentRoutes, ...unitRoutes, ...dunningRoutes],
    {
      ...world.deps,
      accounts,
      invoices: invoicesIn(world.tables),
    },
  );
  await entersBills(world, accounts, 1, bill(25_399));
  return {
    world,
    call,
    wakesUp: (id = ID) => wakeUp(accounts, { site: SITE, id, now: world.now }),
    /** What was journaled last. */
    last: async () => (await accounts.history(SITE, ID)).at(-1)?.data as { number: { ref: string; hash: string } },
    read: async () => (await call('li', `GET ${PATH}`)).body,
  };
};

let account: Awaited<ReturnType<typeof owing>>;
beforeEach(async () => {
  account = await owing();
});

describe('a payment', () => {
  test('settles what is open; the same key pays once', async () => {
    const paid = await account.call('li', `POST ${PATH}/payments`, { fen: 30_000, method: 'cash' }, 'one-key');
    expect(paid.body).toMatchObject({ openFen: 0, creditFen: 4_601, debts: [], owed: [] });
    await account.call('li', `POST ${PATH}/payments`, { fen: 30_000, method: 'cash' }, 'one-key');
    expect(await account.read()).toMatchObject({ creditFen: 4_601 });
    const { items } = (await account.call('li', `GET ${PATH}/ledger`)).body;
    expect(items.map(({ kind, balanceFen }: { kind: string; balanceFen: number }) => [kind, balanceFen])).toEqual([
      ['charge', 25_399],
      ['payment', 0],
      ['prepayment', -4_601],
    ]);
  });

  test('for a bill that is not open is refused, naming it', async () => {
    const body = { fen: 100, method: 'cash', designated: ['management/2026-10'] };
    expect(await account.call('li', `POST ${PATH}/payments`, body)).toMatchObject({
      status: 422,
      body: { code: 'account.not-open', details: { bill: 'management/2026-10' } },
    });
  });

  test('of the same bank reference asks whether it is the same payment', async () => {
    const paid = (more: object, key?: string) =>
      account.call(
        'li',
        `POST ${PATH}/payments`,
        { fen: 5_000, method: 'transfer', reference: '20261101-0007 ab', ...more },
        key,
      );
    expect((await paid({}, 'first')).status).toBe(200);
    expect((await paid({}, 'first')).status).toBe(200);
    account.world.now += DAY;
    const again = await paid({ reference: '２０２６１１０１0007\u200bAB' });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'account.same-reference', details: { fen: 5_000, paidOn: '2026-11-01' } },
    });
    const other = await account.call('li', `GET ${PATH}/payments`);
    expect(other.body.items).toMatchObject([{ payment: again.body.details.payment }]);
    expect((await paid({ sameReference: true })).status).toBe(200);
    expect((await paid({ method: 'pos' })).status).toBe(200);
    expect((await account.read()).openFen).toBe(25_399 - 3 * 5_000);
  });

  test('of the same reference at the same moment is one', async () => {
    const body = { fen: 5_000, method: 'wechat', reference: '4200001234' };
    const both = await Promise.all([1, 2].map(() => account.call('li', `POST ${PATH}/payments`, body)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await account.call('li', `POST ${PATH}/payments`, body)).status).toBe(409);
    expect((await account.read()).openFen).toBe(25_399 - 5_000);
  });

  test.each(['cash', 'transfer', 'wechat', 'alipay', 'pos'])('comes by %s', async (method) => {
    expect((await account.call('li', `POST ${PATH}/payments`, { fen: 100, method })).status).toBe(200);
  });

  test.each([
    [{ fen: 0, method: 'cash' }, 'body.fen'],
    [{ fen: 1.5, method: 'cash' }, 'body.fen'],
    [{ fen: 2_000_000_000, method: 'cash' }, 'body.fen'],
    [{ fen: 100, method: 'barter' }, 'body.method'],
    [{ fen: 100, method: 'cash', paidOn: '2026-11-02' }, 'body.paidOn'],
    [{ fen: 100, method: 'cash', designated: ['no slash'] }, 'body.designated.0'],
  ])('of %j is refused, naming the field', async (body, field) => {
    const { status, body: problem } = await account.call('li', `POST ${PATH}/payments`, body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });

  test('that did not come is reversed by somebody of the books: once, and the debt is open again', async () => {
    await account.call('li', `POST ${PATH}/payments`, { fen: 25_399, method: 'transfer' });
    const { items } = (await account.call('li', `GET ${PATH}/payments`)).body;
    const body = { payment: items[0].payment, reason: 'The bank took it back.' };
    expect((await account.call('li', `POST ${PATH}/reversals`, body)).status).toBe(403);
    expect((await account.call('sun', `POST ${PATH}/reversals`, body)).body).toMatchObject({ openFen: 25_399 });
    expect((await account.call('sun', `POST ${PATH}/reversals`, body)).body.code).toBe('account.reversed-before');
  });
});

describe('what needs two people', () => {
  test('a waiver: who asks does not decide', async () => {
    const asked = await account.call('sun', `POST ${PATH}/waivers`, {
      bill: 'management/2026-11',
      fen: 399,
      reason: 'The lift stood still for a week.',
    });
    const [{ id }] = asked.body.asked;
    const decision = { waiver: id, agree: true, words: 'Agreed.' };
    expect((await account.call('sun', `POST ${PATH}/waivers/decide`, decision)).body.code).toBe(
      'account.second-person',
    );
    expect((await account.call('ding', `POST ${PATH}/waivers/decide`, decision)).body).toMatchObject({
      openFen: 25_000,
      asked: [],
    });
  });

  test('a hold is at most 30 days', async () => {
    const wanted = { kind: 'promise', until: '2026-12-02', reason: 'Pays when the salary comes.' };
    const { status, body } = await account.call('li', `POST ${PATH}/holds`, wanted);
    expect([status, body.errors]).toEqual([400, [{ field: 'body.until', rule: 'within 30 days' }]]);
  });
});

test('a unit’s accounts are found by it: of who pays now, and of who paid before', async () => {
  const payers = [{ party: 'pty_1' }, { party: 'pty_9', from: '2026-11-20' }];
  await account.world.publish({ ...unitIdKey(SITE, 'unt_1'), unit: 'unt_1', building: 'A', number: '1', payers });
  const { body } = await account.call('li', `GET /sites/${SITE}/units/unt_1/accounts`);
  expect(body.items).toMatchObject([{ id: ID, party: 'pty_1' }]);
});

const NOBODY = { name: { ref: 'txt_gone', hash: '' }, emails: [], phones: [] };
const payer = (party: string, more: object = {}) => ({ ...payerKey(SITE, party), party, ...NOBODY, ...more });

describe('arrears from before', () => {
  const taken = (more: object = {}) =>
    account.call('sun', `POST /sites/${SITE}/arrears`, {
      unit: 'unt_2',
      party: 'pty_2',
      bills: [{ period: '2026-08', dueDay: '2026-08-10', fen: 5_000 }],
      ...more,
    });
  beforeEach(async () => {
    const { publish } = account.world;
    await publish({ ...unitIdKey(SITE, 'unt_2'), unit: 'unt_2', building: 'B', number: '2', payers: [] });
    await publish(payer('pty_2'));
  });

  test('of whoever was merged stand in the account that goes on; of whoever was withdrawn there are none', async () => {
    const { publish } = account.world;
    const payers = [{ party: 'pty_7' }];
    await publish({ ...unitIdKey(SITE, 'unt_3'), unit: 'unt_3', building: 'B', number: '3', payers });
    await publish({ ...payerKey(SITE, 'pty_7'), mergedInto: 'pty_8' });
    await publish(payer('pty_8', { merged: ['pty_7'] }));
    const whose = async (unit: string, party: string) => (await taken({ unit, party })).body.party;
    expect([await whose('unt_3', 'pty_8'), await whose('unt_3', 'pty_7')]).toEqual(['pty_7', 'pty_7']);
    expect([await whose('unt_2', 'pty_8'), await whose('unt_2', 'pty_7')]).toEqual(['pty_8', 'pty_8']);
    await publish(payer('pty_6', { withdrawn: true }));
    expect((await taken({ party: 'pty_6' })).status).toBe(404);
  });

  test('of one period twice are refused, naming it; later with another amount they are a conflict, with the same nothing', async () => {
    const file = new URL('./fixtures/arrears-same-period-twice.json', import.meta.url);
    const { bills } = JSON.parse(readFileSync(file, 'utf8'));
    const twice = await taken({ bills });
    expect(twice).toMatchObject({ status: 422, body: { code: 'arrears.twice', details: { period: '2024-03' } } });
    expect((await taken({ bills: [bills[0]] })).body).toMatchObject({ openFen: 1 });
    const other = await taken({ bills: [bills[1]] });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'arrears.another', details: { period: '2024-03', fen: 1 } },
    });
    expect(await taken({ bills: [bills[0]] })).toMatchObject({ status: 201, body: { openFen: 1 } });
  });

  test.each([
    [{ dueDay: '0206-08-10' }, 'bills.0.dueDay', 'a day from 1900 to 2199'],
    [{ dueDay: '2999-08-10' }, 'bills.0.dueDay', 'a day from 1900 to 2199'],
    [{ dueDay: '1996-10-31' }, 'bills.0.dueDay', 'not before 1996-11-01'],
    [{ dueDay: '2026-11-01' }, 'bills.0.dueDay', 'in the past'],
    [{ period: '0206-12' }, 'bills.0.period', 'from 1996 to 2026'],
    [{ period: '2999' }, 'bills.0.period', 'from 1996 to 2026'],
  ])('%j is refused, naming field and rule', async (wrong, field, rule) => {
    const bills = [{ period: '2026-08', dueDay: '2026-08-10', fen: 5_000, ...wrong }];
    const { status, body } = await taken({ bills });
    expect([status, body.errors]).toMatchObject([400, [{ field: `body.${field}`, rule }]]);
  });

  test('are taken over with their due days; the ladder begins with the rung chosen', async () => {
    const { body } = await taken({ firstRung: 'demand' });
    expect(body).toMatchObject({ building: 'B', openFen: 5_000 });
    account.world.now = at('2026-11-02', '09:00');
    await account.wakesUp(body.id);
    const { body: dunned } = await account.call('li', `GET /sites/${SITE}/accounts/${body.id}`);
    expect(dunned.steps).toMatchObject([{ rung: 'review', on: '2026-11-02' }]);
  });

  test.each([
    [{ unit: 'unt_9' }, 404, undefined],
    [{ party: 'pty_9' }, 404, undefined],
    [{ bills: [{ period: '2026-11', dueDay: '2026-11-10', fen: 1 }] }, 400, 'body.bills.0.dueDay'],
    [{ bills: [{ period: 'November', dueDay: '2026-08-10', fen: 1 }] }, 400, 'body.bills.0.period'],
  ])('%j is refused', async (wrong, status, field) => {
    const { status: said, body } = await taken(wrong);
    expect([said, body.errors?.[0].field]).toEqual([status, field]);
  });
});

describe('dunning', () => {
  test('is decided when the account wakes up, and proven for the day', async () => {
    account.world.now = at('2026-11-11', '09:00');
    await account.wakesUp();
    expect((await account.read()).steps).toMatchObject([{ rung: 'friendly', on: '2026-11-11', channels: ['email'] }]);
    account.world.now += 3 * DAY;
    const proof = await account.call('zhao', `GET /sites/${SITE}/dunning/2026-11-11?gaps=true`);
    expect(proof.body.items).toMatchObject([{ account: ID, gaps: [{ rung: 'friendly', why: 'not-carried-out' }] }]);
  });

  test('a call is to a number, kept in the one form that numbers have however it is written', async () => {
    account.world.now = at('2026-11-17', '09:00');
    await account.wakesUp();
    const calls = (number: string) => account.call('li', `POST ${PATH}/calls`, { outcome: 'no-answer', number });
    for (const number of ['her sister', '1380000']) {
      expect(await calls(number)).toMatchObject({ status: 400, body: { errors: [{ field: 'body.number' }] } });
    }
    for (const number of ['138 0000 0003', '+8613800000003', '１３８-0000-0003']) {
      expect((await calls(number)).status).toBe(200);
      const called = await account.last();
      const texts = await account.world.deps.personal.both(SITE, [called.number]);
      expect(texts.get(called.number.ref)?.value).toBe('+8613800000003');
    }
  });

  test('wakes up when the policy changes, and takes up a rule enabled late', async () => {
    await account.world.setPolicy({ dunFriendlyDays: 3650, dunReminderDays: 3650 }, at('2026-11-02'));
    await account.world.setPolicy({}, at('2026-11-20', '10:00'));
    account.world.now = at('2026-11-11', '09:00');
    await account.wakesUp();
    expect((await account.read()).steps).toEqual([]);
    account.world.now = at('2026-11-20', '10:00');
    expect(await account.wakesUp()).toBeGreaterThan(account.world.now);
    expect((await account.read()).steps).toMatchObject([{ rung: 'reminder', on: '2026-11-20' }]);
  });

  test('a rehearsal says what another ladder would do, and sends nothing', async () => {
    const { body } = await account.call('zhao', `GET /sites/${SITE}/dunning/rehearsal?reminder=3650&demand=20`);
    expect(body).toMatchObject({ accounts: 1, changed: 1, wanted: { steps: 4 }, inForce: { steps: 5 } });
    expect((await account.read()).steps).toEqual([]);
  });

  test('one person rehearses so often an hour, at a site; a further page of one is no other', async () => {
    await account.world.setPolicy({ rehearsalsPerHour: 2 });
    const list = ['GET /sites/{site}/dunning/rehearsal', 'zhao', { site: SITE, days: 90 }];
    const further = `GET /sites/${SITE}/dunning/rehearsal?after=${sealed(list, 'acc_0')}`;
    for (let i = 0; i < 3; i++) expect((await account.call('zhao', further)).body.code).toBeUndefined();
    const rehearses = async (who: string) =>
      (await account.call(who, `GET /sites/${SITE}/dunning/rehearsal`)).body.code ?? 'done';
    for (const said of ['done', 'done', 'limit.rehearsals']) expect(await rehearses('zhao')).toBe(said);
    expect(await rehearses('ding')).toBe('done');
    account.world.now += HOUR;
    expect(await rehearses('zhao')).toBe('done');
  });
});
