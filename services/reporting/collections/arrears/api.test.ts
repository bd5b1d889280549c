import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { iso } from '../../../../shared/time/clock.ts';
import { reverse } from '../../../billing/accounts/decide.ts';
import { accountInHand, at, bill, WORDS } from '../../../billing/accounts/testing.ts';
import { SITE } from '../../testing/site.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from '../testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
});
const arrears = async (query: object = {}, path = '') => (await w.get(`/sites/{site}/arrears${path}`, query)).body;
const open = (fen: number, bills: number, accounts: number, lateFen = 0) => ({ fen, lateFen, bills, accounts });
const NONE = open(0, 0, 0);
/** Two bills, due on 10 October and 10 November. */
const two = () => {
  const hand = accountInHand();
  hand.charged(at('2026-10-01'), bill(700, { period: '2026-10', dueDay: '2026-10-10' }));
  hand.charged(at('2026-11-01'), bill(1_000));
  return hand;
};

describe('arrears by age (账龄)', () => {
  test('the due day can still be paid on; a debt is in arrears from the day after it', async () => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(1_000));
    await w.happen(...told(hand));
    const ages = async (day: string, time = '12:00') => {
      w.now = at(day, time);
      const { on, total } = await arrears();
      const [age] = Object.entries(total.buckets).filter(([, one]) => (one as { fen: number }).fen > 0);
      expect(total.open).toEqual(open(1_000, 1, 1));
      expect(total.overdue).toEqual(age?.[0] === 'not-due' ? NONE : open(1_000, 1, 1));
      return [on, age?.[0]];
    };
    expect(await ages('2026-11-10', '23:59')).toEqual(['2026-11-10', 'not-due']);
    expect(await ages('2026-11-11', '00:00')).toEqual(['2026-11-11', '1-30']);
    expect(await ages('2026-12-10')).toEqual(['2026-12-10', '1-30']);
    expect(await ages('2026-12-11')).toEqual(['2026-12-11', '31-60']);
    expect(await ages('2027-01-10')).toEqual(['2027-01-10', '61-90']);
    expect(await ages('2027-02-09')).toEqual(['2027-02-09', '91-180']);
    expect(await ages('2027-05-10')).toEqual(['2027-05-10', '181-365']);
    expect(await ages('2027-11-11')).toEqual(['2027-11-11', 'over-365']);
  });

  test.each(['', '/accounts', '/funnel', '/funnel/accounts'])('a month to come is none yet: %s', async (path) => {
    w.now = at('2026-11-30', '23:59');
    const span = { from: '2026-10-01', to: '2026-11-30' };
    const query = { ...(path.includes('accounts') && { building: '8' }), ...(path.includes('funnel') && span) };
    const asked = async (month: string) => await w.get(`/sites/{site}/arrears${path}`, { ...query, month });
    for (const month of ['2026-12', '2099-12']) {
      const { status, body } = await asked(month);
      expect([status, body.errors[0].field]).toEqual([400, 'query.month']);
    }
    expect((await asked('2026-11')).status).toBe(200);
    w.now = at('2026-12-01', '00:00');
    expect((await asked('2026-12')).status).toBe(200);
  });

  test('a month that is over says what was open at its end, whatever came later; an account counts by its oldest', async () => {
    w.now = at('2026-12-20');
    const hand = two();
    pays(hand, '2026-12-05', 900);
    await w.happen(...told(hand));
    expect(await arrears({ month: '2026-11' })).toMatchObject({
      month: '2026-11',
      on: '2026-11-30',
      asOf: iso(at('2026-12-05')),
      total: { open: open(1_700, 2, 1), buckets: { '1-30': open(1_000, 1, 0), '31-60': open(700, 1, 1) } },
    });
    expect((await arrears({ month: '2026-10' })).total.buckets).toMatchObject({
      '1-30': open(700, 1, 1),
      'not-due': NONE,
    });
    const now = await arrears();
    expect(now).not.toHaveProperty('month');
    expect(now.total).toMatchObject({ open: open(800, 1, 1), buckets: { '31-60': open(800, 1, 1) } });
    // The month that runs is as of today.
    expect(await arrears({ month: '2026-12' })).toMatchObject({ on: '2026-12-20', total: now.total });
  });

  test('a payment that did not come opens a settled debt again, at its own age', async () => {
    w.now = at('2027-01-20');
    const hand = two();
    pays(hand, '2026-11-05', 700, 'pay_1');
    hand.does(at('2026-12-03'), (on) => reverse(on, 'pay_1', WORDS, hand.ledger));
    await w.happen(...told(hand));
    expect((await arrears({ month: '2026-11' })).total.open).toEqual(open(1_000, 1, 1));
    expect((await arrears()).total.buckets).toMatchObject({ '61-90': open(1_000, 1, 0), '91-180': open(700, 1, 1) });
  });

  test('by building, and of several sites together or by site: those that the caller may see', async () => {
    w.now = at('2026-11-20');
    const here = two();
    const there = two();
    pays(there, '2026-11-12', 700);
    await w.happen(...told(here), ...told(there, 'acc_2-2', '2%幢'), ...told(two(), 'acc_3-3', '#1幢', `${SITE}2`));
    const buildings = await arrears({ by: 'building' });
    expect(buildings.items.map((one: { key: string; open: object }) => [one.key, one.open])).toEqual([
      ['#1幢', open(1_700, 2, 1)],
      ['2%幢', open(1_000, 1, 1)],
    ]);
    expect(buildings.total.open).toEqual(open(2_700, 3, 2));
    const first = await arrears({ by: 'building', limit: '1' });
    expect(first.items).toMatchObject([{ key: '#1幢' }]);
    expect((await arrears({ by: 'building', limit: '1', after: first.next })).items).toMatchObject([{ key: '2%幢' }]);
    const ask = async (query: object, grants?: { site: string; role: 'site-director' }[]) =>
      w.call('GET', '/arrears', { query, ...(grants ? { grants } : {}) });
    const group = (await ask({ by: 'site' })).body;
    expect(group.total.open).toEqual(open(4_400, 5, 3));
    expect(group.items).toMatchObject([
      { key: SITE, on: '2026-11-20', open: open(2_700, 3, 2) },
      { key: `${SITE}2`, open: open(1_700, 2, 1) },
    ]);
    const grants = [{ site: SITE, role: 'site-director' as const }];
    expect((await ask({}, grants)).body.total.open).toEqual(open(2_700, 3, 2));
    expect((await ask({ sites: `${SITE}2` }, grants)).status).toBe(403);
  });

  test('an age opens into its accounts with their debts, now or as they stood', async () => {
    w.now = at('2026-12-20');
    const paid = two();
    pays(paid, '2026-12-05', 700);
    await w.happen(...told(two()), ...told(paid, 'acc_2-2'));
    const behind = async (query: object) => (await arrears({ building: '#1幢', ...query }, '/accounts')).items;
    expect(await behind({ bucket: '61-90' })).toMatchObject([
      {
        account: 'acc_1-1',
        unit: 'unt_1',
        fen: 700,
        held: false,
        debts: [{ dueDay: '2026-10-10', bucket: '61-90', fen: 700, bills: [{ bill: 'management/2026-10', fen: 700 }] }],
      },
    ]);
    expect((await behind({})).map(({ account, fen }: { account: string; fen: number }) => [account, fen])).toEqual([
      ['acc_1-1', 1_700],
      ['acc_2-2', 1_000],
    ]);
    expect(await behind({ bucket: '31-60', month: '2026-11' })).toHaveLength(2);
    expect(await behind({ bucket: 'not-due' })).toEqual([]);
  });

  test('as sheets: money in yuan, a line for each part and the total; a line for each debt', async () => {
    w.now = at('2026-12-20');
    await w.happen(...told(two()));
    const csv = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });
    const lines = csv(await arrears({ by: 'building', format: 'csv' }));
    expect(
      lines.map((line) => [line['Building or site'], line['61–90 days, principal (yuan)'], line['Open, bills']]),
    ).toEqual([
      ['#1幢', '7.00', '2'],
      ['Total', '7.00', '2'],
    ]);
    const debts = csv(await arrears({ building: '#1幢', format: 'csv' }, '/accounts'));
    expect(debts).toMatchObject([
      { Account: 'acc_1-1', 'Due day': '2026-10-10', Age: '61–90 days', Bills: 'management/2026-10' },
      { 'Due day': '2026-11-10', Age: '31–60 days' },
    ]);
  });
});
