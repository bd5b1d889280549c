import { parse } from 'csv-parse/sync';
import { beforeEach, expect, test } from 'vitest';
import { accountInHand, at, bill } from '../../billing/accounts/testing.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from './testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
  const one = accountInHand();
  one.charged(at('2026-11-01'), bill(1_000), bill(500, { item: 'parking' }));
  pays(one, '2026-11-05', 1_607);
  await w.happen(...told(one));
});
const csv = async (path: string, query: object): Promise<Record<string, string>[]> =>
  parse((await w.get(path, { month: '2026-11', ...query, format: 'csv' })).body, { bom: true, columns: true });

test('collection as a sheet has a line for each fee item and the total, money in yuan', async () => {
  const lines = await csv('/sites/{site}/collection', { by: 'item' });
  const seen = lines.map((line) => [
    line['Fee item, building or site'],
    line['Current period, rate (%)'],
    line['Principal, charged (yuan)'],
    line['Late charges, opening (yuan)'],
    line['Prepaid, closing (yuan)'],
  ]);
  expect(seen).toEqual([
    ['management', '100.00', '10.00', '0.00', ''],
    ['parking', '100.00', '5.00', '0.00', ''],
    ['Total', '100.00', '15.00', '0.00', '1.07'],
  ]);
  expect(new Set(Object.keys(lines[0] ?? {})).size).toBe(1 + 9 + 11 + 8 + 9);
});

test("a building's accounts as a sheet have a line for each ledger line", async () => {
  const { body } = await w.get('/sites/{site}/collection/accounts', { month: '2026-11', building: '#1幢' });
  const lines = await csv('/sites/{site}/collection/accounts', { building: '#1幢' });
  expect(lines.map((line) => line['Ledger line'])).toEqual(body.items[0].lines.map(({ id }: { id: string }) => id));
  expect(lines[0]).toMatchObject({ Account: body.items[0].account, 'Owed grows by (yuan)': '10.00', Reversal: 'no' });
});
