import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import type { FaultKind } from '../local/gateway/index.ts';
import { expectCountedByHand } from './support/figures.ts';
import { entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { itemsIn } from './support/tables.ts';
import { HOUR, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;
const UNITS = 4;
const HEADER = 'line,token,amountFen,status,reason\n';

describe('payments: receipts, paid services and deductions', () => {
  let world: World;
  let manager: Caller;
  let agent: Caller;
  let supervisor: Caller;
  const units: string[] = [];
  const accounts: string[] = [];

  beforeAll(async () => {
    world = await startWorld();
    await world.tightens('lakeside', { deductionCutOffDay: 5 });
    manager = await world.as('lakeside-manager');
    agent = await world.as('lakeside-agent-1');
    supervisor = await world.as('lakeside-supervisor');
    for (let i = 1; i <= UNITS; i++) {
      const home = await entersHome(world, { number: `${100 + i}` });
      const bills = [{ period: '2026-01', dueDay: '2026-01-12', fen: 100_000 * i }];
      units.push(home.unit);
      accounts.push((await manager.post('/sites/lakeside/arrears', { ...home, bills }, fresh())).id);
    }
    await world.settle();
  });
  afterAll(() => world?.stop());

  const account = (i: number) => `/sites/lakeside/accounts/${accounts[i]}`;
  const pays = (i: number, fen: number) => agent.post(`${account(i)}/payments`, { fen, method: 'cash' }, fresh());
  const receipts = async (): Promise<Answer[]> =>
    (await agent.get('/sites/lakeside/receipts?limit=100')).items.reverse();
  const serials = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `2026-${String(from + i).padStart(6, '0')}`);
  const openFen = async (i: number) => (await agent.get(account(i))).openFen;

  describe('receipts (收据)', () => {
    it('of twenty payments at the same moment have serials without gaps', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, i) => pays(i % UNITS, 100 + i)));
      await world.settle();
      const all = await receipts();
      expect(all.map(({ serial }) => serial)).toEqual(serials(1, 20));
      expect(all.map(({ fen }) => fen).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 100 + i));
      expect(await agent.get('/sites/lakeside/cash-days/2026-03-02')).toMatchObject({
        receipts: 20,
        takenFen: 2_190,
        first: '2026-000001',
        last: '2026-000020',
      });
    });

    it('have none though their writer dies at every call, and each payment has one', async () => {
      const kinds: FaultKind[] = ['crash-before', 'crash-after'];
      for (const kind of kinds) {
        const faults = Array.from({ length: 6 }, (_, after) =>
          world.cloud.faults.inject({ kind, function: 'HuiyinPayments-ReceiptsWriter', after: after * 3, times: 1 }),
        );
        await Promise.all([pays(0, 500), pays(1, 501), pays(2, 502)]);
        await world.passes(2 * HOUR);
        expect(faults.filter(({ hits }) => hits > 0).length).toBeGreaterThan(1);
        for (const fault of faults) fault.remove();
      }
      await world.passes(HOUR);
      const all = await receipts();
      expect(all.map(({ serial }) => serial)).toEqual(serials(1, 26));
      expect(new Set(all.map(({ payment }) => payment)).size).toBe(26);
    });

    it('of a reversed payment are void and keep their number', async () => {
      const [first] = await receipts();
      const reversal = { payment: first.payment, reason: 'The note was false.' };
      await manager.post(`/sites/lakeside/accounts/${first.account}/reversals`, reversal, fresh());
      await pays(0, 700);
      await world.settle();
      const all = await receipts();
      expect(all.map(({ serial }) => serial)).toEqual(serials(1, 27));
      expect(all.filter(({ reversedOn }) => reversedOn).map(({ serial }) => serial)).toEqual(['2026-000001']);
      expect(await agent.get('/sites/lakeside/receipts/2026-000001/pdf')).toMatch(/^%PDF-/);
      expect(await agent.get('/sites/lakeside/receipts/export?from=2026-03-01&to=2026-03-31')).toContain(
        '2026-000027,2026-03-0',
      );
    });
  });

  it('an account statement (对账单) is printed for a unit and a span', async () => {
    const of = (i: number, query: string) => agent.get(`/sites/lakeside/units/${units[i]}/statement/pdf?${query}`);
    expect(await of(0, 'from=2026-01-01&to=2026-03-02')).toMatch(/^%PDF-/);
    await expect(of(0, 'from=2026-01-02&to=2026-01-01')).rejects.toThrow(/400.*query\.to/);
    await expect(of(0, 'from=2026-01-01&to=2099-01-01')).rejects.toThrow(/400.*query\.to/);
    await expect(of(0, 'from=2006-01-01&to=2026-01-01')).rejects.toThrow(/400.*query\.from/);
    await expect(of(0, `from=2026-01-01&to=2026-01-31&party=${fresh()}`)).rejects.toThrow(/400.*query\.party/);
  });

  describe('a paid service (有偿服务) and the next deduction (代扣)', () => {
    let slip: string;
    let service: string;
    let batch: string;
    const onSlip = (by: Caller, command: string, body: unknown) =>
      by.post(`/sites/lakeside/slips/${slip}/${command}`, body, fresh());
    const reads = async (text: string) => {
      const content = Buffer.from(text).toString('base64');
      const answer = await supervisor.post(`/sites/lakeside/deductions/${batch}/result`, { content }, fresh());
      await world.settle();
      return answer;
    };
    /** The bank's file as we sent it, answered. */
    const answered = async (status: string, ...lines: number[]) => {
      const [, ...rows] = (await supervisor.get<string>(`/sites/lakeside/deductions/${batch}/file`))
        .trim()
        .split('\r\n');
      return rows
        .filter((row) => lines.includes(Number(row.split(',')[0])))
        .map((row) => `${row.split(',').slice(0, 3).join(',')},${status}\n`)
        .join('');
    };

    it('goes from the wish to a bill on the account', async () => {
      const wanted = { service: 'pipe-repair', department: 'engineering', words: 'The tap drips.' };
      const opened = await agent.post(
        '/sites/lakeside/slips',
        { ...wanted, unit: units[3], appointedAt: '2026-03-04T14:00:00+08:00' },
        fresh(),
      );
      slip = opened.id;
      await onSlip(agent, 'price', { fen: 12_000, how: 'word', words: 'Agreed on the phone.' });
      const engineering = await world.as('lakeside-engineering');
      await onSlip(engineering, 'done', {});
      await onSlip(engineering, 'amount', { fen: 11_000 });
      await onSlip(agent, 'sign', { how: 'signature', photo: 'a'.repeat(64) });
      await world.settle();
      const charged = await agent.get(`/sites/lakeside/slips/${slip}`);
      expect(charged).toMatchObject({ status: 'charged', owed: [] });
      service = charged.bill;
      const { debts } = await agent.get(account(3));
      expect(debts.map(({ bill }: Answer) => bill)).toContain(service);
    });

    it('is in the batch that the clock opens after the cut-off', async () => {
      for (const i of [1, 2, 3]) {
        await agent.post(`${account(i)}/mandate`, { token: `mandate-${i}`, bank: 'icbc' }, fresh());
      }
      await world.passes(4 * DAY);
      const [found] = (await supervisor.get('/sites/lakeside/deductions')).items;
      batch = found.id;
      expect(found).toMatchObject({ day: '2026-03-05', lines: 3, owed: [{ duty: 'result' }] });
      const { items } = await supervisor.get(`/sites/lakeside/deductions/${batch}/lines`);
      const line = items.find((one: Answer) => one.account === accounts[3]);
      expect(line.bills).toContain(service);
      expect(line.fen).toBe(await openFen(3));
    });

    it('posts what the bank deducted: a truncated file its good lines, read again nothing, a second one the rest', async () => {
      const file = `${HEADER}${await answered('ok', 1)}2,nobody,1,ok\n${(await answered('ok', 3)).slice(0, -6)}`;
      const first = await reads(file);
      expect(first.report).toMatchObject({
        paid: 1,
        bad: 2,
        faults: [
          { at: 3, why: 'unknown-mandate' },
          { at: 4, why: 'truncated' },
        ],
      });
      expect(first.open).toEqual({ lines: 2, first: [2, 3] });
      expect((await reads(file)).report).toMatchObject({ paid: 0, repeated: 1, bad: 2 });
      const rest = await reads(
        `${HEADER}${await answered('ok', 1, 2)}${await answered('failed,insufficient-funds', 3)}`,
      );
      expect(rest).toMatchObject({ status: 'settled', paid: { lines: 2 }, reasons: { 'insufficient-funds': 1 } });
      const { items } = await supervisor.get(`/sites/lakeside/deductions/${batch}/lines`);
      for (const { account: id, outcome } of items) {
        const open = (await agent.get(`/sites/lakeside/accounts/${id}`)).openFen;
        expect(open === 0, `${id} ${outcome}`).toBe(outcome === 'paid');
        const { items: payments } = await agent.get(`/sites/lakeside/accounts/${id}/payments`);
        expect(payments.filter(({ method }: Answer) => method === 'deduction')).toHaveLength(
          outcome === 'paid' ? 1 : 0,
        );
      }
    });

    it('tells an agent of the failure, and gives every payment its receipt', async () => {
      const { items } = await agent.get('/inbox?limit=100');
      expect(items.filter(({ about, duty }: Answer) => about === batch && duty === 'failures')).toHaveLength(1);
      await agent.post(`/sites/lakeside/deductions/${batch}/follow-up`, { words: 'Called; pays in cash.' }, fresh());
      const all = await receipts();
      expect(all.map(({ serial }) => serial)).toEqual(serials(1, 29));
      const paid = (await itemsIn(world.cloud, 'billing')).filter(({ name }) => name === 'account.paid');
      expect(all.map(({ payment }) => payment).sort()).toEqual(paid.map(({ data }) => (data as Answer).payment).sort());
    });
  });

  it('closes a cash day by channel with two signatures, and shows what a late line of a statement changed', async () => {
    const fen = await openFen(0);
    await pays(0, fen + 700);
    await manager.post(`${account(0)}/refunds`, { fen: 300, method: 'cash', reason: 'Paid too much.' }, fresh());
    await world.settle();
    const { takenOn } = (await receipts()).at(-1) as Answer;
    const path = `/sites/lakeside/cash-days/${takenOn}`;
    const reads = async (line: string) => {
      const content = Buffer.from(`日期,贷方发生额,对方户名,流水号\n${takenOn},${line}`).toString('base64');
      await supervisor.post('/sites/lakeside/statements', { content }, fresh());
      await world.settle();
    };
    await reads('88.00,王五,T1');
    const day = await agent.get(path);
    expect(day).toMatchObject({ status: 'open', refundedFen: 300, unclaimed: { count: 1, fen: 8_800 } });
    const signs = { seal: day.seal, countedFen: day.tillFen };
    expect(await supervisor.post(`${path}/close`, signs, fresh())).toMatchObject({ owed: [{ duty: 'countersign' }] });
    await expect(supervisor.post(`${path}/countersign`, { seal: day.seal }, fresh())).rejects.toThrow(/403/);
    expect(await manager.post(`${path}/countersign`, { seal: day.seal }, fresh())).toMatchObject({
      status: 'final',
      changed: false,
      owed: [],
    });
    await reads('99.00,赵六,T2');
    const changes = [{ method: 'transfer', figure: 'statement' }, { figure: 'lines.unclaimed' }];
    expect(await agent.get(path)).toMatchObject({ status: 'final', changes, owed: [{ duty: 'close' }] });
    const open = (await agent.get('/sites/lakeside/cash-days')).items.map((one: Answer) => one.day);
    expect(open).toContain(takenOn);
    expect((await agent.get(`${path}/rows?of=lines&gaps=true`)).items).toHaveLength(2);
  });

  it('splits money of several, and asks anew whose a part is once its payment was reversed', async () => {
    const { party } = (await receipts()).at(-1) as Answer;
    const path = '/sites/lakeside/remittances';
    const { id } = (await agent.get(path)).items.find((one: Answer) => one.fen === 9_900);
    const { items } = await supervisor.post(`${path}/${id}/split`, { parts: [{ fen: 9_000 }, { fen: 900 }] }, fresh());
    const [part, rest] = items;
    const { payment } = await supervisor.post(`${path}/${part.id}/claim`, { party }, fresh());
    await supervisor.post(`${path}/${rest.id}/set-aside`, { words: 'Interest.' }, fresh());
    await world.settle();
    const of = accounts.find((one) => one.includes(party.slice('pty_'.length)));
    await manager.post(
      `/sites/lakeside/payments/${payment}/reversals`,
      { account: of, reason: 'Not theirs.' },
      fresh(),
    );
    await world.settle();
    const open = (await agent.get(path)).items.map((one: Answer) => [one.id, one.status]);
    expect(open).toContainEqual([part.id, 'reopened']);
  });

  it('asks a payer no more about money once it is known that it is not theirs', async () => {
    const { building, number } = await agent.get(`/sites/lakeside/units/${units[1]}`);
    const { takenOn } = (await receipts()).at(-1) as Answer;
    const line = `${takenOn},1.23,孙八,T3,${building}-${number}`;
    const content = Buffer.from(`日期,贷方发生额,对方户名,流水号,摘要\n${line}`).toString('base64');
    await supervisor.post('/sites/lakeside/statements', { content }, fresh());
    await world.settle();
    const said = async () =>
      (await agent.get(account(1))).history
        .map(({ event }: Answer) => event)
        .filter((event: string) => event.startsWith('account.money'));
    expect(await said()).toEqual(['account.money-proposed']);
    const { id } = (await agent.get('/sites/lakeside/remittances')).items.find((one: Answer) => one.fen === 123);
    await supervisor.post(`/sites/lakeside/remittances/${id}/set-aside`, { words: 'A deposit.' }, fresh());
    await world.settle();
    expect(await said()).toEqual(['account.money-proposed', 'account.money-decided']);
  });

  it('frees the reference of a payment whose day a second person refuses', async () => {
    const overrides = { lateChargePerMillion: 400, backdateLateFen: 0 };
    await (await world.as('admin')).put('/group/policy', { overrides }, fresh());
    await world.passes(HOUR);
    const director = await world.as('lakeside-director');
    const open = await Promise.all(accounts.map((_, i) => openFen(i)));
    const payments = `${account(open.findIndex((fen) => fen > 0))}/payments`;
    const money = { fen: 100, method: 'transfer', reference: '20260207-0001' };
    const [one] = (await agent.post(payments, { ...money, paidOn: '2026-02-07' }, fresh())).asked;
    const decision = { payment: one.id, agree: false, words: 'The statement says today.' };
    expect(await director.post(`${payments}/decide`, decision, fresh())).toMatchObject({ asked: [] });
    expect(await agent.post(payments, money, fresh())).toMatchObject({ asked: [] });
    await world.settle();
  });

  it('keeps the laws of every case; nothing is lost or denied', async () => {
    await expectSound(world);
    await expectCountedByHand(world);
  });
});
