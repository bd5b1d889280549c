import { beforeEach, describe, expect, test } from 'vitest';
import { unitIdKey } from '../../../shared/directory/units.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { accountId } from '../accounts/account.ts';
import { type Deps as AccountDeps, routes as accountRoutes } from '../accounts/api.ts';
import { accountsIn } from '../accounts/store.ts';
import { at, bill } from '../accounts/testing.ts';
import { entersBills } from '../accounts/testing-bills.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../payments/api.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import { deductionId, linesOf } from './deduction.ts';
import type { deductionPaid } from './events.ts';
import { routes as mandateRoutes } from './mandate-api.ts';
import { onDeductionPaid } from './on-deduction-paid.ts';
import { openDue } from './open-due.ts';
import { openBatches } from './open-store.ts';
import { deductionsIn } from './store.ts';

const STAFF = { li: { role: 'agent' }, zhao: { role: 'supervisor' }, sun: { role: 'centre-manager' } } as const;
const account = (n: number) => accountId(`unt_${n}`, `pty_${n}`);
const HEADER = 'line,token,amountFen,status,reason\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');

const world = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const { policies } = site.deps;
  const accounts = accountsIn(site.tables, site.deps);
  const deductions = deductionsIn(site.tables);
  const apis = [...routes, ...mandateRoutes, ...accountRoutes, ...paymentRoutes];
  const invoices = invoicesIn(site.tables);
  const call = apiCaller<Deps & AccountDeps & PaymentDeps>(apis, { ...site.deps, accounts, deductions, invoices });
  const path = (id: string) => `/sites/${SITE}/deductions/${id}`;
  return {
    site,
    accounts,
    deductions,
    call,
    path,
    owes: (n: number, fen: number, dueDay = '2026-11-10') =>
      entersBills(site, accounts, n, bill(fen, { period: dueDay.slice(0, 7), dueDay })),
    mandates: (n: number, body: unknown = { token: `mandate-${n}`, bank: 'icbc' }) =>
      call('li', `POST /sites/${SITE}/accounts/${account(n)}/mandate`, body),
    opens: async () => (await call('zhao', `POST /sites/${SITE}/deductions`, {})).body,
    /** Reads a file, and hands on what it says was paid. */
    reads: async (id: string, text: string, more: object = {}) => {
      const answer = await call('zhao', `POST ${path(id)}/result`, { content: base64(text), ...more });
      for (const event of await deductions.history(SITE, id)) {
        if (event.name !== 'deduction.paid') continue;
        await onDeductionPaid.handle(event as unknown as Recorded<typeof deductionPaid>, { accounts, policies });
      }
      return answer;
    },
    openFen: async (n: number) => (await call('li', `GET /sites/${SITE}/accounts/${account(n)}`)).body.openFen,
    payments: async (n: number) => (await call('li', `GET /sites/${SITE}/accounts/${account(n)}/payments`)).body.items,
  };
};

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});

/** Three accounts with a mandate that owe November. */
const opened = async (): Promise<string> => {
  for (const n of [1, 2, 3]) {
    await w.owes(n, 100 * n);
    await w.mandates(n);
  }
  w.site.now = at('2026-11-25', '18:00');
  return (await w.opens()).items[0].id;
};

describe('a mandate', () => {
  test('is a token; its account is in the next batch, and no longer once it has ended', async () => {
    await w.owes(1, 100);
    expect((await w.mandates(1)).body.mandate).toEqual({ bank: 'icbc' });
    await w.call('li', `POST /sites/${SITE}/accounts/${account(1)}/mandate/end`, {});
    w.site.now = at('2026-11-25', '18:00');
    expect((await w.opens()).code).toBe('deduction.nothing-due');
  });

  test.each(['622202123456789012', '6222-0212-3456-7890', '622202_123456'])(
    'that looks like an account number is refused: %s',
    async (token) => {
      await w.owes(1, 100);
      expect((await w.mandates(1, { token, bank: 'icbc' })).body.code).toBe('deduction.account-number');
    },
  );

  test('that no bank gives is refused, naming the field', async () => {
    await w.owes(1, 100);
    const { status, body } = await w.mandates(1, { token: 'short', bank: 'icbc' });
    expect([status, body.errors[0].field]).toEqual([400, 'body.token']);
  });
});

