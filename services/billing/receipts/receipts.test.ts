import { beforeEach, describe, expect, test } from 'vitest';
import type { Envelope } from '../../../shared/events.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { groundAt } from '../../../shared/policy.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { accountId } from '../accounts/account.ts';
import { type Deps as AccountDeps, routes as accountRoutes } from '../accounts/api.ts';
import { charge } from '../accounts/decide.ts';
import { accountsIn } from '../accounts/store.ts';
import type { Method } from '../accounts/terms.ts';
import { at, bill } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import { bookId } from './book.ts';
import { exportOf, paperOf } from './content.ts';
import { booksIn, invoiceState, invoicesIn, receiptByPayment } from './store.ts';
import { issueReceipt, voidPayment } from './write-store.ts';
import { writer } from './writer.ts';

const STAFF = { li: { role: 'agent' }, sun: { role: 'centre-manager' } } as const;
const ACCOUNT = accountId('unt_1', 'pty_1');
const PATH = `/sites/${SITE}/accounts/${ACCOUNT}`;
const NUMBER = '24312000000012345678';

const world = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-05', '09:00'));
  const { policies } = site.deps;
  const accounts = accountsIn(site.tables);
  const books = booksIn(site.tables);
  const invoices = invoicesIn(site.tables);
  const call = apiCaller<Deps & AccountDeps>([...routes, ...accountRoutes], {
    ...site.deps,
    accounts,
    books,
    invoices,
  });
  const ground = await groundAt(policies, SITE, site.now);
  await execute(accounts, {
    site: SITE,
    id: ACCOUNT,
    now: site.now,
    by: 'system:run',
    once: { scope: 'run', body: '' },
    decide: (state) => {
      const actor = { staff: 'system:run', roles: [], departments: [] };
      const wanted = { unit: 'unt_1', party: 'pty_1', building: 'A', bills: [bill(100_000)] };
      const events = charge({ state, actor, now: site.now, ground }, wanted);
      return events instanceof Refusal ? events : { events };
    },
  });
  const deps = { books, invoices, accounts, policies, clock: site.clock };
  const write = writer({ issue: (event) => issueReceipt(deps, event), annul: (event) => voidPayment(deps, event) });
  let messages = 0;
  const tells = (events: readonly Envelope[]) =>
    write({
      Records: events.map((event) => ({
        messageId: `m-${++messages}`,
        body: JSON.stringify(event),
        attributes: { MessageGroupId: event.site },
      })),
    });
  return {
    site,
    call,
    books,
    invoices,
    tells,
    /** What the accounts' journal says of money, oldest first. */
    money: async () =>
      (await accounts.history(SITE, ACCOUNT)).filter(({ name }) => /^account\.(paid|reversed)$/.test(name)),
    pays: async (fen: number, method: Method = 'cash'): Promise<string> => {
      await call('li', `POST ${PATH}/payments`, { fen, method });
      const { items } = (await call('li', `GET ${PATH}/payments`)).body;
      return items.at(-1).payment;
    },
    reverses: (payment: string) => call('sun', `POST ${PATH}/reversals`, { payment, reason: 'It did not come.' }),
    get: async (path: string) => (await call('li', `GET /sites/${SITE}/${path}`)).body,
    refunds: (fen: number) => call('sun', `POST ${PATH}/refunds`, { fen, method: 'transfer', reason: 'Moved away.' }),
    invoice: (serial: string, body: unknown) => call('li', `POST /sites/${SITE}/receipts/${serial}/invoice`, body),
  };
};

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});

