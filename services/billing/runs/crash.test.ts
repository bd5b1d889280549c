import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { accountsIn } from '../accounts/store.ts';
import { feesIn } from '../tariffs/store.ts';
import { runsIn } from './store.ts';
import { flats, MANAGEMENT, siteWithFees } from './testing.ts';

const WASTE = { ...MANAGEMENT, code: 'waste', basis: 'flat', rates: [{ rate: '12' }] };
/** One payer holds a flat in each building. */
const units = () => [
  ...flats('A', 5),
  ...flats('A', 1, { unit: 'unt_ax', number: '9', payers: [{ party: 'pty_dev' }] }),
  ...flats('B', 320),
  ...flats('C', 1, { unit: 'unt_cx', payers: [{ party: 'pty_dev' }] }),
];

/** Tables for a worker that dies at its n-th call, before it is done or just after. */
const dying = (doc: DynamoDBDocumentClient, n: number, after: boolean) => {
  let calls = 0;
  const send = async (command: never) => {
    calls += 1;
    if (calls === n && !after) throw new Error('killed');
    const answer = await doc.send(command);
    if (calls >= n) throw new Error('killed');
    return answer;
  };
  return { doc: { send } as unknown as DynamoDBDocumentClient, died: () => calls >= n };
};

const sound = async (site: Awaited<ReturnType<typeof siteWithFees>>) => {
  const state = await site.state();
  expect(state).toMatchObject({ status: 'issued', open: [], units: { total: 327, done: 327 }, notices: 326 });
  expect(state?.totals).toMatchObject({
    units: 327,
    accounts: 327,
    byItem: { management: { bills: 327, fen: 327 * 28_500 }, waste: { bills: 327, fen: 327 * 1_200 } },
  });
  const bills = await site.bills();
  expect(bills.length).toBe(327);
  for (const { unit, party } of bills) {
    const { events } = await site.account(unit, party);
    expect(events.map(({ name }) => name)).toEqual(['account.opened', 'account.charged']);
  }
  expect(site.letters.size).toBe(326);
  expect(site.letters.get('pty_dev')?.size).toBe(2);
};

describe('a worker dies, is called again, and in the end each bill is there once and each notice once', () => {
  test.each([
    ['before a call is done', false],
    ['after it, its answer lost', true],
  ])('%s, whichever call it is', async (_, after) => {
    const site = await siteWithFees(units(), [MANAGEMENT, WASTE]);
    await site.issue();
    /** Every call of the whole run fails once, each by a worker of its own. */
    let deaths = 0;
    for (let todo = await site.left(); todo.length > 0; todo = await site.left()) {
      for (const one of todo) {
        for (let n = 1; ; n++) {
          const { doc, died } = dying(site.doc, n, after);
          const tables = { ...site.tables, doc };
          const over = {
            ...runsIn(tables),
            accounts: accountsIn(tables, site.deps),
            fees: feesIn(tables),
            directory: { doc, registry: 'registry' },
          };
          const outcome = await site.work(one, over).then(
            (again) => again,
            () => 'dead' as const,
          );
          if (died()) deaths += 1;
          if (outcome === false || (outcome === true && !died())) break;
          expect(n).toBeLessThan(200);
        }
      }
    }
    expect(deaths).toBeGreaterThan(20);
    await sound(site);
  });

  test('among its notices: what was asked for is asked for again, and is there once', async () => {
    const site = await siteWithFees(units(), [MANAGEMENT, WASTE]);
    await site.issue();
    let asked = 0;
    const notify: typeof site.working.notify = async (to, at, wanted) => {
      for (const one of wanted) {
        await site.working.notify(to, at, [one]);
        asked += 1;
        if (asked % 137 === 0) throw new Error('killed');
      }
    };
    for (let todo = await site.left(); todo.length > 0; todo = await site.left()) {
      for (const one of todo) await site.work(one, { notify }).catch(() => true);
    }
    expect(asked).toBeGreaterThan(326);
    await sound(site);
  });

  test('and cancelled and issued again, over and over', async () => {
    const site = await siteWithFees(units(), [MANAGEMENT, WASTE]);
    const cancel = () => site.call('sun', `POST /sites/${SITE}/runs/run_2026-11/cancel`, { words: '暂停' });
    await site.issue();
    for (let todo = await site.left(), i = 1; todo.length > 0; todo = await site.left(), i++) {
      const work = Promise.all(todo.map((one) => site.work(one)));
      if (i % 2 === 1) await cancel();
      await work;
      if ((await site.state())?.status === 'cancelled') await site.issue();
      expect(i).toBeLessThan(50);
    }
    await sound(site);
  });
});
