import { beforeEach, describe, expect, test } from 'vitest';
import type { UnitEntry } from '../../../shared/directory/units.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { accountsIn } from '../accounts/store.ts';
import type { LetterRequest } from '../letters/join.ts';
import { flats, MANAGEMENT, RUN, siteWithFees } from './testing.ts';
import { saleOf } from './testing-sale.ts';

const WASTE = { ...MANAGEMENT, code: 'waste', basis: 'flat', rates: [{ rate: '30' }], prorated: false };
type Site = Awaited<ReturnType<typeof siteWithFees>>;
let site: Site;
const [UNIT] = flats('A', 1) as [UnitEntry];
let sale: ReturnType<typeof saleOf>;

test('a unit sold while its page is being written: heard of too early, and put right by the run itself', async () => {
  site = await siteWithFees([UNIT], [MANAGEMENT]);
  sale = saleOf(site, UNIT);
  await site.issue();
  const payers = [{ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-15' }];
  let sold = false;
  const send = async (command: { constructor: { name: string } }) => {
    if (command.constructor.name === 'TransactWriteCommand' && !sold) {
      sold = true;
      await sale.changes(...payers);
      expect(await sale.stands('pty_a1')).toBeUndefined();
    }
    return site.doc.send(command as never);
  };
  await site.work(
    { site: SITE, run: 'run_2026-11', part: 0 },
    { accounts: accountsIn({ ...site.tables, doc: { send } as never }, site.deps) },
  );
  expect(await sale.stands('pty_a1')).toMatchObject({ open: 13_300 });
  expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200 });
  await site.drain();
  expect(await site.state()).toMatchObject({ status: 'issued' });
});

describe('a unit sold after it was charged, before the notices go out', () => {
  beforeEach(async () => {
    site = await siteWithFees([UNIT], [MANAGEMENT, WASTE]);
    sale = saleOf(site, UNIT);
    await site.issue();
    while (await site.work({ site: SITE, run: RUN, part: 0 }));
    expect(await site.state()).toMatchObject({ status: 'noticing' });
  });
  /** What payers are told of, all notices together: payer, bill, its days, and fen. */
  const noticed = async () => {
    const told: unknown[] = [];
    const notify = async (_: string, __: number, wanted: readonly LetterRequest[]) => {
      for (const { party, accounts } of wanted) {
        expect(accounts.length).toBeGreaterThan(0);
        for (const { bills = [], offsets = [] } of accounts) {
          told.push(...bills.map(({ bill, from, to, fen }) => [party, bill, from, to, fen]));
          told.push(...offsets.map(({ bill, fen }) => [party, bill, -fen]));
        }
      }
    };
    await site.work({ site: SITE, run: RUN }, { notify });
    return told;
  };

  test('the seller is told of what they still owe: their own days', async () => {
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-15' });
    expect(await noticed()).toEqual([
      ['pty_a1', 'management/2026-11', '2026-11-01', '2026-11-14', 13_300],
      ['pty_a1', 'waste/2026-11', undefined, undefined, 3_000],
    ]);
    expect(await site.bills()).toMatchObject([{ bills: [{ fen: 13_300 }, { fen: 3_000 }] }]);
  });

  test('the seller who owes nothing any more gets no notice; that they were billed stays known', async () => {
    await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-20' });
    site.letters.clear();
    expect(await noticed()).toEqual([]);
    expect(await site.state()).toMatchObject({ status: 'issued', notices: 0 });
    expect(await site.bills()).toMatchObject([{ party: 'pty_a1', bills: [{ fen: 0 }, { fen: 0 }] }]);
  });
});

