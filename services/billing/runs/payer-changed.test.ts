import { beforeEach, describe, expect, test } from 'vitest';
import type { UnitEntry } from '../../../shared/directory/units.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { accountId } from '../accounts/account.ts';
import { accountsIn } from '../accounts/store.ts';
import { mandatePublished } from '../deductions/mandate.ts';
import { mandated } from '../deductions/store.ts';
import { feesIn } from '../tariffs/store.ts';
import { flats, MANAGEMENT, siteWithFees } from './testing.ts';
import { saleOf } from './testing-sale.ts';

const WASTE = { ...MANAGEMENT, code: 'waste', basis: 'flat', rates: [{ rate: '30' }], prorated: false };
type Site = Awaited<ReturnType<typeof siteWithFees>>;
let site: Site;
const [UNIT] = flats('A', 1) as [UnitEntry];
let sale: ReturnType<typeof saleOf>;

describe('a unit was sold on the 15th, and that is entered after November was billed', () => {
  beforeEach(async () => {
    site = await siteWithFees([UNIT], [MANAGEMENT, WASTE]);
    sale = saleOf(site, UNIT);
    await site.issue();
    await site.drain();
    site.letters.clear();
    site.now += 20 * DAY;
  });
  // 285.00 yuan by area, by day; 30.00 that whoever pays on the first pays.
  const sold = { party: 'pty_b', from: '2026-11-15' };

  test('each pays their own days; the buyer begins at zero, and is told; the seller’s account is closed', async () => {
    await sale.changes({ party: 'pty_a1' }, sold);
    expect(await sale.stands('pty_a1')).toEqual({ open: 13_300 + 3_000, prepaid: 0, closedOn: '2026-11-15' });
    expect(await sale.stands('pty_b')).toEqual({ open: 15_200, prepaid: 0, closedOn: undefined });
    const { account, events } = await site.account(UNIT.unit, 'pty_b');
    expect(account?.debts).toMatchObject([
      { bill: 'management/2026-11', from: '2026-11-15', to: '2026-11-30', dueDay: '2026-11-30' },
    ]);
    expect(events.map(({ name }) => name)).toEqual(['account.opened', 'account.charged']);
    expect([...site.letters]).toEqual([['pty_b', new Map([['acc_a1-b', ['management/2026-11']]])]]);
  });

  test('heard twice, and twice at once, it is done once', async () => {
    await sale.changes({ party: 'pty_a1' }, sold);
    await Promise.all([sale.hears(), sale.hears()]);
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 16_300 });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200 });
    const { events } = await site.account(UNIT.unit, 'pty_a1');
    // What had fallen due by then is the clock's.
    expect(events.filter(({ by }) => by !== 'system:clock').map(({ name }) => name)).toEqual([
      'account.opened',
      'account.charged',
      'account.adjusted',
      'account.closed',
    ]);
  });

  test('the reason is written for what was adjusted alone, and whoever heard of the sale signs', async () => {
    const texts: unknown[] = [];
    const send = async (command: { input: { TransactItems?: { Put?: { TableName: string } }[] } }) => {
      texts.push(...(command.input.TransactItems ?? []).filter(({ Put }) => Put?.TableName === 'personal'));
      return site.doc.send(command as never);
    };
    await site.put({ ...UNIT, payers: [{ party: 'pty_a1' }, sold] });
    await sale.hears({ accounts: accountsIn({ ...site.tables, doc: { send } as never }, site.deps) });
    expect(texts).toHaveLength(1);
    const { events } = await site.account(UNIT.unit, 'pty_a1');
    const done = events.slice(2).filter(({ by }) => by !== 'system:clock');
    expect(done.map(({ name, by }) => [name, by])).toEqual([
      ['account.adjusted', 'system:payer-changed'],
      ['account.closed', 'system:payer-changed'],
    ]);
  });

  test('however many bills are shared anew, the discounts of this unit alone are read, once', async () => {
    const read: unknown[] = [];
    const send = async (command: { input: { ExpressionAttributeValues?: Record<string, unknown> } }) => {
      const { ':pk': pk, ...rest } = command.input.ExpressionAttributeValues ?? {};
      if (pk === `${SITE}#exempt`) read.push(rest);
      return site.doc.send(command as never);
    };
    await site.put({ ...UNIT, payers: [{ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-15' }] });
    await sale.hears({ fees: feesIn({ ...site.tables, doc: { send } as never }) });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 31_500 });
    expect(read).toEqual([{ ':unit': `${UNIT.unit}#` }]);
  });

  test('the seller’s mandate ends: the next batch of the bank doesn’t look at the account', async () => {
    await execute(site.accounts, {
      site: SITE,
      id: accountId(UNIT.unit, 'pty_a1'),
      now: site.now,
      by: 'li',
      idempotencyKey: { scope: 'mandate', body: '' },
      decide: () => ({ events: [{ name: 'account.mandated' as const, data: { token: 'mandate-1', bank: 'icbc' } }] }),
      publish: mandatePublished,
    });
    expect(await mandated(site.accounts, SITE, undefined, 10)).toMatchObject({ accounts: ['acc_a1-a1'] });
    await sale.changes({ party: 'pty_a1' }, sold);
    expect((await site.account(UNIT.unit, 'pty_a1')).account?.mandate).toBeUndefined();
    expect(await mandated(site.accounts, SITE, undefined, 10)).toMatchObject({ accounts: [] });
  });

  test('a death between the two accounts is made good', async () => {
    await site.put({ ...UNIT, payers: [{ party: 'pty_a1' }, sold] });
    let writes = 0;
    const { doc } = site.accounts;
    const send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'TransactWriteCommand' && ++writes > 1) throw new Error('killed');
      return doc.send(command as never);
    };
    const dying = accountsIn({ ...site.tables, doc: { send } as never }, site.deps);
    await expect(sale.hears({ accounts: dying })).rejects.toThrow('killed');
    await sale.hears();
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 16_300, closedOn: '2026-11-15' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200 });
  });

  test('a sale that was entered by mistake and taken back opens the account again, as it was', async () => {
    const before = await sale.stands('pty_a1');
    await sale.changes({ party: 'pty_a1' }, sold);
    await sale.changes({ party: 'pty_a1' });
    await sale.hears();
    expect(await sale.stands('pty_a1')).toEqual(before);
    expect(await sale.stands('pty_b')).toMatchObject({ open: 0, closedOn: expect.any(String) });
  });

  test('what the seller had paid beyond their days is prepaid', async () => {
    await sale.pays('pty_a1', 31_500);
    await sale.changes({ party: 'pty_a1' }, sold);
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, prepaid: 15_200 });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200 });
  });

  test('the day is corrected, there and back: each time what is missing moves, also where it was paid', async () => {
    await sale.changes({ party: 'pty_a1' }, sold);
    await sale.pays('pty_a1', 16_300);
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-21' });
    // 20 days: 190.00
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 5_700, prepaid: 0, closedOn: '2026-11-21' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 9_500 });
    expect((await site.account(UNIT.unit, 'pty_a1')).account?.debts).toMatchObject([
      { bill: 'management/2026-11+2', openFen: 5_700 },
    ]);
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-06' });
    // 5 days: 47.50
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, prepaid: 8_550 });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 23_750 });
  });

  test('sold before the month began: the buyer pays all of it', async () => {
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-20' });
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, closedOn: '2026-10-20' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 31_500 });
  });

  test('a buyer who was billed and turns out never to have paid bears nothing', async () => {
    await sale.changes({ party: 'pty_a1' }, sold);
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_c', from: '2026-11-15' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 0, closedOn: '2026-11-15' });
    expect(await sale.stands('pty_c')).toMatchObject({ open: 15_200 });
  });

  test('the 25th change of payer, and all after it, leave what was billed long ago as it is', async () => {
    const month = (n: number) => `${2027 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`;
    const later = Array.from({ length: 24 }, (_, n) => ({ party: n % 2 ? 'pty_d' : 'pty_c', from: month(n) }));
    await sale.changes({ party: 'pty_a1' }, sold);
    site.now = Date.UTC(2029, 1, 1);
    await sale.changes({ ...later[0], cut: true }, ...later.slice(1));
    expect(await sale.stands('pty_a1')).toEqual({ open: 16_300, prepaid: 0, closedOn: '2026-11-15' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200, closedOn: month(23) });
    // Neither the day on which they left, nor a bill of whose days the timeline knows some.
    await sale.changes({ party: 'pty_e', from: '2026-11-21', cut: true });
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 16_300, closedOn: '2026-11-15' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200, closedOn: month(23) });
    expect(await sale.stands('pty_e')).toBeUndefined();
  });

  test('somebody who doesn’t pay joins: nothing changes', async () => {
    const done = async () =>
      (await site.account(UNIT.unit, 'pty_a1')).events.filter(({ by }) => by !== 'system:clock').length;
    const before = await done();
    await sale.changes({ party: 'pty_a1' });
    expect(await done()).toBe(before);
  });

  test('a sale in days to come: the run of that month closes the seller’s account', async () => {
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-12-01' });
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 31_500, closedOn: undefined });
    site.now += 12 * DAY;
    await site.call('sun', `POST /sites/${SITE}/runs`, { period: '2026-12' });
    while (await site.work({ site: SITE, run: 'run_2026-12', part: 0 }));
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 31_500, closedOn: '2026-12-01' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 31_500 });
  });
});