describe('a batch', () => {
  test('holds what is due of every account with a mandate, once a day', async () => {
    await w.owes(4, 400);
    await w.owes(1, 900, '2026-12-10');
    const id = await opened();
    expect(id).toBe(deductionId(SITE, '2026-11-25', 1));
    const { items } = await w.opens();
    expect(items).toMatchObject([{ id, lines: 3, fen: 600, status: 'under-way', open: { lines: 3 } }]);
    const place = { building: 'A', number: '101' };
    await w.site.publish({ ...unitIdKey(SITE, 'unt_1'), unit: 'unt_1', ...place });
    const { body } = await w.call('li', `GET ${w.path(id)}/lines?limit=2`);
    expect(body).toMatchObject({
      items: [
        {
          line: 1,
          account: account(1),
          unit: 'unt_1',
          ...place,
          fen: 100,
          bills: ['management/2026-11'],
          outcome: 'open',
        },
        { line: 2, account: account(2), fen: 200 },
      ],
      next: expect.any(String),
    });
  });

  test('asked for again under its key on another day is the same', async () => {
    for (const n of [1]) {
      await w.owes(n, 100);
      await w.mandates(n);
    }
    w.site.now = at('2026-11-25', '23:59');
    const first = await w.call('zhao', `POST /sites/${SITE}/deductions`, {}, 'one-key');
    w.site.now = at('2026-11-26', '00:01');
    const again = await w.call('zhao', `POST /sites/${SITE}/deductions`, {}, 'one-key');
    expect(again.body.items[0].id).toBe(first.body.items[0].id);
  });

  test('leaves out an account that another batch still waits for', async () => {
    const id = await opened();
    await w.reads(id, `${HEADER}2,mandate-2,200,failed,limit\n`);
    w.site.now = at('2026-11-26', '09:00');
    const [next] = (await w.opens()).items;
    expect(next).toMatchObject({ lines: 1, fen: 200 });
  });

  test('opened within seconds of another holds no account of it, however far the index lags behind', async () => {
    await opened();
    w.deductions.list = async () => ({ items: [] });
    w.site.now = at('2026-11-26', '00:00');
    expect((await w.opens()).code).toBe('deduction.nothing-due');
    await w.owes(4, 400);
    await w.mandates(4);
    expect((await w.opens()).items).toMatchObject([{ lines: 1, fen: 400 }]);
  });

  test('opened at the very moment of another shares no account with it', async () => {
    for (const n of [1, 2, 3]) {
      await w.owes(n, 100 * n);
      await w.mandates(n);
    }
    w.site.now = at('2026-11-26', '00:00');
    const context = await contextAt(w.site.deps.policies, SITE, w.site.now);
    const by = { site: SITE, now: w.site.now, by: 'zhao', context };
    const opens = (day: string) => openBatches(w, { ...by, day });
    const all = await Promise.all(['2026-11-25', '2026-11-26', '2026-11-25', '2026-11-27'].map(opens));
    const batches = new Set(all.flat().map(({ id }) => id));
    const lines = await Promise.all([...batches].map(async (id) => linesOf(await w.deductions.whole(SITE, id))));
    expect(lines.flat().map(({ account: one }) => one)).toHaveLength(3);
    expect(new Set(lines.flat().map(({ account: one }) => one)).size).toBe(3);
  });

  test('holds no account whose payment the bank has told of and that is not booked yet', async () => {
    const id = await opened();
    const content = base64(`${HEADER}1,mandate-1,100,ok\n2,mandate-2,200,failed,limit\n3,mandate-3,300,ok\n`);
    await w.call('zhao', `POST ${w.path(id)}/result`, { content });
    w.site.now = at('2026-11-26', '00:00');
    const [next] = (await w.opens()).items;
    expect(next).toMatchObject({ lines: 1, fen: 200 });
    await w.reads(id, `${HEADER}1,mandate-1,100,ok\n`);
    await w.owes(1, 500, '2026-10-20');
    w.site.now = at('2026-11-27', '00:00');
    expect((await w.opens()).items).toMatchObject([{ lines: 1, fen: 500 }]);
  });

  test('is opened by the clock when the cut-off is over, once, unless somebody did', async () => {
    await w.owes(1, 100);
    await w.mandates(1);
    const { clock } = w.site;
    const { policies } = w.site.deps;
    const run = openDue({ clock, policies, open: (opening) => openBatches(w, opening) });
    w.site.now = at('2026-11-25', '23:59');
    await run();
    const list = async () => (await w.call('li', `GET /sites/${SITE}/deductions`)).body.items;
    expect(await list()).toEqual([]);
    w.site.now = at('2026-11-26', '00:10');
    await run();
    await run();
    expect(await list()).toMatchObject([{ id: deductionId(SITE, '2026-11-25', 1), lines: 1 }]);
  });
});

