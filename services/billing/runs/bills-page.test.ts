import { expect, test } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { BILL_PARTITIONS, billsKey } from './bills.ts';
import { billsPage } from './store.ts';
import { flats, MANAGEMENT, RUN, RUNS, siteWithFees } from './testing.ts';

/** Twenty payers of a flat each, and two of five each. */
const units = [
  ...flats('A', 20),
  ...flats('B', 5, { payers: [{ party: 'pty_dev' }] }),
  ...flats('C', 5, { payers: [{ party: 'pty_fund' }] }),
];

test('the bills of a run are spread by payer, and every page size gives each once, a payer’s together', async () => {
  const site = await siteWithFees(units, [MANAGEMENT]);
  await site.issue();
  while (await site.work({ site: SITE, run: RUN, part: 0 }));
  const all = await site.bills();
  expect(all.map(({ account }) => account).toSorted()).toEqual(
    [...new Set(all.map(({ account }) => account))].toSorted(),
  );
  expect(all).toHaveLength(30);
  expect(new Set(all.map((one) => billsKey(SITE, RUN, one).pk)).size).toBe(BILL_PARTITIONS);
  for (let limit = 1; limit <= 31; limit++) {
    const found: string[] = [];
    const parties: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await billsPage(site.runs, SITE, RUN, { limit, after });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map(({ account }) => account));
      parties.push(...page.items.map(({ party }) => party).filter((party) => party !== parties.at(-1)));
      after = page.next;
    }
    expect(found).toEqual(all.map(({ account }) => account));
    expect([...new Set(parties)]).toHaveLength(22);
  }
});

test('notices go through every partition, and a place that somebody makes up is none', async () => {
  const site = await siteWithFees(units, [MANAGEMENT]);
  await site.issue();
  await site.drain();
  expect(await site.state()).toMatchObject({ status: 'issued', notices: 22 });
  expect(site.letters.size).toBe(22);
  expect(site.letters.get('pty_dev')?.size).toBe(5);
  for (const after of ['nobody', '#', 'pty_x#acc_y', '~']) {
    expect((await site.call('sun', `GET ${RUNS}/${RUN}/bills?after=${encodeURIComponent(after)}`)).status).toBe(400);
  }
});