test('a sale frees what the seller’s prepaid balance had paid: the notice names what it still pays', async () => {
  site = await siteWithFees([UNIT], [MANAGEMENT]);
  sale = saleOf(site, UNIT);
  await site.call('sun', `POST /sites/${SITE}/runs`, { period: '2026-10' });
  while (await site.work({ site: SITE, run: 'run_2026-10', part: 0 }));
  await sale.pays('pty_a1', 28_500 + 20_000);
  await site.issue();
  while (await site.work({ site: SITE, run: RUN, part: 0 }));
  expect(await site.bills()).toMatchObject([{ offsets: [{ fen: 20_000 }] }]);
  await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-15' });
  expect(await site.bills()).toMatchObject([{ bills: [{ fen: 13_300 }], offsets: [{ fen: 13_300 }] }]);
});

/** A worker that dies as soon as its first accounts are charged; the unit is sold in between, and that is heard of. */
const diesCharging = async (...payers: UnitEntry['payers']) => {
  let sold = false;
  const send = async (command: { constructor: { name: string } }) => {
    if (sold) throw new Error('killed');
    if (command.constructor.name !== 'TransactWriteCommand') return site.doc.send(command as never);
    sold = true;
    await sale.changes(...payers);
    await site.doc.send(command as never);
    throw new Error('killed');
  };
  const dying = accountsIn({ ...site.tables, doc: { send } as never }, site.deps);
  const work = site.work({ site: SITE, run: 'run_2026-11', part: 0 }, { accounts: dying });
  await expect(work).rejects.toThrow('killed');
};

describe('a worker that dies between charging and recording its page, the unit sold meanwhile', () => {
  beforeEach(async () => {
    site = await siteWithFees([UNIT], [MANAGEMENT]);
    sale = saleOf(site, UNIT);
    await site.issue();
  });

  test('the buyer pays all of it, and the seller nothing', async () => {
    await diesCharging({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-20' });
    await site.drain();
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, closedOn: '2026-10-20' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 28_500 });
    expect(await site.state()).toMatchObject({ status: 'issued', totals: { byItem: { management: { bills: 1 } } } });
  });

  test('a unit that is new to the page pushes none out of it', async () => {
    const [first] = flats('0', 1, { unit: 'unt_new', number: '0000' });
    site = await siteWithFees([...flats('0', 99), UNIT], [MANAGEMENT]);
    sale = saleOf(site, UNIT);
    await site.issue();
    await diesCharging({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-11-15' });
    await site.put(first as UnitEntry);
    await site.drain();
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 13_300 });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 15_200 });
    expect(await site.state()).toMatchObject({ status: 'issued', totals: { units: 100 } });
  });
});

test('a run issued again before a sale is heard of bills the buyer once', async () => {
  site = await siteWithFees([UNIT], [MANAGEMENT]);
  sale = saleOf(site, UNIT);
  await site.issue();
  await site.drain();
  await site.put({ ...UNIT, payers: [{ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-20' }] });
  await site.issue('sun', 'again');
  await site.drain();
  for (let i = 0; i < 2; i++) {
    expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, closedOn: '2026-10-20' });
    expect(await sale.stands('pty_b')).toMatchObject({ open: 28_500 });
    await sale.hears();
  }
});

test('two workers on a page, the unit sold between their readings of it, bill it once', async () => {
  site = await siteWithFees([UNIT], [MANAGEMENT]);
  sale = saleOf(site, UNIT);
  await site.issue();
  let second: Promise<boolean> | undefined;
  const send = async (command: { constructor: { name: string } }) => {
    if (command.constructor.name === 'TransactWriteCommand' && !second) {
      await sale.changes({ party: 'pty_a1' }, { party: 'pty_b', from: '2026-10-20' });
      second = site.work({ site: SITE, run: RUN, part: 0 });
      await second;
    }
    return site.doc.send(command as never);
  };
  await site.work(
    { site: SITE, run: RUN, part: 0 },
    { accounts: accountsIn({ ...site.tables, doc: { send } as never }, site.deps) },
  );
  await site.drain();
  expect(await sale.stands('pty_a1')).toMatchObject({ open: 0, closedOn: '2026-10-20' });
  expect(await sale.stands('pty_b')).toMatchObject({ open: 28_500 });
});
