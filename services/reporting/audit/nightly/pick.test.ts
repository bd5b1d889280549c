import { expect, test } from 'vitest';
import { addDays } from '../../../../shared/time/clock.ts';
import { daysOf, isPicked, nightOf, oneOf, sampleOf } from './pick.ts';

const NIGHT = '2026-11-24';
const sites = (n: number) => Array.from({ length: n }, (_, i) => `sit_${i}`);
const nights = (n: number) => Array.from({ length: n }, (_, i) => addDays(NIGHT, i));

test('the same night picks the same, whoever asks and in whatever order sites are listed', () => {
  const all = sites(40);
  expect(sampleOf(NIGHT, [...all].reverse())).toEqual(sampleOf(NIGHT, all));
  expect(daysOf(sampleOf(NIGHT, all), 'sit_7', NIGHT)).toEqual(daysOf(sampleOf(NIGHT, all), 'sit_7', NIGHT));
});

test('a night begins at 18:00 UTC, which is 02:00 in China', () => {
  expect(nightOf(Date.parse('2026-11-24T17:59:59Z'))).toBe('2026-11-23');
  expect(nightOf(Date.parse('2026-11-24T18:00:00Z'))).toBe('2026-11-24');
  expect(nightOf(Date.parse('2026-11-25T17:59:59Z'))).toBe('2026-11-24');
});

test.each([
  [1, 1],
  [5, 1],
  [40, 8],
  [100, 20],
  [1_000, 30],
  [10_000, 30],
])('of %i sites every one comes exactly once in %i nights', (n, round) => {
  const all = sites(n);
  // From the night on which a round begins.
  const first = nights(round).find((night) => sampleOf(night, all).round !== sampleOf(addDays(night, -1), all).round);
  const dealt = Array.from({ length: round }, (_, i) => sampleOf(addDays(first!, i), all));
  expect(dealt.flatMap(({ sites: some }) => some).sort()).toEqual([...all].sort());
  expect(Math.max(...dealt.map(({ sites: some }) => some.length))).toBeLessThanOrEqual(Math.max(5, Math.ceil(n / 30)));
});

test('more sites than the nights of a month have time for take longer, and still all come round', () => {
  const all = sites(13_000);
  const seen = new Set(nights(66).flatMap((night) => sampleOf(night, all).sites));
  expect([seen.size, sampleOf(NIGHT, all).sites.length]).toEqual([13_000, 400]);
});

test('yesterday is always looked at, a day of the last weeks and an older one, and no day stays out', () => {
  const seen = new Set<string>();
  for (const night of nights(4_000)) {
    const days = daysOf({ night, round: 0, sites: [] }, 'sit_1', '2026-11-24');
    expect(days[0]).toBe('2026-11-23');
    expect(new Set(days).size).toBe(3);
    for (const day of days) seen.add(day);
  }
  expect(seen.size).toBe(401);
});

test('every account and every building of a site comes round', () => {
  const ids = Array.from({ length: 500 }, (_, i) => `acc_${i}`);
  const rounds = Array.from({ length: 20 }, (_, round) => ({ ...sampleOf(NIGHT, sites(3)), round }));
  expect(new Set(rounds.flatMap((sample) => ids.filter((id) => isPicked(sample, id)))).size).toBe(500);
  expect(new Set(rounds.map((sample) => oneOf(sample, 'sit_1', sites(20)))).size).toBe(20);
  expect(oneOf(sampleOf(NIGHT, []), 'sit_1', [])).toBeUndefined();
});
