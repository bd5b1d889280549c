import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR, type Instant, MINUTE } from '../time/clock.ts';
import { HORIZON, lookedAhead, SWEEP_EVERY, sweep, type WatchedJournal } from './timers.ts';

const NOW = Date.UTC(2026, 4, 1);
const SWEEPS = 96;
const SWEEPS_OF_ONE = Array.from({ length: SWEEPS }, () => 0);

/** A day of sweeps over what is opened meanwhile, by instances that live on; says how often each looked ahead, and what started when. */
const aDay = async (
  opened: readonly { at: Instant; wakeAt: Instant }[],
  { instanceOf, lagMs, lost }: { instanceOf: (n: number) => number; lagMs: number; lost: readonly number[] },
) => {
  let now = NOW;
  const looks = { due: 0, ahead: 0 };
  const due = async (_: number, since: Instant, until: Instant) => {
    looks[since === 0 ? 'due' : 'ahead'] += 1;
    const shown = opened.map((one, i) => ({ ...one, site: 's', type: 'chore', id: String(i) }));
    return { items: shown.filter(({ at, wakeAt }) => at + lagMs <= now && wakeAt > since && wakeAt <= until) };
  };
  const watched = [{ journal: { due, type: { type: 'chore' } } as unknown as WatchedJournal['journal'] }];
  const started = new Map<string, Instant>();
  const instances = [lookedAhead(), lookedAhead()];
  for (let n = 0; n < SWEEPS; n++, now += SWEEP_EVERY) {
    const start = () => async (_: string, id: string) => {
      if (lost.includes(n)) throw new Error('the machine can’t be started');
      started.set(id, Math.min(started.get(id) ?? now, now));
    };
    const ahead = instances[instanceOf(n)]!;
    await sweep(watched, { now, start, ahead, partitionsOf: async () => 1 }).catch(() => undefined);
  }
  return { looks, started };
};

test('a sweep that lives on looks for what comes once an hour, for what is due each time', async () => {
  const { looks } = await aDay([], { instanceOf: () => 0, lagMs: 0, lost: [] });
  expect(looks).toEqual({ due: SWEEPS, ahead: SWEEPS / 4 });
});

test('whatever came from beyond the horizon has its execution with over 70 hours left, whoever sweeps and whatever fails once', async () => {
  const when = fc.record({
    after: fc.integer({ min: 0, max: 18 * HOUR }),
    beyond: fc.oneof(...[10 * MINUTE, 4 * HOUR].map((max) => fc.integer({ min: 1, max }))),
  });
  const days = fc.asyncProperty(
    fc.array(when, { minLength: 1, maxLength: 20 }),
    fc.oneof(fc.constant(SWEEPS_OF_ONE), fc.array(fc.nat(1), { minLength: SWEEPS, maxLength: SWEEPS })),
    fc.integer({ min: 0, max: 10 * MINUTE }),
    fc.nat(SWEEPS - 1),
    async (whens, instances, lagMs, lost) => {
      const opened = whens.map(({ after, beyond }) => ({ at: NOW + after, wakeAt: NOW + after + HORIZON + beyond }));
      const { started } = await aDay(opened, { instanceOf: (n) => instances[n]!, lagMs, lost: [lost] });
      for (const [i, { wakeAt }] of opened.entries()) {
        const at = started.get(String(i));
        // Before the last sweep of the day it may not have come near.
        if (at === undefined) expect(wakeAt - HORIZON).toBeGreaterThan(NOW + (SWEEPS - 9) * SWEEP_EVERY);
        else expect(wakeAt - at).toBeGreaterThan(70 * HOUR);
      }
    },
  );
  await fc.assert(days, { numRuns: 100 });
});
