import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../../shared/policy/policy.ts';
import { SITE } from '../../../../shared/testing/site.ts';
import { DAY, HOUR, type Instant, iso, localMinute } from '../../../../shared/time/clock.ts';
import type { CaseTally } from '../../figures/tally.ts';
import { journalOf } from '../../testing/site.ts';
import { NINE, TODAY, watchedSite } from '../testing.ts';
import { forecastOf, isWatched } from './at-risk.ts';

const tally = (met: number, missed: number): CaseTally => ({
  met,
  missed,
  running: 0,
  due: met + missed,
  excluded: 0,
  reasons: {},
  attempted: 0,
});
const forecast = (met: number, missed: number, atRisk: number, callbackTarget = 100) =>
  forecastOf('Q3', tally(met, missed), atRisk, { ...DEFAULT_POLICY, callbackTarget });

test('what is at risk would be missed: exact counts, against the target', () => {
  expect(forecast(53, 0, 4)).toMatchObject({ ifNone: { met: 53, of: 57 }, percentIfNone: '92.98', wouldMiss: true });
  expect(forecast(53, 1, 4, 90).wouldMiss).toBe(false);
  // 9 of 10 is on a target of 90, 9 of 11 isn't.
  expect([forecast(9, 0, 1, 90).wouldMiss, forecast(9, 0, 2, 90).wouldMiss]).toEqual([false, true]);
});

test('nothing decided yet is about to miss; what misses its target already is not about to', () => {
  expect(forecast(0, 0, 1)).toMatchObject({ figure: { percent: null }, percentIfNone: '0.00', wouldMiss: true });
  expect(forecast(5, 1, 3).wouldMiss).toBe(false);
  expect(forecastOf('closing', tally(5, 0), 1, DEFAULT_POLICY).wouldMiss).toBeNull();
});

test('nobody is alerted of a target whose duties are shorter than the hours looked ahead', () => {
  const watched = (policy: object = {}) =>
    (['Q2', 'Q2-desk', 'Q3', 'Q5', 'Q6', 'closing'] as const).filter((id) =>
      isWatched(id, { ...DEFAULT_POLICY, ...policy }),
    );
  expect(watched()).toEqual(['Q3', 'Q5', 'Q6']);
  expect(watched({ acceptMinutes: 600 })).toEqual(['Q2', 'Q3', 'Q5', 'Q6']);
  expect(watched({ callbackHours: 4 })).toEqual(['Q5', 'Q6']);
});

/** A complaint resolved, whose owner is to be called back by an instant, and was at another. */
const resolution = (root: string, due: Instant, reached?: Instant) => {
  const complaint = journalOf(`cmp_${root}`, SITE);
  complaint.add('complaint.resolved', due - 2 * DAY, { ordinal: 1, department: 'engineering' });
  const callback = journalOf(`cbk_${root}-1`, SITE);
  callback.add('callback.opened', due - 2 * DAY, {
    due,
    department: 'engineering',
    public: false,
    notBy: [],
    opens: [],
  });
  if (reached !== undefined) callback.add('callback.reached', reached, { due, opinions: [], opens: [] });
  return [...complaint.events, ...callback.events];
};
const call = (due: Instant, claimedBy?: string) => ({
  duty: 'call',
  position: { role: 'agent' as const },
  since: due - 2 * DAY,
  due,
  claimedBy,
});
const DAY_OF_IT = '2026-05-30';

