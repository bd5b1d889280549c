import { beforeAll, beforeEach, expect, test } from 'vitest';
import { HOUR } from '../../shared/time/clock.ts';
import { digest } from './digest.ts';
import { digestsIn } from './digest-store.ts';
import { holder, important, NINE, policies, rung, startWorld, type World, world } from './testing.ts';

let w: World;
beforeAll(startWorld);
beforeEach(async () => {
  w = await world();
});

test('a director hears of what is important at once, and of the rest in one digest at 08:00', async () => {
  await w.hear(important);
  for (const n of [3, 4]) await w.hear(rung('escalated', n, 'site-director'));
  await w.deliver();
  expect(w.mails.map(({ letter }) => letter.subject)).toEqual(['[湖滨] Important complaint (HF0501-001 8幢101室)']);
  w.now = NINE + 22 * HOUR; // 07:00
  await w.digest();
  expect(w.queue).toEqual([]);
  w.now = NINE + 23 * HOUR; // 08:00
  for (let again = 0; again < 3; again++) await w.digest();
  await w.deliver();
  await w.digest();
  await w.deliver();
  expect(w.mails.slice(1).map(({ letter }) => letter.subject)).toEqual(['[湖滨] Daily digest 2026-05-02 (2)']);
  w.now += 24 * HOUR;
  await w.digest();
  expect(w.queue).toEqual([]);
});

test('a missed hour is caught up the same day; what came after 08:00 waits for the next', async () => {
  await w.hear(rung('escalated', 3, 'site-director'));
  w.now = NINE + 27 * HOUR; // noon of the next day, the first run since
  await w.hear(rung('escalated', 4, 'site-director'));
  await w.digest();
  await w.deliver();
  expect(w.mails.map(({ letter }) => letter.subject)).toEqual(['[湖滨] Daily digest 2026-05-02 (1)']);
  w.now += 20 * HOUR;
  await w.digest();
  await w.deliver();
  expect(w.mails[1]?.letter.subject).toBe('[湖滨] Daily digest 2026-05-03 (1)');
});

test('a digest that dies half-way goes on where it stopped: everything is in exactly one', async () => {
  for (let n = 0; n < 200; n++) await w.hear(rung('escalated', n + 1, 'site-director'));
  w.now = NINE + 23 * HOUR;
  const digests = digestsIn(w.inbox);
  let left = 1;
  const dying = {
    ...digests,
    gather: (...args: Parameters<typeof digests.gather>) =>
      left-- > 0 ? digests.gather(...args) : Promise.reject(new Error('dead')),
  };
  const run = digest({ digests: dying, policies, enqueue: w.enqueue, clock: () => w.now });
  await expect(run()).rejects.toThrow('digests of 1 sites failed');
  expect(w.queue).toEqual([]);
  w.enqueue = () => Promise.reject(new Error('dead'));
  await expect(w.digest()).rejects.toThrow();
  w.enqueue = async (keys) => void w.queue.push(...keys);
  await w.digest();
  await w.deliver(2);
  expect(w.mails.map(({ letter }) => letter.subject)).toEqual(['[湖滨] Daily digest 2026-05-02 (200)']);
  expect(w.mails[0]?.letter.text).toContain('150 more');
});

test('where nothing is left to do, no policy is read', async () => {
  const unread = { ...policies, at: () => Promise.reject(new Error('read')) } as typeof policies;
  const look = digest({ digests: digestsIn(w.inbox), policies: unread, enqueue: w.enqueue, clock: () => w.now });
  await w.hear(rung('escalated', 3, 'site-director'));
  w.now = NINE + 23 * HOUR;
  await expect(look()).rejects.toThrow('digests of 1 sites failed');
  await w.digest();
  await expect(look()).rejects.toThrow('digests of 1 sites failed');
  await w.deliver();
  await look();
  expect(w.mails).toHaveLength(1);
});

test('a digest of several positions is mailed while one of them is held', async () => {
  const max = holder('max');
  w.roster = { 'sit_lake site-director': [max], '* group-manager': [max] };
  await w.hear(rung('escalated', 3, 'group-manager'));
  await w.hear(rung('escalated', 4, 'site-director'));
  w.now = NINE + 23 * HOUR;
  await w.digest();
  // They stood in for the director, who is back.
  w.roster = { '* group-manager': [max] };
  await w.deliver();
  expect(w.mails).toHaveLength(1);
});
