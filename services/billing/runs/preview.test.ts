import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import { OTHERS, SITE } from '../../../shared/testing/site.ts';
import { billingTable } from '../store.ts';
import { flats, MANAGEMENT, RUN, RUNS, siteWithFees } from './testing.ts';

afterEach(() => {
  vi.useRealTimers();
});

const BUILDINGS = 2_000;
/** What a call takes (ms), and what a preview may (ms). */
const [A_CALL, MOST] = [15, 10_000];
const HEAT = { ...MANAGEMENT, code: 'heat', basis: 'metered', rates: [{ rate: '0.16' }] };
const LIFTS = { ...MANAGEMENT, code: 'lifts', basis: 'shared', rates: [{}] };

/** Tables whose every call takes a while once they are slow, by a clock that stands still between. */
const slowTables = () => {
  const inner = memoryTables(billingTable, ...OTHERS);
  const w = { slow: false, calls: 0 };
  const send = async (command: Parameters<typeof inner.send>[0]) => {
    w.calls += 1;
    if (w.slow) await new Promise((done) => setTimeout(done, A_CALL));
    return inner.send(command);
  };
  return Object.assign(w, { doc: { send } as unknown as DynamoDBDocumentClient });
};

test('of 2,000 buildings is answered within 10 seconds, though calls take their time', async () => {
  const tables = slowTables();
  const names = Array.from({ length: BUILDINGS }, (_, i) => `N${i + 1}`);
  const units = names.flatMap((building) => flats(building, 1));
  const site = await siteWithFees(units, [MANAGEMENT, HEAT, LIFTS], tables.doc);
  const readings = units.slice(0, 90).map(({ unit }) => ({ unit, quantity: '10' }));
  await site.call('yan', `POST /sites/${SITE}/readings`, { item: 'heat', period: '2026-11', readings });
  const pools = [{ buildings: names.slice(0, 100), fen: 100_000 }];
  await site.call('yan', `POST /sites/${SITE}/pools`, { item: 'lifts', period: '2026-11', pools });

  tables.calls = 0;
  tables.slow = true;
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
  const asked = Date.now();
  let answered = 0;
  const answer = site.call('li', `GET ${RUNS}/${RUN}/preview?limit=2`).finally(() => {
    answered = Date.now();
  });
  while (answered === 0) await vi.advanceTimersByTimeAsync(A_CALL);
  const { status, body } = await answer;
  expect([status, body.totals.units, body.buildings.items.length]).toEqual([200, BUILDINGS, 2]);
  expect(body.totals.byItem).toMatchObject([
    { item: 'heat', bills: 90 },
    { item: 'lifts', bills: 100, fen: 100_000 },
    { item: 'management', bills: BUILDINGS },
  ]);
  expect(body.totals.leftOut).toMatchObject([
    { reason: 'no-reading', count: BUILDINGS - 90 },
    { reason: 'no-pool', count: BUILDINGS - 100 },
  ]);
  expect(answered - asked).toBeLessThanOrEqual(MOST);
  expect(tables.calls).toBeLessThan(50);
}, 60_000);