test('the list says which figure falls to what, and of each case when it is due and who owes it', async () => {
  const w = await watchedSite();
  const soon = NINE + 2 * HOUR;
  await w.counts([
    ...resolution('a', soon, NINE - HOUR),
    ...resolution('b', soon, NINE - HOUR),
    ...resolution('c', soon),
    ...resolution('d', soon + HOUR),
    ...resolution('e', NINE + 9 * HOUR),
  ]);
  await w.owes('callback', 'cbk_c-1', [call(soon, 'ann')]);
  const { body } = await w.call('sue', `GET /sites/${SITE}/at-risk?limit=1`);
  expect(body).toMatchObject({ until: iso(NINE + 4 * HOUR), more: false });
  expect(body.figures).toMatchObject([
    {
      measure: 'Q3',
      day: DAY_OF_IT,
      atRisk: 2,
      firstDue: iso(soon),
      figure: { met: 2, missed: 0, running: 3, percent: '100.00' },
      ifNone: { met: 2, of: 4 },
      wouldMiss: true,
      says: 'if none of these 2 is done, Complaint callback rate of 2026-05-30 falls from 100.00% to 50.00%, under its target of 100%',
    },
  ]);
  expect(body.items).toMatchObject([
    {
      callback: 'cbk_c-1',
      complaint: 'cmp_c',
      state: 'running',
      due: iso(soon),
      late: false,
      owed: { duty: 'call', role: 'agent', claimedBy: 'ann' },
    },
  ]);
  const rest = await w.call('sue', `GET /sites/${SITE}/at-risk?limit=1&after=${encodeURIComponent(body.next)}`);
  expect(rest.body.items.map(({ callback }: { callback: string }) => callback)).toEqual(['cbk_d-1']);
  expect(rest.body.next).toBeUndefined();
  expect((await w.call('sue', `GET /sites/${SITE}/at-risk?within=9`)).body.figures[0].atRisk).toBe(3);
  expect((await w.call('sue', `GET /sites/${SITE}/at-risk?measure=Q5`)).body).toMatchObject({ figures: [], items: [] });
  expect((await w.call('sue', `GET /sites/${SITE}/at-risk?within=73`)).status).toBe(400);
});

test('a page goes on where the one before ended, also where the last of that was dealt with in between', async () => {
  const w = await watchedSite();
  const due = (n: number) => NINE + n * HOUR;
  await w.counts([...resolution('a', due(1)), ...resolution('b', due(2)), ...resolution('c', due(3))]);
  const { body } = await w.call('sue', `GET /sites/${SITE}/at-risk?limit=2`);
  await w.counts(resolution('b', due(2), NINE));
  const rest = await w.call('sue', `GET /sites/${SITE}/at-risk?limit=2&after=${encodeURIComponent(body.next)}`);
  expect(rest.body.items.map(({ callback }: { callback: string }) => callback)).toEqual(['cbk_c-1']);
  expect(rest.body.next).toBeUndefined();
});

test('how fresh it is stands beside it, also where nothing is at risk', async () => {
  const w = await watchedSite();
  const ask = async () => (await w.call('sue', `GET /sites/${SITE}/at-risk`)).body;
  expect((await ask()).asOf).toEqual({ contacts: null, complaints: null, callbacks: null, billing: null });
  const [due, reached] = [NINE + 9 * HOUR, NINE - HOUR];
  await w.counts(resolution('a', due, reached));
  const fresh = { contacts: null, complaints: iso(due - 2 * DAY), callbacks: iso(reached), billing: null };
  expect(await ask()).toMatchObject({ items: [], asOf: fresh });
  await w.counts(resolution('b', NINE + 2 * HOUR));
  expect(await ask()).toMatchObject({ items: [{ callback: 'cbk_b-1' }], asOf: fresh });
  expect((await w.call('sue', `GET /at-risk?sites=${SITE}`)).body.asOf).toEqual(fresh);
});

test('what is at risk as a sheet: the figures first, then each case with its position; the next page in Link', async () => {
  const w = await watchedSite();
  const due = NINE + 2 * HOUR;
  await w.counts([...resolution('c', due), ...resolution('d', due + HOUR)]);
  await w.owes('callback', 'cbk_c-1', [call(due, 'ann')]);
  const { body } = await w.call('sue', `GET /sites/${SITE}/at-risk?format=csv&limit=1`);
  const lines: Record<string, string>[] = parse(body, { bom: true, columns: true });
  expect(lines).toMatchObject([
    { 'Figure or case': 'figure', Measure: 'Q3', 'Cases at risk': '2', 'Rate if none is done (%)': '0.00' },
    {
      'Figure or case': 'case',
      Callback: 'cbk_c-1',
      'First due': localMinute(due, 'Asia/Shanghai'),
      Late: 'no',
      'What is owed': 'call the owner back',
      Position: 'agent',
      'Claimed by': 'ann',
    },
  ]);
  const xlsx = await w.call('sue', `GET /at-risk?format=xlsx&sites=${SITE}`);
  expect(Buffer.from(xlsx.body, 'base64').subarray(0, 2).toString()).toBe('PK');
});