describe('receipts', () => {
  test('have serials without gaps, one a payment, however often it is told', async () => {
    for (const fen of [100, 200, 300]) await w.pays(fen);
    const events = await w.money();
    await w.tells(events);
    await w.tells([...events].reverse());
    const { items } = await w.get('receipts');
    expect(items.map(({ serial, fen }: { serial: string; fen: number }) => [serial, fen])).toEqual([
      ['2026-000003', 300],
      ['2026-000002', 200],
      ['2026-000001', 100],
    ]);
    expect((await w.books.head(SITE, bookId(SITE, '2026'))).state).toEqual({
      year: '2026',
      next: 4,
      voided: 0,
      owed: [],
    });
  });

  test('told of twice at the same moment is one', async () => {
    await w.pays(100);
    const events = await w.money();
    await Promise.all([w.tells(events), w.tells(events), w.tells(events)]);
    expect((await w.get('receipts')).items).toHaveLength(1);
  });

  test('are paged by serial, found by it and by their payment', async () => {
    const payments = [await w.pays(100), await w.pays(200), await w.pays(300)];
    await w.tells(await w.money());
    const first = await w.get('receipts?limit=2');
    expect(first.next).toBe('2026-000002');
    expect((await w.get(`receipts?limit=2&after=${first.next}`)).items).toMatchObject([{ serial: '2026-000001' }]);
    expect(await w.get('receipts/2026-000002')).toMatchObject({ payment: payments[1], unit: 'unt_1', party: 'pty_1' });
    expect(await w.get(`payments/${payments[2]}/receipt`)).toMatchObject({ serial: '2026-000003' });
    expect((await w.call('li', `GET /sites/${SITE}/receipts/2026-000009`)).status).toBe(404);
  });

  test('begin anew with the year in which they are issued', async () => {
    await w.pays(100);
    w.site.now = at('2027-01-01', '00:00');
    await w.tells(await w.money());
    await w.pays(200);
    await w.tells(await w.money());
    expect((await w.get('receipts')).items).toMatchObject([
      { serial: '2027-000002', takenOn: '2027-01-01' },
      { serial: '2027-000001', takenOn: '2026-11-05' },
    ]);
  });

  test('of a reversed payment are void and keep their number', async () => {
    const payment = await w.pays(100);
    await w.tells(await w.money());
    await w.reverses(payment);
    await w.pays(200);
    await w.tells(await w.money());
    await w.tells(await w.money());
    expect((await w.get('receipts')).items).toMatchObject([
      { serial: '2026-000002', fen: 200 },
      { serial: '2026-000001', fen: 100, reversedOn: '2026-11-05' },
    ]);
  });

  test('are issued and void where the reversal is told of first', async () => {
    await w.reverses(await w.pays(100));
    await w.tells((await w.money()).reverse());
    expect((await w.get('receipts')).items).toMatchObject([{ serial: '2026-000001', reversedOn: '2026-11-05' }]);
  });

  test('stop at what fails: what follows of that site waits with it', async () => {
    await w.pays(100);
    await w.pays(200);
    const [first, second] = await w.money();
    const broken = { ...first, aggregate: 'acc_gone' } as Envelope;
    const other = { ...second, site: 'elsewhere' } as Envelope;
    const { batchItemFailures } = await w.tells([broken, second as Envelope, other]);
    expect(batchItemFailures).toHaveLength(3);
    expect((await w.get('receipts')).items).toEqual([]);
    expect((await w.tells([second as Envelope])).batchItemFailures).toEqual([]);
    expect((await w.get('receipts')).items).toMatchObject([{ serial: '2026-000001', fen: 200 }]);
  });

  test('as documents add up, and say when they are void', async () => {
    const payment = await w.pays(120_000, 'transfer');
    await w.tells(await w.money());
    const receipt = await receiptByPayment(w.books, SITE, payment);
    if (!receipt) throw new Error('there is a receipt');
    const words = {
      language: 'zh-CN' as const,
      payer: '张三',
      site: { name: '翠湖花园', timeZone: 'Asia/Shanghai' },
      unit: 'A 1',
      names: new Map(),
    };
    expect(paperOf(receipt, words)).toMatchObject({
      number: '2026-000001',
      method: '银行转账',
      lines: [{ unit: 'A 1', item: 'management', period: '2026年11月', amountFen: 100_000 }],
      prepaidFen: 20_000,
      totalFen: 120_000,
      voided: false,
    });
    expect(paperOf({ ...receipt, reversedOn: '2026-11-06' }, words).voided).toBe(true);
  });
});

