import { beforeEach, describe, expect, test } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { HOUR, MINUTE } from '../../../shared/time/clock.ts';
import { ledgerDifference } from '../accounts/ledger/ledger.ts';
import { flats, MANAGEMENT, RUN, RUNS, siteWithFees } from './testing.ts';
import type { ToDo } from './wake.ts';

const HEAT = { ...MANAGEMENT, code: 'heat', basis: 'metered', rates: [{ rate: '0.16' }] };
const LIFTS = { ...MANAGEMENT, code: 'lifts', basis: 'shared', rates: [{}] };
type Site = Awaited<ReturnType<typeof siteWithFees>>;
let site: Site;

const chargedBills = async ({ account }: Site, unit: string, party: string) =>
  (await account(unit, party)).events.flatMap(({ name, data }) =>
    name === 'account.charged' ? (data as { bills: { bill: string }[] }).bills.map(({ bill }) => bill) : [],
  );
const get = async (path: string) => (await site.call('li', `GET ${RUNS}/${RUN}${path}`)).body;

describe('a run', () => {
  beforeEach(async () => {
    site = await siteWithFees([
      ...flats('A', 3),
      ...flats('B', 250),
      ...flats('C', 2, { payers: [] }),
      ...flats('D', 120, { areaMicro: 50_000_000 }),
    ]);
  });

  test('enters each bill once and sends each payer one notice', async () => {
    expect((await site.issue()).body).toMatchObject({ status: 'charging', units: { total: 375, done: 0 } });
    await site.drain();
    const run = await get('');
    expect(run).toMatchObject({
      status: 'issued',
      units: { total: 375, done: 375 },
      buildings: { total: 4, done: 4 },
      totals: {
        bills: 373,
        accounts: 373,
        fen: 253 * 28_500 + 120 * 14_250,
        byItem: [{ item: 'management', bills: 373 }],
        leftOut: [{ reason: 'no-payer', count: 2 }],
      },
      notices: 373,
      owed: [],
    });
    expect(site.letters.size).toBe(373);
    expect(site.letters.get('pty_b7')).toEqual(new Map([['acc_b7-b7', ['management/2026-11']]]));
    const { account, ledger } = await site.account('unt_b7', 'pty_b7');
    expect(account?.debts).toMatchObject([{ bill: 'management/2026-11', openFen: 28_500 }]);
    expect(ledgerDifference(account as NonNullable<typeof account>, ledger.entries)).toBe(0);
  });

  test('bills what its preview said, page by page, building by building', async () => {
    const preview = (await site.call('li', `GET ${RUNS}/${RUN}/preview?limit=3`)).body;
    expect(preview.leftOut.items).toEqual([
      { unit: 'unt_c1', building: 'C', number: '0001', place: 'C座0001室', item: 'management', reason: 'no-payer' },
      { unit: 'unt_c2', building: 'C', number: '0002', place: 'C座0002室', item: 'management', reason: 'no-payer' },
    ]);
    const rest = (await site.call('li', `GET ${RUNS}/${RUN}/preview?limit=3&after=${preview.buildings.next}`)).body;
    expect(await site.state()).toBeUndefined();
    await site.issue();
    await site.drain();
    expect((await get('')).totals).toEqual(preview.totals);
    const first = await get('/buildings?limit=3');
    expect(first.items).toEqual(preview.buildings.items);
    expect((await get(`/buildings?after=${first.next}`)).items).toEqual(rest.buildings.items);
    const one = await get('/left-out?limit=1');
    expect(one.items).toEqual(preview.leftOut.items.slice(0, 1));
    expect(await get(`/left-out?limit=1&after=${one.next}`)).toMatchObject({
      items: preview.leftOut.items.slice(1),
    });
    const bills = await get('/bills?limit=2');
    expect(bills.items[0]).toMatchObject({ building: 'B', number: '0001' });
    const accounts = (await site.bills()).map(({ account }) => account);
    expect(bills.items.map(({ account }: { account: string }) => account)).toEqual(accounts.slice(0, 2));
    expect((await get(`/bills?limit=1&after=${encodeURIComponent(bills.next)}`)).items[0].account).toBe(accounts[2]);
  });

  test('is compared with the month before', async () => {
    const october = await site.call('sun', `POST ${RUNS}`, { period: '2026-10' });
    expect(october.status).toBe(201);
    expect((await site.call('li', `GET ${RUNS}/${RUN}/preview`)).body.before).toMatchObject({ period: '2026-10' });
  });

  test('started twice at the same moment it is one', async () => {
    const answers = await Promise.all([
      site.issue('sun'),
      site.issue('ding'),
      site.issue('sun', 'same'),
      site.issue('sun', 'same'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await site.runs.runs.history(SITE, RUN)).map(({ name }) => name)).toEqual(['run.started']);
    await site.drain();
    expect((await site.bills()).length).toBe(373);
  });

  test('several workers on the same parts at once enter nothing twice', async () => {
    await site.issue();
    for (let todo = await site.left(); todo.length > 0; todo = await site.left()) {
      await Promise.all([...todo, ...todo, ...todo].map((one) => site.work(one)));
    }
    expect(await get('')).toMatchObject({ status: 'issued', totals: { bills: 373 }, notices: 373 });
    for (const { unit, party } of await site.bills()) {
      expect(await chargedBills(site, unit, party)).toEqual(['management/2026-11']);
    }
    expect(site.letters.size).toBe(373);
  });

  test('that was cancelled charges nothing more, owes its issue still, and goes on where it was', async () => {
    await site.issue();
    const [first] = await site.left();
    await site.work(first as ToDo);
    const cancel = await site.call('sun', `POST ${RUNS}/${RUN}/cancel`, { words: '费率有误' });
    expect(cancel.body).toMatchObject({ status: 'cancelled', owed: [{ duty: 'issue', role: 'centre-manager' }] });
    const charged = (await site.bills()).length;
    expect(charged).toBeGreaterThan(0);
    for (const part of [0, 1, 2]) expect(await site.work({ site: SITE, run: RUN, part })).toBe(false);
    expect((await site.bills()).length).toBe(charged);
    expect((await site.call('sun', `POST ${RUNS}/${RUN}/cancel`, { words: '再次' })).body.code).toBe('run.not-running');
    await site.issue();
    await site.drain();
    expect(await get('')).toMatchObject({ status: 'issued', round: 1, totals: { bills: 373 }, notices: 373 });
  });

  test('whose messages are lost is told again within a quarter of an hour, and found late after its day', async () => {
    await site.issue();
    const told: ToDo[] = [];
    const enqueueWork = async (todo: readonly ToDo[]) => void told.push(...todo);
    site.now += 14 * MINUTE;
    await site.wakesUp(enqueueWork);
    expect(told).toEqual([]);
    site.now += MINUTE;
    await site.wakesUp(enqueueWork);
    expect(told.map(({ part }) => part)).toEqual([0, 1]);
    site.now += 16 * HOUR;
    await site.wakesUp(enqueueWork);
    expect((await site.runs.runs.history(SITE, RUN)).map(({ name }) => name)).toEqual([
      'run.started',
      'run.hinted',
      'run.missed',
      'run.hinted',
    ]);
    await site.drain();
    const before = told.length;
    site.now += HOUR;
    expect(await site.wakesUp(enqueueWork)).toBeUndefined();
    expect(told.length).toBe(before);
  });
});

describe('a payer with several accounts', () => {
  test('has one notice over all of them, however many', async () => {
    const held = { payer: 'pty_dev', payers: [{ party: 'pty_dev' }] };
    site = await siteWithFees([...flats('A', 130, held), ...flats('B', 3), ...flats('C', 120, held)]);
    await site.issue();
    await site.drain();
    expect(site.letters.size).toBe(4);
    expect(site.letters.get('pty_dev')?.size).toBe(250);
    expect(site.toldParties()).toBe(4);
    expect(await get('')).toMatchObject({ notices: 4 });
  });
});

describe('issued again', () => {
  test('it picks up what became billable since, and tells of that alone', async () => {
    const [one, two, three] = flats('A', 3) as [ReturnType<typeof flats>[number], ...ReturnType<typeof flats>];
    site = await siteWithFees([one, two as typeof one, { ...(three as typeof one), payers: [] }], [MANAGEMENT, HEAT]);
    await site.issue();
    await site.drain();
    expect((await get('')).totals).toMatchObject({
      bills: 2,
      leftOut: [
        { reason: 'no-payer', count: 1 },
        { reason: 'no-reading', count: 3 },
      ],
    });
    await site.put({ ...(three as typeof one), payers: [{ party: 'pty_new' }] });
    const readings = [{ unit: one.unit, quantity: '100' }];
    await site.call('yan', `POST /sites/${SITE}/readings`, { item: 'heat', period: '2026-11', readings });
    site.letters.clear();
    site.now = site.now + 26 * HOUR;
    expect((await site.issue()).body).toMatchObject({ round: 2, status: 'charging' });
    await site.drain();
    expect(await get('')).toMatchObject({
      status: 'issued',
      totals: { bills: 4, accounts: 3, fen: 3 * 28_500 + 1_600, leftOut: [{ reason: 'no-reading', count: 2 }] },
      notices: 2,
    });
    expect([...site.letters].toSorted()).toEqual([
      ['pty_a1', new Map([['acc_a1-a1', ['heat/2026-11']]])],
      ['pty_new', new Map([['acc_a3-new', ['management/2026-11']]])],
    ]);
    expect(await chargedBills(site, 'unt_a1', 'pty_a1')).toEqual(['management/2026-11', 'heat/2026-11']);
    expect((await get('/left-out')).items.length).toBe(2);
  });

  test('what an account has from elsewhere is listed, not made again', async () => {
    site = await siteWithFees(flats('A', 1));
    await site.issue();
    await site.drain();
    const { account } = await site.account('unt_a1', 'pty_a1');
    expect(account?.billed).toEqual(['management/2026-11']);
    // The run forgets: as if the arrears of November had been taken over by hand.
    const other = await siteWithFees(flats('A', 1));
    await other.issue();
    const head = await site.accounts.head(SITE, 'acc_a1-a1');
    await other.accounts.write({ next: head, from: 0, events: [], personal: [] });
    await other.drain();
    expect((await other.state())?.totals).toMatchObject({ accounts: 0, leftOut: { 'billed-before': 1 } });
  });
});

describe('a pool', () => {
  const pools = (fen: number, ...buildings: string[]) =>
    site.call('yan', `POST /sites/${SITE}/pools`, { item: 'lifts', period: '2026-11', pools: [{ buildings, fen }] });

  test('is shared by area to the last fen, and a unit nobody pays for bears its own share', async () => {
    site = await siteWithFees(
      [
        ...flats('A', 7),
        ...flats('B', 4, { areaMicro: 33_330_000 }),
        ...flats('C', 1),
        ...flats('D', 2, { payers: [] }),
      ],
      [LIFTS],
    );
    await pools(100_000, 'A', 'B', 'D');
    const preview = (await site.call('li', `GET ${RUNS}/${RUN}/preview`)).body;
    await site.issue();
    await site.drain();
    const bills = (await site.bills()).flatMap((one) => one.bills);
    // 700, 133.32 and 200 of 1,033.32 m²: D's 19,355 fen aren't put on the others.
    expect(bills.reduce((sum, { fen }) => sum + fen, 0)).toBe(67_743 + 12_902);
    expect((await get('')).totals).toEqual(preview.totals);
    expect(preview.totals.leftOut).toEqual([
      { reason: 'no-payer', count: 2 },
      { reason: 'no-pool', count: 1 },
    ]);
  });

  test('stays as it was shared when a unit changes while the run goes on', async () => {
    const [first, ...others] = flats('A', 4);
    site = await siteWithFees([{ ...(first as ReturnType<typeof flats>[number]), payers: [] }, ...others], [LIFTS]);
    await pools(10_000, 'A');
    await site.issue();
    await site.drain();
    const payers = [{ party: 'pty_a1' }];
    await site.put({ ...(first as ReturnType<typeof flats>[number]), payers, areaMicro: 900_000_000 });
    await site.issue();
    await site.drain();
    const bills = (await site.bills()).flatMap((one) => one.bills.map(({ fen }) => fen));
    expect(bills).toEqual([2_500, 2_500, 2_500, 2_500]);
  });
});

describe('refused', () => {
  const refusal = async (period: string, who = 'sun') => {
    const { status, body } = await site.call(who, `POST ${RUNS}`, { period });
    return [status, body.code === 'request.invalid' ? body.errors[0] : body.code];
  };

  test('is what nobody could bill', async () => {
    site = await siteWithFees([]);
    expect(await refusal('2026-11')).toEqual([422, 'run.no-units']);
    expect(await refusal('2025-11')).toEqual([422, 'run.no-schedule']);
    expect(await refusal('2027-12')).toEqual([422, 'run.no-units']);
    expect(await refusal('2028-01')).toEqual([400, { field: 'body.period', rule: 'from 2000-01 to 2027-12' }]);
    expect((await refusal('2026-13'))[0]).toBe(400);
    expect((await refusal('2026-11', 'li'))[0]).toBe(403);
    expect((await site.call('li', `GET ${RUNS}/run_2026-11`)).status).toBe(404);
    expect((await site.call('li', `GET ${RUNS}/run_x`)).status).toBe(400);
  });
});
