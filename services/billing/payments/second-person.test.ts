import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessKey, staffKey } from '../../../shared/people/access.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { accountId, type BillFacts } from '../accounts/account.ts';
import { type Deps, routes } from '../accounts/api.ts';
import { accountsIn } from '../accounts/store.ts';
import { at, bill } from '../accounts/testing.ts';
import { entersBills } from '../accounts/testing-bills.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from './api.ts';

const STAFF = {
  li: { role: 'agent' },
  sun: { role: 'centre-manager' },
  ding: { role: 'site-director' },
} as const;
const PATH = `/sites/${SITE}/accounts/${accountId('unt_1', 'pty_1')}`;
const BILL = 'management/2026-11';
const SECOND = 'management/2026-10';
const ALONE = 10_000;

/** An account that owes November, where one person corrects by 100 yuan and takes 1 yuan of late charges back. */
const owing = async () => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  await world.setPolicy({
    adjustAloneFen: ALONE,
    refundAloneFen: ALONE,
    backdateLateFen: 100,
    lateChargePerMillion: 400,
  });
  const accounts = accountsIn(world.tables, world.deps);
  const call = apiCaller<Deps & PaymentDeps>([...routes, ...paymentRoutes], {
    ...world.deps,
    accounts,
    invoices: invoicesIn(world.tables),
  });
  /** Somebody of the site signs in as another from now on. */
  const signsInAnew = async (staff: keyof typeof STAFF) => {
    const [signInSince, grants] = [world.now, [{ site: SITE, ...STAFF[staff] }]];
    await world.publish({ ...accessKey(staff), staff, active: true, language: 'en', grants, signInSince });
    await world.publish({ ...staffKey(staff), staff, sites: [SITE], signInSince });
  };
  await entersBills(world, accounts, 1, bill(500_000));
  world.now += 1;
  const does = (who: string, what: string, body: object) => call(who, `POST ${PATH}/${what}`, body);
  return {
    world,
    does,
    enters: (...more: BillFacts[]) => entersBills(world, accounts, 1, ...more),
    adjusts: (who: string, fen: number, of = BILL) =>
      does(who, 'adjustments', { bill: of, fen, reason: 'A wrong area.' }),
    signsInAnew,
    refunds: (who: string, fen: number) => does(who, 'refunds', { fen, method: 'cash', reason: 'Paid twice.' }),
    decides: (who: string, what: 'adjustment' | 'payment' | 'refund' | 'waiver' | 'hold', id: string, agree = true) =>
      does(who, `${what}s/decide`, { [what]: id, agree, words: 'Looked at.' }),
    get: async (path = '') => (await call('sun', `GET ${PATH}${path}`)).body,
  };
};

test('a sum is not corrected by one person in parts, over several bills of an account', async () => {
  const w = await owing();
  await w.enters(bill(300_000, { period: '2026-10' }));
  expect((await w.adjusts('sun', -ALONE + 1_000)).body.asked).toEqual([]);
  expect((await w.adjusts('sun', -2_000, SECOND)).body.asked).toMatchObject([{ duty: 'adjustment', fen: -2_000 }]);
  // Of another bill's they count for a month.
  w.world.now += 32 * DAY;
  expect((await w.adjusts('sun', -1_000, SECOND)).body.asked).toHaveLength(1);
  expect((await w.adjusts('sun', -2_000)).body.asked).toHaveLength(2);
});

test('a correction above the sum waits for another person, whoever asked, and so does its inverse', async () => {
  const w = await owing();
  expect((await w.adjusts('sun', -ALONE)).body).toMatchObject({ openFen: 490_000, asked: [] });
  expect((await w.adjusts('sun', ALONE)).body).toMatchObject({ openFen: 500_000, asked: [] });
  for (const [fen, asks, agrees, open] of [
    [-ALONE - 1, 'sun', 'ding', 489_999],
    [ALONE + 1, 'ding', 'sun', 500_000],
  ] as const) {
    const { body } = await w.adjusts(asks, fen);
    expect(body).toMatchObject({
      openFen: fen < 0 ? 500_000 : 489_999,
      asked: [{ duty: 'adjustment', by: asks, bill: BILL, fen }],
    });
    expect(body.owed).toContainEqual(expect.objectContaining({ duty: 'adjustment', role: 'centre-manager' }));
    const [{ id }] = body.asked;
    expect((await w.decides(asks, 'adjustment', id)).body.code).toBe('account.second-person');
    expect((await w.decides('li', 'adjustment', id)).status).toBe(403);
    expect((await w.decides(agrees, 'adjustment', id)).body).toMatchObject({ openFen: open, asked: [] });
    expect((await w.decides(agrees, 'adjustment', id)).status).toBe(404);
  }
});

