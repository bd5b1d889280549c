import { expect, test } from 'vitest';
import { JOB_MOST } from '../../../shared/lambda/each-site.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { rounds } from '../../../shared/testing/rounds.ts';
import { openDue } from './open-due.ts';

/** Calls one after the other to open a batch of a thousand mandates: ten pages, their heads, and what is written. */
const OPENING = 30;

test('the batches of 3,000 sites whose cut-off is one day are opened within one run', async () => {
  const { clock, call, run } = rounds(Date.parse('2026-11-25T17:00:00Z'));
  const sites = Array.from({ length: 3_000 }, (_, n) => `s${String(n).padStart(5, '0')}`);
  const policies = {
    list: async (limit: number, after = '') => {
      await call();
      const rest = sites.filter((site) => site > after);
      return { items: rest.slice(0, limit).map((site) => ({ site })), more: rest.length > limit };
    },
    site: async (site: string) => call().then(() => ({ site, timeZone: 'Asia/Shanghai' })),
    at: async () => call().then(() => ({ version: 0, values: { ...DEFAULT_POLICY, deductionCutOffDay: 25 } })),
    since: async () => call().then(() => [{ version: 0, effective: 0, values: DEFAULT_POLICY }]),
  } as unknown as Policies;
  const opened: string[] = [];
  const open = async ({ site }: { site: string }) => {
    for (let n = 0; n < OPENING; n++) await call();
    opened.push(site);
    return [];
  };
  const { took, error } = await run(openDue({ policies, clock, open }));
  expect(error).toBeUndefined();
  expect(opened.sort()).toEqual(sites);
  expect(took).toBeLessThan(JOB_MOST);
});
