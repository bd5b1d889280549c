import { beforeEach, describe, expect, test } from 'vitest';
import type { Envelope } from '../../../shared/domain/events.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { at } from '../accounts/testing.ts';
import { bookId } from './book.ts';
import { paperOf } from './content.ts';
import { receiptByPayment } from './store.ts';
import { officeOfReceipts } from './testing.ts';

let w: Awaited<ReturnType<typeof officeOfReceipts>>;
beforeEach(async () => {
  w = await officeOfReceipts();
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
    expect((await w.get(`receipts?limit=2&after=${first.next}`)).items).toMatchObject([{ serial: '2026-000001' }]);
    expect(await w.get('receipts/2026-000002')).toMatchObject({ payment: payments[1], unit: 'unt_1', party: 'pty_1' });
    expect(await w.get(`payments/${payments[2]}/receipt`)).toMatchObject({ serial: '2026-000003' });
    expect((await w.call('li', `GET /sites/${SITE}/receipts/2026-000009`)).status).toBe(404);
  });

  test('are found by cash day, method, flat and payer', async () => {
    await w.pays(100);
    await w.pays(200, 'transfer');
    await w.tells(await w.money());
    const found = async (query: string) =>
      (await w.get(`receipts?${query}`)).items.map(({ fen }: { fen: number }) => fen);
    const ofDay = 'from=2026-11-05&to=2026-11-05';
    expect(await found(ofDay)).toEqual([200, 100]);
    expect(await found('from=2026-11-06')).toEqual([]);
    expect(await found(`${ofDay}&method=transfer`)).toEqual([200]);
    expect(await found('method=transfer,cash&unit=unt_1&party=pty_1')).toEqual([200, 100]);
    expect(await found('party=pty_2')).toEqual([]);
    const { next } = await w.get(`receipts?${ofDay}&limit=1`);
    expect(await found(`${ofDay}&limit=1&after=${encodeURIComponent(next)}`)).toEqual([100]);
  });

  test('go on beyond a million a year, and are still paged and found in order', async () => {
    const id = bookId(SITE, '2026');
    const pages = async () => {
      const serials: string[] = [];
      for (let after = '', more = true; more; ) {
        const page = await w.get(`receipts?limit=2${after && `&after=${after}`}`);
        serials.push(...page.items.map(({ serial }: { serial: string }) => serial));
        after = page.next ?? '';
        more = after !== '';
      }
      return serials;
    };
    const full = { year: '2026', next: 999_998, voided: 0, owed: [] };
    await w.books.write({ next: { id, site: SITE, version: 1, state: full }, from: 0, events: [], personal: [] });
    for (const fen of [100, 200, 300, 400]) await w.pays(fen);
    await w.tells(await w.money());
    expect(await pages()).toEqual(['2026-1000001', '2026-1000000', '2026-999999', '2026-999998']);
    expect(await w.get('receipts/2026-1000000')).toMatchObject({ serial: '2026-1000000', fen: 300 });
    expect(await w.get('cash-days/2026-11-05')).toMatchObject({ first: '2026-999998', last: '2026-1000001' });
    expect((await w.call('li', `GET /sites/${SITE}/receipts?after=2026-1`)).status).toBe(400);
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
