import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { reverse } from '../../../billing/accounts/decide.ts';
import { accountInHand, at, bill, WORDS } from '../../../billing/accounts/testing.ts';
import { askHold, decideHold, release } from '../../../billing/accounts/two-people.ts';
import { SITE } from '../../testing/site.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from '../testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
});
type Hand = ReturnType<typeof accountInHand>;
const arrears = async (query: object, path: string) => (await w.get(`/sites/{site}/arrears${path}`, query)).body;

describe('the dunning funnel (催缴漏斗)', () => {
  const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
  const dunned = (...days: string[]): Hand => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(1_000));
    for (const day of days) hand.wakesUp(at(day, '09:00'));
    return hand;
  };
  const rung = async (name: string, query: object = {}) =>
    (await arrears({ ...NOVEMBER, ...query }, '/funnel')).total.rungs.find(
      (one: { rung: string }) => one.rung === name,
    );
  const took = (debts: number, fen: number) => ({ debts, fen });
  const ZERO = took(0, 0);

  test('each rung has whom it was taken for, with what was open then, and what became of them', async () => {
    const soon = dunned('2026-11-11');
    pays(soon, '2026-11-12', 1_000);
    const later = dunned('2026-11-11');
    pays(later, '2026-11-15', 400);
    later.wakesUp(at('2026-11-17', '09:00'));
    later.wakesUp(at('2026-11-25', '09:00'));
    pays(later, '2026-12-01', 600);
    await w.happen(...told(soon), ...told(later, 'acc_2-2'), ...told(dunned('2026-11-11', '2026-11-17'), 'acc_3-3'));
    expect(await rung('friendly')).toEqual({
      rung: 'friendly',
      reached: took(3, 3_000),
      settled: took(1, 1_000),
      settledLater: took(1, 1_000),
      held: ZERO,
      open: took(1, 1_000),
    });
    const reminded = { reached: took(2, 1_600), settled: ZERO };
    expect(await rung('reminder')).toMatchObject({ ...reminded, settledLater: took(1, 600), open: took(1, 1_000) });
    expect(await rung('second-notice')).toMatchObject({ reached: took(1, 600), settled: took(1, 600) });
    expect(await rung('demand')).toMatchObject({ reached: ZERO });
    expect(await rung('reminder', { month: '2026-11' })).toMatchObject({ ...reminded, open: took(2, 1_600) });
    expect(await rung('friendly', { from: '2026-12-01', to: '2026-12-31' })).toMatchObject({ reached: ZERO });
  });

  test('a pause is told apart while it lasts, and a renewed one ends with its last', async () => {
    const hand = dunned('2026-11-11');
    const holds = (hold: string, until: string, renews?: string) => {
      hand.does(at('2026-11-12'), (on) =>
        askHold(on, { hold, kind: 'hardship', until, ...(renews ? { renews } : {}), words: WORDS }),
      );
      hand.does(at('2026-11-12'), (on) => decideHold(on, { hold, agree: true, words: WORDS }), 'zhao');
    };
    holds('hld_1', '2026-11-20');
    holds('hld_2', '2026-11-25', 'hld_1');
    await w.happen(...told(hand));
    expect(await rung('friendly')).toMatchObject({ held: took(1, 1_000), open: ZERO });
    const [one] = (
      await arrears({ ...NOVEMBER, building: '#1幢', rung: 'friendly', outcome: 'held' }, '/funnel/accounts')
    ).items;
    expect(one).toMatchObject({
      account: 'acc_1-1',
      held: true,
      debts: [{ rungs: [{ rung: 'friendly', fen: 1_000, outcome: 'held' }] }],
    });
    hand.does(at('2026-11-14'), (on) => release(on, 'hld_2', 'withdrawn'));
    await w.happen(...told(hand));
    expect(await rung('friendly')).toMatchObject({ held: ZERO, open: took(1, 1_000) });
    expect(await w.rebuild()).toMatchObject({ differences: 0 });
  });

  test('a payment that did not come puts a debt back to where it stood on the ladder', async () => {
    const hand = dunned('2026-11-11', '2026-11-17');
    pays(hand, '2026-11-18', 1_000, 'pay_1');
    await w.happen(...told(hand));
    expect(await rung('reminder')).toMatchObject({ settled: took(1, 1_000) });
    hand.does(at('2026-11-19'), (on) => reverse(on, 'pay_1', WORDS, hand.ledger));
    hand.wakesUp(at('2026-11-25', '09:00'));
    await w.happen(...told(hand));
    expect(await rung('friendly')).toMatchObject({ reached: took(1, 1_000), open: took(1, 1_000) });
    expect(await rung('reminder')).toMatchObject({ settled: ZERO, settledLater: ZERO, open: took(1, 1_000) });
    expect(await rung('second-notice')).toMatchObject({ open: took(1, 1_000) });
  });

  test('as a sheet it has a line for each rung; a question has bounds', async () => {
    await w.happen(...told(dunned('2026-11-11')));
    const lines: Record<string, string>[] = parse(await arrears({ ...NOVEMBER, format: 'csv' }, '/funnel'), {
      bom: true,
      columns: true,
    });
    expect(lines[0]).toMatchObject({
      'Building or site': 'Total',
      'Reached, debts': '1',
      'Still open, principal (yuan)': '10.00',
    });
    expect(lines).toHaveLength(6);
    const status = async (query: object, path = '/funnel') =>
      (await w.get(`/sites/{site}/arrears${path}`, query)).status;
    expect(await status({ from: '2026-11-30', to: '2026-11-01' })).toBe(400);
    expect(await status({ from: '2024-01-01', to: '2026-11-01' })).toBe(400);
    expect(await status({}, '/accounts')).toBe(400);
    expect(await status({ month: '2026-13' }, '')).toBe(400);
    const group = await w.call('GET', '/arrears/funnel', { query: { ...NOVEMBER, by: 'site' } });
    expect(group.body.items).toMatchObject([
      { key: SITE, openFen: 1_000 },
      { key: `${SITE}2`, openFen: 0 },
    ]);
  });
});