test('a correction that is refused changes nothing; what can never be is refused at once', async () => {
  const w = await owing();
  const [{ id }] = (await w.adjusts('sun', 20_000)).body.asked;
  const { owed, ...refused } = (await w.decides('ding', 'adjustment', id, false)).body;
  expect(refused).toMatchObject({ openFen: 500_000, asked: [] });
  expect(owed.map(({ duty }: { duty: string }) => duty)).not.toContain('adjustment');
  expect((await w.adjusts('sun', -500_001)).body.code).toBe('account.more-than-billed');
  expect((await w.does('sun', 'waivers/decide', { waiver: id, agree: true, words: 'x' })).status).toBe(400);
});

test('law: however corrections are cut up, one person moves a bill by no more than the sum', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -12_000, max: 12_000 }), { minLength: 1, maxLength: 8 }),
      async (cuts) => {
        const w = await owing();
        for (const fen of cuts.filter((one) => one !== 0)) {
          const before = await w.get();
          const { body } = await w.adjusts('sun', fen);
          const done = Math.abs(fen) <= ALONE && Math.abs(before.openFen + fen - 500_000) <= ALONE;
          expect(body.openFen).toBe(done ? before.openFen + fen : before.openFen);
          expect(body.asked.length).toBe(before.asked.length + (done ? 0 : 1));
          expect(Math.abs(body.openFen - 500_000)).toBeLessThanOrEqual(ALONE);
        }
      },
    ),
    { numRuns: 20 },
  );
});

/** The same, with so much prepaid. */
const prepaid = async (fen: number) => {
  const w = await owing();
  await w.does('li', 'payments', { fen: 500_000 + fen, method: 'cash' });
  return w;
};

test('money above the sum is given back by two people, whoever asked; what is refused stays prepaid', async () => {
  const w = await prepaid(60_000);
  expect((await w.refunds('sun', ALONE)).body).toMatchObject({ creditFen: 50_000, asked: [] });
  const asked = await w.refunds('sun', 1);
  expect(asked.body).toMatchObject({
    creditFen: 50_000,
    asked: [{ duty: 'refund', by: 'sun', fen: 1, method: 'cash' }],
  });
  expect(asked.body.owed).toContainEqual(expect.objectContaining({ duty: 'refund', role: 'centre-manager' }));
  const [{ id }] = asked.body.asked;
  expect((await w.decides('sun', 'refund', id)).body.code).toBe('account.second-person');
  expect((await w.decides('li', 'refund', id)).status).toBe(403);
  expect((await w.decides('ding', 'refund', id, false)).body).toMatchObject({ creditFen: 50_000, asked: [] });
  const [{ id: next }] = (await w.refunds('ding', 40_000)).body.asked;
  expect((await w.decides('sun', 'refund', next)).body).toMatchObject({ creditFen: 10_000, asked: [] });
  expect((await w.decides('sun', 'refund', next)).status).toBe(404);
  expect((await w.refunds('sun', 10_001)).body.code).toBe('account.not-prepaid');
});

test('law: however refunds are cut up, one person gives back no more than the sum', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 8 }), async (cuts) => {
      const w = await prepaid(100_000);
      let alone = 0;
      let waiting = 0;
      for (const fen of cuts) {
        const { body } = await w.refunds('sun', fen);
        if (alone + fen <= ALONE) alone += fen;
        else waiting += 1;
        expect([body.creditFen, body.asked.length]).toEqual([100_000 - alone, waiting]);
      }
      expect(100_000 - (await w.get()).creditFen).toBeLessThanOrEqual(ALONE);
    }),
    { numRuns: 15 },
  );
});

