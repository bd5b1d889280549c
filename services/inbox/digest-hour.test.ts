import { expect, test } from 'vitest';
import { JOB_MOST } from '../../shared/lambda/each-site.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { pagesOf, rounds } from '../../shared/testing/rounds.ts';
import { digest } from './digest.ts';
import type { Digests } from './digest-store.ts';

test('the digests of 3,000 sites with three directors each are gathered within one run', async () => {
  const { clock, call, run } = rounds(Date.parse('2026-11-20T04:00:00Z'));
  const policies = {
    site: async (site: string) => call().then(() => ({ site, timeZone: 'Asia/Shanghai' })),
    at: async () => call().then(() => ({ values: { digestMinute: 480 } })),
  } as unknown as Policies;
  const directors = ['a', 'b', 'c'].map((staff) => ({ staff, pk: 'p', sk: staff, mail: 'gathering' }));
  const gathered = new Set<string>();
  const queued: unknown[] = [];
  const digests = {
    async *sites() {
      for await (const page of pagesOf(3_000, 90)) {
        await call();
        yield page.map((sk) => ({ sk }));
      }
    },
    anyLeft: async () => call().then(() => true),
    async *waiting() {
      await call();
      yield directors;
    },
    async *digests() {
      await call();
      yield directors;
    },
    // What there is of it is read, then moved in one transaction.
    gather: async (site: string, _: string, staff: string) => {
      await call();
      await call();
      gathered.add(`${site} ${staff}`);
    },
    close: call,
  } as unknown as Digests;
  const enqueue = async (keys: readonly unknown[]) => call().then(() => void queued.push(...keys));
  const { took, error } = await run(digest({ digests, policies, enqueue, clock }));
  expect(error).toBeUndefined();
  expect([gathered.size, queued.length]).toEqual([9_000, 9_000]);
  expect(took).toBeLessThan(JOB_MOST);
});
