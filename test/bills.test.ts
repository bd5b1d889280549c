import { afterAll, beforeAll, expect, it } from 'vitest';
import { liveThrough } from '../local/bills/bills.ts';
import { gapsOf, mailsOf, moneyBySite, noticesOf, ratesOf } from '../local/bills/figures.ts';
import { setUpSites } from '../local/bills/group.ts';
import { readRows } from '../local/bills/rows.ts';
import { ADMIN, callersOf } from '../local/demo/group.ts';
import type { AnyCloud } from '../local/in-memory/any-cloud.ts';
import { startCloudOf } from './support/world.ts';

/** Twelve units, one refused: payers of every sort, from the notice to the second notice, worked out by hand. */
const AREAS = ['63.89', '118.22', '90.81', '127.51', '58.9', '94.05', 'x', '50', '33.33', '10', '12.5', '80'];
const FILE = ['community,area_m2', ...AREAS.map((area, i) => `${i % 2 === 0 ? '果园' : '怡景园'},${area}`)].join('\n');
const SILENT = () => undefined;
/** Eighteen days of sweeps, on a machine that may be busy. */
const PATIENCE_MS = 600_000;

let cloud: AnyCloud;
beforeAll(async () => {
  cloud = await startCloudOf(Date.parse('2026-10-31T18:00:00+08:00'));
});
afterAll(() => cloud?.stop());

it(
  'a month of fees, from the schedule to the second notice: every fen accounted for, nobody left out',
  async () => {
    const { rows, refused } = readRows(FILE);
    expect(refused).toEqual([{ line: 8, reason: 'area_m2: not a plain decimal' }]);
    await setUpSites(cloud, rows, { rate: '2.85', from: '2026-11-01' }, SILENT);
    // Between the notice and a due day on the 10th nothing happens but sweeps.
    const admin = await callersOf(cloud)(ADMIN);
    await admin.post('/sites/site-1/policies', { overrides: { dueDay: 2 } }, 'due');
    const { billed, dueDay, lastDay } = await liveThrough(cloud, rows, { period: '2026-11', days: 16 }, SILENT);
    expect([dueDay, lastDay]).toEqual(['2026-11-02', '2026-11-18']);

    const { group, sites, ledgerDifferences } = await moneyBySite(cloud, billed);
    // Paid by day 16: rows 1 and 2 (days 5 and 10) in full, rows 3 and 12 half on day 12.
    const [one, two, three, twelve] = [18_209, 33_693, 25_881, 22_800];
    expect(group).toEqual({
      billedFen: one + two + three + 36_340 + 16_787 + 26_804 + 14_250 + 9_499 + 2_850 + 3_563 + twelve,
      collectedFen: one + two + Math.floor(three / 2) + Math.floor(twelve / 2),
      openFen: 12_941 + 36_340 + 16_787 + 26_804 + 14_250 + 9_499 + 2_850 + 3_563 + 11_400,
    });
    expect(Object.keys(sites['1']?.buildings ?? {})).toEqual(['果园', '怡景园']);
    expect(ledgerDifferences).toBe(0);
    const manager = await callersOf(cloud)('group-manager');
    const { total, items } = await manager.get('/collection?month=2026-11&by=site');
    const { billedFen, collectedFen, openFen } = group;
    expect(total).toMatchObject({
      current: { fen: collectedFen, ofFen: billedFen },
      principal: { openingFen: 0, chargedFen: billedFen, collectedFen, closingFen: openFen },
      differenceFen: 0,
    });
    expect(items).toMatchObject([{ principal: { closingFen: openFen } }]);

    // No address: rows 4, 8 and 12; a bad one: row 5.
    expect(await noticesOf(cloud, ['1'], '2026-11')).toEqual({ payers: 11, email: 7, print: 4, bounced: 1 });
    const done = (due: number) => ({ due, carriedOut: due, missed: 0, held: 0 });
    const { dunning, Q5, Q6 } = await ratesOf(cloud, '2026-11-01', lastDay);
    expect(dunning).toEqual({ 1: done(11), 7: done(10), 15: done(9), 30: done(0), 60: done(0) });
    expect(Q5).toEqual({ due: 30, met: 30, missed: 0 });
    expect(Q6).toEqual({ due: 20, met: 20, missed: 0 });
    expect(await gapsOf(cloud, ['1'], dueDay, lastDay)).toEqual([]);
    expect(await mailsOf(cloud, ['1'])).toEqual({
      emails: { notice: 8, friendly: 7, reminder: 6, 'second-notice': 5 },
      duplicates: 0,
    });
    const { id } = await admin.post('/figures/rebuild', {}, 'rebuild');
    await cloud.clock.settle();
    expect(await admin.get(`/figures/rebuild/${id}`)).toMatchObject({ status: 'done', differences: 0 });
    expect([cloud.denials(), cloud.dropped(), cloud.deadLetters()]).toEqual([[], [], []]);
  },
  PATIENCE_MS,
);