describe('an invoice (发票)', () => {
  const receipt = async () => {
    const payment = await w.pays(100);
    await w.tells(await w.money());
    return { payment, serial: (await w.get(`payments/${payment}/receipt`)).serial as string };
  };

  test('is asked for, issued with its number, and flushed in red', async () => {
    const { payment, serial } = await receipt();
    expect(await invoiceState(w.invoices, SITE, payment)).toBe('none');
    const asked = await w.invoice(serial, { state: 'asked' });
    expect(asked.body.invoice).toMatchObject({ state: 'asked', owed: [{ duty: 'issue', role: 'supervisor' }] });
    const issued = await w.invoice(serial, { state: 'issued', number: NUMBER });
    expect(issued.body.invoice).toEqual({ state: 'issued', number: NUMBER, owed: [] });
    expect((await w.invoice(serial, { state: 'asked' })).body.code).toBe('invoice.not-now');
    const flushed = await w.invoice(serial, { state: 'red-flushed', number: '24312000000087654321' });
    expect(flushed.body.invoice).toMatchObject({ state: 'red-flushed', number: NUMBER });
    expect(await invoiceState(w.invoices, SITE, payment)).toBe('red-flushed');
  });

  test('of a reversed payment has to be flushed; one that was only asked for is dropped, and none is issued any more', async () => {
    const issued = await receipt();
    const asked = await receipt();
    await w.invoice(issued.serial, { state: 'issued', number: NUMBER });
    await w.invoice(asked.serial, { state: 'asked' });
    await w.reverses(asked.payment);
    await w.reverses(issued.payment);
    await w.tells(await w.money());
    expect((await w.get(`receipts/${issued.serial}`)).invoice).toMatchObject({
      state: 'issued',
      owed: [{ duty: 'flush' }],
    });
    expect((await w.get(`receipts/${asked.serial}`)).invoice).toMatchObject({ state: 'dropped', owed: [] });
    expect((await w.invoice(asked.serial, { state: 'issued', number: NUMBER })).body.code).toBe('invoice.not-now');
    const late = await receipt();
    await w.reverses(late.payment);
    await w.tells(await w.money());
    expect((await w.invoice(late.serial, { state: 'asked' })).body.code).toBe('receipt.void');
  });

  test.each([
    [{ state: 'issued' }, 'body.number'],
    [{ state: 'asked', number: NUMBER }, 'body.number'],
    [{ state: 'issued', number: '1' }, 'body.number'],
    [{ state: 'lost' }, 'body.state'],
  ])('told of as %j is refused, naming the field', async (body, field) => {
    const { serial } = await receipt();
    const { status, body: problem } = await w.invoice(serial, body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });

  test('stands in the export for the tax platform', async () => {
    const { payment, serial } = await receipt();
    await w.invoice(serial, { state: 'issued', number: NUMBER });
    const known = await receiptByPayment(w.books, SITE, payment);
    const { state } = await w.invoices.head(SITE, payment.replace('pay_', 'inv_'));
    if (!known) throw new Error('there is a receipt');
    const [header, row] = exportOf([{ receipt: known, invoice: state }]).split('\r\n');
    expect(header).toContain('serial,takenOn,paidOn,method,amountFen');
    expect(row).toBe(`2026-000001,2026-11-05,2026-11-05,cash,100,${payment},${ACCOUNT},unt_1,pty_1,,issued,${NUMBER},`);
  });

  test.each([
    ['from=2026-11-01&to=2026-10-31', 'query.to'],
    ['from=2026-11-01&to=2026-12-02', 'query.to'],
  ])('an export of %s is refused', async (query, field) => {
    const { status, body } = await w.call('li', `GET /sites/${SITE}/receipts/export?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });

  test('keeps what was prepaid with it from being given back until it is flushed in red', async () => {
    await w.pays(100_000);
    const older = await w.pays(3_000);
    const newer = await w.pays(5_000);
    await w.tells(await w.money());
    const { serial } = await w.get(`payments/${newer}/receipt`);
    await w.invoice(serial, { state: 'issued', number: NUMBER });
    const { status, body } = await w.refunds(3_001);
    expect([status, body.code]).toEqual([422, 'account.invoiced']);
    expect(body.title).toContain('3000');
    expect(body.title).toContain(newer);
    expect((await w.refunds(2_000)).body.creditFen).toBe(6_000);
    // A refund takes the oldest prepaid money: 1,000 of it are left, and 5,000 stand on the invoice.
    expect((await w.refunds(1_001)).body.title).toContain('1000');
    await w.invoice(serial, { state: 'red-flushed', number: '24312000000087654321' });
    expect((await w.refunds(6_000)).body.creditFen).toBe(0);
    expect((await w.get(`payments/${older}/receipt`)).fen).toBe(3_000);
  });
});

test('a cash day is closed by method, with what was reversed in it and the range of its serials', async () => {
  const payment = await w.pays(100);
  await w.pays(200);
  await w.pays(300, 'transfer');
  await w.tells(await w.money());
  w.site.now = at('2026-11-06', '09:00');
  await w.reverses(payment);
  await w.tells(await w.money());
  const none = { count: 0, fen: 0 };
  expect(await w.get('cash-days/2026-11-05')).toEqual({
    day: '2026-11-05',
    methods: [
      { method: 'cash', count: 2, fen: 300, reversed: none },
      { method: 'transfer', count: 1, fen: 300, reversed: none },
      { method: 'deduction', ...none, reversed: none },
      { method: 'online', ...none, reversed: none },
    ],
    takenFen: 600,
    reversedFen: 0,
    receipts: 3,
    first: '2026-000001',
    last: '2026-000003',
  });
  expect(await w.get('cash-days/2026-11-06')).toMatchObject({ takenFen: 0, reversedFen: 100, receipts: 0 });
});