describe("the bank's result", () => {
  test('posts the good lines, reports the bad ones and lists what is missing', async () => {
    const id = await opened();
    const file = `${HEADER}1,mandate-1,100,ok\n2,someone-else,200,ok\n3,mand`;
    const { body } = await w.reads(id, file);
    expect(body).toMatchObject({
      status: 'under-way',
      paid: { lines: 1, fen: 100 },
      open: { lines: 2, first: [2, 3] },
      owed: [{ duty: 'result', role: 'supervisor' }],
      report: {
        rows: 3,
        paid: 1,
        failed: 0,
        repeated: 0,
        bad: 2,
        faults: [
          { at: 3, why: 'unknown-mandate' },
          { at: 4, why: 'truncated' },
        ],
      },
    });
    expect([await w.openFen(1), await w.openFen(2), await w.openFen(3)]).toEqual([0, 200, 300]);
  });

  test('read twice posts once; a second file completes what was missing', async () => {
    const id = await opened();
    const first = `${HEADER}1,mandate-1,100,ok\n`;
    await w.reads(id, first);
    expect((await w.reads(id, first)).body.report).toMatchObject({ paid: 0, repeated: 1, bad: 0 });
    await w.reads(id, `${HEADER}1,mandate-1,100,ok\n2,mandate-2,200,ok\n3,mandate-3,300,failed,余额不足\n`);
    expect(await w.payments(1)).toMatchObject([{ fen: 100, method: 'deduction', paidOn: '2026-11-25' }]);
    expect(await w.payments(2)).toHaveLength(1);
    expect((await w.call('li', `GET ${w.path(id)}`)).body).toMatchObject({
      status: 'settled',
      paid: { lines: 2, fen: 300 },
      failed: { lines: 1, fen: 300 },
      reasons: { 'insufficient-funds': 1 },
      open: { lines: 0, first: [] },
      owed: [{ duty: 'failures', role: 'agent' }],
    });
    expect(await w.openFen(3)).toBe(300);
  });

  test('that says otherwise than before is reported, and changes nothing', async () => {
    const id = await opened();
    await w.reads(id, `${HEADER}1,mandate-1,100,ok\n`);
    const { body } = await w.reads(id, `${HEADER}1,mandate-1,100,failed,limit\n`);
    expect(body.report).toMatchObject({ failed: 0, repeated: 0, faults: [{ at: 2, why: 'answered-otherwise' }] });
    expect(await w.openFen(1)).toBe(0);
  });

  test('for what was paid meanwhile in another way is prepaid', async () => {
    const id = await opened();
    await w.call('li', `POST /sites/${SITE}/accounts/${account(1)}/payments`, { fen: 100, method: 'cash' });
    await w.reads(id, `${HEADER}1,mandate-1,100,ok\n`);
    expect((await w.call('li', `GET /sites/${SITE}/accounts/${account(1)}`)).body).toMatchObject({
      openFen: 0,
      creditFen: 100,
    });
  });

  test.each([
    [{ content: '***' }, 'body.content'],
    [{ content: base64('x'), paidOn: '2026-11-26' }, 'body.paidOn'],
    [{ content: base64('x'), paidOn: '2026-11-24' }, 'body.paidOn'],
  ])('sent as %j is refused, naming the field', async (body, field) => {
    const id = await opened();
    const { status, body: problem } = await w.call('zhao', `POST ${w.path(id)}/result`, body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });
});

describe('what the bank does not answer', () => {
  test('is given up, fails, and is followed up; then nothing is owed', async () => {
    const id = await opened();
    await w.reads(id, `${HEADER}1,mandate-1,100,ok\n`);
    const given = await w.call('zhao', `POST ${w.path(id)}/give-up`, { words: 'The bank lost the file.' });
    expect(given.body).toMatchObject({ status: 'settled', reasons: { unanswered: 2 }, owed: [{ duty: 'failures' }] });
    await w.call('li', `POST ${w.path(id)}/follow-up`, { words: 'Both were called.' });
    expect((await w.call('li', `GET /sites/${SITE}/deductions?state=finished`)).body.items).toMatchObject([
      { id, owed: [] },
    ]);
  });
});
