import { expect, test } from 'vitest';
import { pagesOf, rounds } from '../testing/rounds.ts';
import { HOUR } from '../time/clock.ts';
import { eachSite, JOB_MOST } from './each-site.ts';

const SITES = 3_000;
const JOB = { what: 'things', failure: 'HY-MAI-6' } as const;

test('what cannot be begun in time is left to the next try: each site once, within the hour', async () => {
  const { clock, call, run } = rounds(0);
  const done: string[] = [];
  const job = () =>
    eachSite(pagesOf(SITES, 90), { ...JOB, clock }, async (site) => {
      await call();
      if (done.includes(site)) return;
      for (let n = 0; n < 120; n++) await call();
      done.push(site);
    });
  const tries = [await run(job), await run(job)];
  expect(tries[0]?.error?.message).toBe('things of some sites were not come to; the next try goes on');
  expect(tries[1]?.error).toBeUndefined();
  expect(new Set(done).size).toBe(SITES);
  expect(done).toHaveLength(SITES);
  for (const { took } of tries) expect(took).toBeLessThan(JOB_MOST);
  expect(clock()).toBeLessThan(HOUR);
});

test('a site that fails stops no other, and is said', async () => {
  const { clock, call, run } = rounds(0);
  const done: string[] = [];
  const job = () =>
    eachSite(pagesOf(100, 30), { ...JOB, clock }, async (site) => {
      await call();
      if (site === 's00050') throw new Error('dead');
      done.push(site);
    });
  expect((await run(job)).error?.message).toBe('things of 1 sites failed; the next hour tries again');
  expect(done).toHaveLength(99);
});