test('a promise to pay is the payer’s; of ours whoever collects the account answers for it', async () => {
  const w = await watchedSite();
  const account = journalOf('acc_1', SITE);
  account.add('account.held', NINE - DAY, { hold: 'hld_1', kind: 'promise', from: TODAY, until: TODAY, renewals: 0 });
  await w.counts(account.events);
  const collect = { duty: 'collect', of: '2026-01-01', position: { role: 'centre-manager' as const } };
  await w.owes('account', 'acc_1', [
    { duty: 'waiver', of: 'wvr_1', position: { role: 'centre-manager' }, since: NINE, due: NINE + HOUR },
    { ...collect, since: NINE - 90 * DAY, due: NINE + 1_000 * DAY },
  ]);
  const { body } = await w.call('sue', `GET /sites/${SITE}/at-risk?within=24`);
  expect(body.items).toMatchObject([
    { account: 'acc_1', hold: 'hld_1', late: false, owed: { duty: 'collect', role: 'centre-manager' } },
  ]);
});

test('every hour: a target that would be missed raises an alert once of its day, and of none that is missed already', async () => {
  const w = await watchedSite();
  const soon = NINE + 2 * HOUR;
  await w.counts([
    ...resolution('a', soon, NINE - HOUR),
    ...resolution('b', soon),
    ...resolution('c', NINE + 6 * HOUR),
  ]);
  expect(await w.findsAtRisk()).toEqual({ raised: 1, failed: 0 });
  const id = `alr_${DAY_OF_IT}-at-risk-measure-q3`;
  expect((await w.alerts.head(SITE, id)).state).toMatchObject({
    figure: { met: 1, missed: 0, atRisk: 1, target: 100 },
    firstDue: soon,
    owed: [{ position: { role: 'supervisor' } }],
  });
  w.now += 4 * HOUR;
  expect(await w.findsAtRisk()).toEqual({ raised: 0, failed: 0 });
  const { body } = await w.call('sue', `GET /sites/${SITE}/alerts/${id}/cases`);
  expect(body.items.map(({ callback, state }: Record<string, string>) => [callback, state])).toEqual([
    ['cbk_a-1', 'met'],
    ['cbk_b-1', 'running'],
    ['cbk_c-1', 'running'],
  ]);
  const missed = await watchedSite();
  await missed.counts([...resolution('a', soon, soon + 1), ...resolution('b', soon)]);
  expect(await missed.findsAtRisk()).toEqual({ raised: 0, failed: 0 });
});

test('what an index still shows as running, and is done, is at no risk', async () => {
  const w = await watchedSite();
  const soon = NINE + 2 * HOUR;
  await w.counts([...resolution('a', soon, NINE - HOUR), ...resolution('b', soon)]);
  await w.lag();
  await w.counts(resolution('b', soon, NINE - HOUR));
  expect(await w.findsAtRisk()).toEqual({ raised: 0, failed: 0 });
});

test('the head whose department owes it hears, too', async () => {
  const w = await watchedSite();
  const due = NINE + 3 * HOUR;
  const slip = journalOf('slp_1', SITE);
  slip.add('slip.opened', NINE - DAY, { appointedDay: TODAY, opens: [{ duty: 'work', due }] });
  await w.counts(slip.events);
  await w.owes('slip', 'slp_1', [
    { duty: 'price', position: { role: 'agent' }, since: NINE, due },
    { duty: 'work', position: { role: 'department-head', department: 'engineering' }, since: NINE, due },
  ]);
  await w.findsAtRisk();
  const { state } = await w.alerts.head(SITE, `alr_${TODAY}-at-risk-measure-q6`);
  expect(state?.departments).toEqual(['engineering']);
});
