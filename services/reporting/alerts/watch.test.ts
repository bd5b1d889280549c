import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { siteKey } from '../../../shared/policy/policy.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { NINE, TODAY, watchedSite } from './testing.ts';
import { householdsOf } from './watch.ts';

const householdsIn = (...ties: string[][]) => householdsOf(ties.map((one, i) => ({ id: `cmp_${i}`, ties: one })));

test('a household is whoever shares a unit or a party, be it through others; who is unknown is none', () => {
  const flat = ['unt_flat', 'pty_1'];
  expect(householdsIn(flat, ['unt_parking', 'pty_1'], ['pty_1'])).toBe(1);
  expect(householdsIn(flat, ['pty_1'], ['unt_2', 'pty_2'])).toBe(2);
  // Two who seem to be strangers, until somebody turns out to live with both.
  expect(householdsIn(['unt_1', 'pty_1'], ['unt_2', 'pty_2'], ['unt_1', 'pty_2'])).toBe(1);
  expect(householdsIn([], [], ['unt_1'])).toBe(1);
});

test('law: households are the same in whatever order complaints come, and what comes twice adds none', () => {
  const complaint = fc.array(fc.constantFrom('unt_1', 'unt_2', 'unt_3', 'unt_4', 'pty_1', 'pty_2', 'pty_3'), {
    maxLength: 2,
  });
  const inTwoOrders = fc
    .array(complaint, { maxLength: 10 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(inTwoOrders, ([all, shuffled]) => {
      const households = householdsIn(...all);
      expect(householdsIn(...shuffled, ...shuffled)).toBe(households);
      expect(households).toBeLessThanOrEqual(new Set(all.flat()).size);
    }),
  );
});

test('one household that complains from its flat, from its parking place and from nowhere is no major event', async () => {
  const w = await watchedSite();
  for (const unit of ['unt_flat', 'unt_parking', undefined]) {
    await w.hear(w.complaint({ party: 'pty_1', ...(unit === undefined ? {} : { unit }) }));
  }
  await w.hear(w.complaint({ party: 'pty_2', unit: 'unt_2' }));
  expect(await w.raised()).toEqual([]);
  await w.hear(w.complaint({ party: 'pty_3' }));
  expect(await w.raised()).toEqual(['major-kind-noise']);
  expect((await w.alerts.head(SITE, `alr_${TODAY}-major-kind-noise`)).state).toMatchObject({ households: 3, count: 5 });
});

test.each(['anonymous', 'confidential'] as const)(
  'of a complaint that is %s no alert says the building, nor its unit or party; nor does it claim to know the household',
  async (how) => {
    const w = await watchedSite();
    await w.begins();
    const units = ['unt_1', 'unt_2', 'unt_3', 'unt_4', 'unt_5'];
    for (const unit of units) await w.lies(unit, '2幢');
    for (const unit of units.slice(0, 4)) await w.hear(w.complaint({ unit, kind: 'parking' }));
    const secret = w.complaint({ unit: 'unt_5', party: 'pty_5', kind: 'attitude', [how]: true });
    await w.hear(secret);
    expect((await w.raised()).filter((id) => id.includes('building'))).toEqual([]);
    await w.hear(w.complaint({ unit: 'unt_5', kind: 'parking' }));
    const [building] = (await w.raised()).filter((id) => id.includes('building'));
    const path = `GET /sites/${SITE}/alerts/alr_${TODAY}-${building}`;
    expect((await w.call('ann', path)).body).toMatchObject({ value: '2幢', count: 5, households: 5 });
    const cases = (await w.call('ann', `${path}/cases`)).body.items;
    expect(cases.map(({ complaint }: { complaint: string }) => complaint)).not.toContain(secret.aggregate);
    expect(cases).toHaveLength(5);
    // Of its kind it is one: beside the same unit that complained openly, and beside another.
    const kinds = [
      { unit: 'unt_5', party: 'pty_5' },
      { unit: 'unt_1', party: 'pty_1' },
    ];
    for (const who of kinds) await w.hear(w.complaint({ ...who, kind: 'attitude' }));
    const { complaints } = await w.watch.take(SITE, 'kind', 'attitude', { id: 'cmp_last', day: TODAY, ties: [] });
    expect(complaints.find(({ id }) => id === secret.aggregate)?.ties).toEqual([secret.aggregate]);
    expect(await w.raised()).toContain('major-kind-attitude');
    // All of it is about conduct: whose none is known, and may be one household's.
    const alert = (await w.alerts.head(SITE, `alr_${TODAY}-major-kind-attitude`)).state;
    expect(alert).toMatchObject({ households: 0, hidden: 3, count: 3 });
  },
);

test('who is unknown is no household, anonymously or not', async () => {
  const w = await watchedSite();
  for (let i = 0; i < 4; i++) await w.hear(w.complaint({ anonymous: true }));
  expect(await w.raised()).toEqual([]);
});

test('a rise is held against the 28 days before', async () => {
  const w = await watchedSite();
  for (let ago = 28; ago > 0; ago--) {
    for (let i = 0; i < 2; i++) await w.hear(w.complaint({ at: NINE - w.days(ago) }));
  }
  // P(X ≥ 8 | 2) = 0.0011, P(X ≥ 9 | 2) = 0.0002.
  for (let i = 0; i < 8; i++) await w.hear(w.complaint());
  expect(await w.raised()).toEqual([]);
  await w.hear(w.complaint());
  expect(await w.raised()).toEqual(['rise-kind-noise']);
  const { state } = await w.alerts.head(SITE, `alr_${TODAY}-rise-kind-noise`);
  expect(state).toMatchObject({ count: 9, before: { complaints: 56, days: 28 } });
});

test.each([5, 10, 20])(
  'a site that was there for long before its desk began: %i a day from then on are no rise on any day, three times as many are',
  async (daily) => {
    const w = await watchedSite();
    const site = { ...siteKey(SITE), site: SITE, name: '翠湖花园', timeZone: 'Asia/Shanghai', departments: [] };
    await w.publish({ ...site, since: NINE - w.days(90) });
    for (let ago = 20; ago > 0; ago--) {
      for (let i = 0; i < daily; i++) await w.hear(w.complaint({ at: NINE - w.days(ago) }));
    }
    expect(await w.raised()).toEqual([]);
    for (let i = 0; i < daily * 3; i++) await w.hear(w.complaint());
    expect(await w.raised()).toEqual(['rise-kind-noise']);
  },
);

test('nothing is said of a burst in the first 14 days with complaints; from then on of a matter nobody had before, too', async () => {
  const w = await watchedSite();
  await w.hear(w.complaint({ kind: 'fees', at: NINE - w.days(14) }));
  for (let i = 0; i < 9; i++) await w.hear(w.complaint({ at: NINE - w.days(1) }));
  expect(await w.raised()).toEqual([]);
  for (let i = 0; i < 9; i++) await w.hear(w.complaint({ kind: 'parking' }));
  expect(await w.raised()).toEqual(['rise-kind-parking']);
});

test('what comes weeks late counts on its own day, held against the days before that one', async () => {
  const w = await watchedSite();
  const late = NINE - w.days(40);
  await w.hear(w.complaint());
  for (let i = 0; i < 9; i++) await w.hear(w.complaint({ at: late }));
  expect(await w.raised()).toEqual([]);
  // Then what is older still comes: there was somebody to take complaints, and nobody had any of this.
  await w.hear(w.complaint({ kind: 'fees', at: late - w.days(28) }));
  await w.hear(w.complaint({ at: late }));
  expect((await w.alerts.head(SITE, 'alr_2026-04-22-rise-kind-noise')).state).toMatchObject({
    count: 10,
    before: { complaints: 0, days: 28 },
  });
});

test('a hundred complaints at once are all watched, whoever comes twice once, and raise what they call for', async () => {
  const w = await watchedSite();
  await w.begins();
  const events = Array.from({ length: 100 }, (_, i) => w.complaint({ unit: `unt_${i}` }));
  await Promise.all([...events, ...events.slice(0, 30)].map(w.hear));
  expect(await w.watch.complaints(SITE, 'kind', 'noise', TODAY)).toHaveLength(100);
  expect(await w.raised()).toEqual(['rise-kind-noise', 'major-kind-noise']);
  const tomorrow = '2026-06-02';
  const { counts } = await w.watch.take(SITE, 'kind', 'noise', { id: 'cmp_next', day: tomorrow, ties: [] });
  expect(counts).toEqual({ [TODAY]: 100 });
});
