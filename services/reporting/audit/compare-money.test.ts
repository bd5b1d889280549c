import { expect, test } from 'vitest';
import type { Recorded } from '../../../shared/domain/events.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import { accountInHand, at, bill } from '../../billing/accounts/testing.ts';
import type { AccountEvent } from '../../billing/events.ts';
import { post } from '../collections/count.ts';
import { collectionIn } from '../collections/store.ts';
import { pays, told } from '../collections/testing-ledgers.ts';
import { reportingTable } from '../figures/store.ts';
import { SITE, ZONE } from '../testing/site.ts';
import { compareBuilding, compareLevels, type Deps } from './compare-money.ts';

test('however many sums of a building are wrong, they are put right together: its ledgers are read once for the rows, once for the sums', async () => {
  const collection = collectionIn({ doc: memoryTables(reportingTable), own: reportingTable.name });
  const hand = accountInHand();
  hand.charged(at('2026-11-01'), bill(25_399), bill(500, { item: 'parking' }), bill(700, { item: 'sanitation' }));
  pays(hand, '2026-11-20', 30_000);
  const events = told(hand) as Recorded<AccountEvent>[];
  let read = 0;
  const ledgers = async (_: string, __: string, after = 0) => {
    read += 1;
    return events.filter(({ version }) => version > after);
  };
  const policies = { site: async () => ({ timeZone: ZONE }) } as unknown as Deps['policies'];
  const deps: Deps = { collection, ledgers, policies };
  await post(deps, SITE, new Map([['acc_1-1', events]]), ZONE);
  for (const by of ['entered', 'period'] as const) {
    for (const cell of await collection.cells(SITE, by, 'b')) await collection.setCell({ ...cell, money: {} });
    for (const cell of await collection.cells(SITE, by, 'i')) await collection.setCell({ ...cell, money: {} });
  }
  const building = await compareBuilding(deps, SITE, '#1幢');
  expect(building.length).toBeGreaterThan(5);
  read = 0;
  for (const { repair } of building) await repair();
  expect(read).toBe(2);
  expect(await compareBuilding(deps, SITE, '#1幢')).toEqual([]);
  for (const { repair } of await compareLevels(deps, SITE)) await repair();
  expect(await compareLevels(deps, SITE)).toEqual([]);
});