test('whose sign-in was changed neither asks nor decides for a day; what they asked for before counts no more', async () => {
  const w = await prepaid(60_000);
  const hold = { kind: 'hardship', until: '2026-11-20', reason: 'Ill.' };
  expect((await w.does('li', 'holds', hold)).body.code).toBe('account.nothing-open');
  const [{ id }] = (await w.refunds('sun', 20_000)).body.asked;
  const [, { id: other }] = (await w.refunds('ding', 20_000)).body.asked;
  w.world.now += 1;
  await w.signsInAnew('sun');
  expect((await w.refunds('sun', 20_000)).body.code).toBe('second-person.new-sign-in');
  expect((await w.adjusts('sun', -20_000)).body.code).toBe('second-person.new-sign-in');
  expect((await w.refunds('sun', 5_000)).body.creditFen).toBe(55_000);
  expect((await w.decides('sun', 'refund', other)).body.code).toBe('second-person.new-sign-in');
  expect((await w.decides('ding', 'refund', id)).body.code).toBe('second-person.began-as-another');
  expect((await w.decides('ding', 'refund', id, false)).body.asked).toMatchObject([{ id: other }]);
  w.world.now += 24 * HOUR;
  expect((await w.decides('sun', 'refund', other)).body).toMatchObject({ creditFen: 35_000, asked: [] });
});

test('a payment whose day takes much of late charges away is booked as of that day once another person agrees', async () => {
  const w = await owing();
  w.world.now = at('2026-12-20');
  const money = { fen: 400_000, method: 'transfer', paidOn: '2026-11-20', reference: 'B-1', designated: [BILL] };
  const asked = await w.does('sun', 'payments', money);
  // Of 39 days of late charge that were demanded by then 29 go, 2 yuan each; paid today it would be one more.
  const { reference: _, ...said } = money;
  expect(asked.body).toMatchObject({
    openFen: 507_800,
    asked: [{ duty: 'payment', by: 'sun', lateFen: 6_000, ...said }],
  });
  expect((await w.get('/payments')).items).toEqual([]);
  const [{ id }] = asked.body.asked;
  expect((await w.decides('sun', 'payment', id)).body.code).toBe('account.second-person');
  expect((await w.decides('ding', 'payment', id)).body).toMatchObject({ asked: [], openFen: 102_000 });
  expect((await w.get('/payments')).items).toMatchObject([{ payment: id, paidOn: '2026-11-20', by: 'sun' }]);
  expect((await w.does('sun', 'payments', money)).body.code).toBe('account.same-reference');
});

test('a payment refused is not entered, and its reference is free for the day it really came', async () => {
  const w = await owing();
  w.world.now = at('2026-12-20');
  const money = { fen: 400_000, method: 'transfer', paidOn: '2026-11-20', reference: 'B-1' };
  const [{ id }] = (await w.does('li', 'payments', money)).body.asked;
  expect((await w.does('li', 'payments', money)).body.code).toBe('account.same-reference');
  expect((await w.decides('ding', 'payment', id, false)).body).toMatchObject({ openFen: 507_800, asked: [] });
  expect((await w.does('li', 'payments', { ...money, paidOn: '2026-12-20' })).status).toBe(200);
  expect((await w.get('/payments')).items).toMatchObject([{ paidOn: '2026-12-20', by: 'li' }]);
});

test('a reference is known as long as any payment with it is booked or asked for, whichever of them is refused', async () => {
  const w = await owing();
  w.world.now = at('2026-12-20');
  const money = { fen: 100_000, method: 'transfer', reference: 'B-1' };
  const back = { ...money, paidOn: '2026-12-21' };
  const again = { sameReference: true };
  const refused = async (id: string) => (await w.decides('ding', 'payment', id, false)).status;
  const code = async (body: object) => (await w.does('li', 'payments', body)).body.code;
  const askedLast = ({ body }: Awaited<ReturnType<typeof w.does>>) => body.asked.at(-1).id;
  // The later one is refused: the booked one is known.
  expect((await w.does('li', 'payments', money)).status).toBe(200);
  w.world.now = at('2026-12-30');
  expect(await refused(askedLast(await w.does('li', 'payments', { ...back, ...again })))).toBe(200);
  expect(await code(money)).toBe('account.same-reference');
  // The earlier one is refused: the later one is known, until it is refused too.
  const other = { reference: 'B-2' };
  const first = askedLast(await w.does('li', 'payments', { ...back, ...other }));
  const second = askedLast(await w.does('li', 'payments', { ...back, ...other, ...again }));
  expect(await refused(first)).toBe(200);
  expect(await code({ ...money, ...other })).toBe('account.same-reference');
  expect(await refused(second)).toBe(200);
  expect(await code({ ...money, ...other })).toBeUndefined();
});
