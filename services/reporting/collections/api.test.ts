import { beforeEach, describe, expect, test } from 'vitest';
import { iso } from '../../../shared/time/clock.ts';
import { done } from '../../billing/accounts/decide.ts';
import { refund } from '../../billing/accounts/refund.ts';
import { accountInHand, at, bill, WORDS } from '../../billing/accounts/testing.ts';
import { SITE } from '../testing/site.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from './testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
});
const rate = (fen: number, ofFen: number, percent: string) => ({ fen, ofFen, percent });

describe('by fee item, by building, by site', () => {
  const two = () => {
    const one = accountInHand();
    one.charged(at('2026-11-01'), bill(1_000), bill(500, { item: 'parking' }));
    pays(one, '2026-11-05', 1_600);
    one.does(at('2026-11-06'), (on) => {
      const known = { ledger: one.ledger, invoiced: new Set<string>() };
      return refund(on, { refund: 'pay_r', fen: 40, method: 'cash', words: WORDS }, known);
    });
    const other = accountInHand();
    other.charged(at('2026-11-01'), bill(2_000));
    return [...told(one), ...told(other, 'acc_2-2', '2%幢')];
  };

  test('each is a part of the whole, page by page; a fee item has no prepaid balance', async () => {
    await w.happen(...two());
    const buildings = await w.collection('2026-11', 'building');
    expect(buildings.items.map(({ key, current }: { key: string; current: unknown }) => [key, current])).toEqual([
      ['#1幢', rate(1_500, 1_500, '100.00')],
      ['2%幢', rate(0, 2_000, '0.00')],
    ]);
    expect(buildings.total.prepaid).toMatchObject({ paidFen: 100, refundedFen: 40, closingFen: 60 });
    const items = await w.collection('2026-11', 'item');
    expect(items.items).toMatchObject([
      { key: 'management', principal: { closingFen: 2_000 } },
      { key: 'parking', principal: { closingFen: 0 } },
    ]);
    expect(items.items[0]).not.toHaveProperty('prepaid');
    const first = await w.get('/sites/{site}/collection', { month: '2026-11', by: 'building', limit: '1' });
    expect(first.body).toMatchObject({ items: [{ key: '#1幢' }], next: expect.any(String) });
    const rest = await w.get('/sites/{site}/collection', {
      month: '2026-11',
      by: 'building',
      limit: '1',
      after: first.body.next,
    });
    expect(rest.body.items).toHaveLength(1);
    expect(rest.body).not.toHaveProperty('next');
  });

  test('prepaid money that went to another account of its payer balances, by building and over the site', async () => {
    const one = accountInHand();
    one.charged(at('2026-11-01'), bill(1_000));
    pays(one, '2026-11-05', 1_600);
    const other = accountInHand();
    other.charged(at('2026-11-01'), bill(2_000));
    const moved = (fen: number) => ({ other: 'acc_2-2', fen, from: [] });
    one.does(at('2026-11-06'), (on) => done(on, [{ name: 'account.credit-moved', data: moved(-500) }]));
    other.does(at('2026-11-06'), (on) => done(on, [{ name: 'account.credit-moved', data: moved(500) }]));
    await w.happen(...told(one), ...told(other, 'acc_2-2', '2%幢'));
    const { items, total } = await w.collection('2026-11', 'building');
    expect(items).toMatchObject([
      { prepaid: { movedFen: -500, closingFen: 100 }, differenceFen: 0 },
      { prepaid: { movedFen: 500, offsetFen: 500, closingFen: 0 }, differenceFen: 0 },
    ]);
    expect(total).toMatchObject({ prepaid: { movedFen: 0, closingFen: 100 }, differenceFen: 0 });
  });

  test('several sites are the sum of them: all that somebody may see, or those that are named', async () => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(4_000));
    await w.happen(...two(), ...told(hand, 'acc_3-3', '#1幢', `${SITE}2`));
    const bySite = await w.call('GET', '/collection', { query: { month: '2026-11', by: 'site' } });
    expect(bySite.body).toMatchObject({
      total: { current: rate(1_500, 7_500, '20.00') },
      items: [
        { key: SITE, principal: { closingFen: 2_000 } },
        { key: `${SITE}2`, principal: { closingFen: 4_000 } },
      ],
    });
    const byItem = await w.call('GET', '/collection', { query: { month: '2026-11', by: 'item' } });
    expect(byItem.body.items[0]).toMatchObject({ key: 'management', principal: { closingFen: 6_000 } });
    const grants = [{ site: SITE, role: 'site-director' as const }];
    const ask = (sites: object) => w.call('GET', '/collection', { query: { month: '2026-11', ...sites }, grants });
    expect((await ask({})).body.total.current).toEqual(rate(1_500, 3_500, '42.86'));
    expect((await ask({ sites: `${SITE},${SITE}2` })).status).toBe(403);
    const named = await w.call('GET', '/collection', { query: { month: '2026-11', sites: `${SITE}2` } });
    expect(named.body.total.current).toEqual(rate(0, 4_000, '0.00'));
  });

  test('a building opens into its accounts and their lines: those for the month, for earlier years, or entered in it', async () => {
    await w.happen(...two());
    const opened = async (query: object) =>
      (await w.get('/sites/{site}/collection/accounts', { month: '2026-11', building: '#1幢', ...query })).body;
    const { items } = await opened({ item: 'management' });
    expect(items).toMatchObject([
      {
        account: 'acc_1-1',
        unit: 'unt_1',
        openFen: 0,
        lines: [
          { kind: 'charge', bill: 'management/2026-11', owedFen: 1_000 },
          { kind: 'payment', owedFen: -1_000 },
        ],
      },
    ]);
    expect((await opened({ state: 'open' })).items).toEqual([]);
    expect((await opened({ state: 'open', building: '2%幢' })).items).toMatchObject([{ openFen: 2_000 }]);
    const entered = await opened({ of: 'entered' });
    expect(entered.items[0].lines.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['charge', 'charge', 'payment', 'payment', 'prepayment', 'refund'],
    ]);
    expect((await opened({ month: '2026-10' })).items).toEqual([]);
    const arrears = await opened({ of: 'earlier', month: '2027-01', state: 'open', building: '2%幢' });
    expect(arrears.items).toMatchObject([{ openFen: 2_000, lines: [{ kind: 'charge' }] }]);
    expect((await opened({ of: 'earlier', month: '2026-12', building: '2%幢' })).items).toEqual([]);
  });

  test('the accounts behind a figure come page by page, each once, however few of a building are among them', async () => {
    const owing = [2, 3, 9];
    for (let n = 1; n <= 9; n++) {
      const hand = accountInHand();
      hand.charged(at('2026-11-01'), bill(1_000));
      if (!owing.includes(n)) pays(hand, '2026-11-02', 1_000);
      await w.happen(...told(hand, `acc_${n}-1`));
    }
    const path = '/sites/{site}/collection/accounts';
    for (const limit of ['1', '2', '3', '50']) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const query = { month: '2026-11', building: '#1幢', state: 'open', limit, ...(after ? { after } : {}) };
        const { items, next } = (await w.get(path, query)).body;
        expect(items.length).toBeLessThanOrEqual(Number(limit));
        found.push(...items.map(({ account }: { account: string }) => account));
        after = next;
      } while (after);
      expect(found, limit).toEqual(owing.map((n) => `acc_${n}-1`));
    }
  });

  test('an answer says how fresh it is: when the newest line it counts was recorded', async () => {
    expect((await w.collection('2026-11')).asOf).toBeNull();
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(1_000));
    await w.happen(...told(hand));
    expect((await w.collection('2026-11')).asOf).toBe(iso(at('2026-11-01')));
    pays(hand, '2026-12-05', 400);
    await w.happen(...told(hand));
    expect((await w.collection('2026-11', 'building')).asOf).toBe(iso(at('2026-12-05')));
    await w.rebuild(true);
    expect((await w.collection('2026-10')).asOf).toBe(iso(at('2026-12-05')));
  });

  test('a question has bounds', async () => {
    const status = async (query: object, path = '/sites/{site}/collection') => (await w.get(path, query)).status;
    expect(await status({ month: '2026-13' })).toBe(400);
    expect(await status({ month: '2026-11', by: 'site' })).toBe(400);
    const accounts = '/sites/{site}/collection/accounts';
    expect(await status({ month: '2026-11' }, accounts)).toBe(400);
    expect(await status({ month: '2026-11', building: '1', of: 'entered', state: 'open' }, accounts)).toBe(400);
  });
});
