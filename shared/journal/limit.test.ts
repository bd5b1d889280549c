import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { defineEvent } from '../domain/events.ts';
import { Refusal } from '../domain/refusal.ts';
import { SITE, siteInMemory } from '../testing/site.ts';
import { HOUR, MINUTE } from '../time/clock.ts';
import type { AggregateType } from './aggregate.ts';
import { execute } from './execute.ts';
import { journal } from './journal.ts';
import { countNow, type Limit, limitOf } from './limit.ts';

const rang = defineEvent('bell.rang', 'It rang.', z.object({}));
const type: AggregateType<{ rung: number; owed: [] }, typeof rang> = {
  type: 'bell',
  ids: 'contact',
  kind: 'record',
  events: [rang],
  most: {},
  fold: (state) => ({ rung: (state?.rung ?? 0) + 1, owed: [] }),
  finished: () => true,
};
const START = Date.parse('2026-11-11T09:15+08:00');

let w: Awaited<ReturnType<typeof siteInMemory>>;
let bells: ReturnType<typeof journal<{ rung: number; owed: [] }, typeof rang>>;
beforeEach(async () => {
  w = await siteInMemory(defineTable({ name: 'bells', journal: true }), {}, START);
  await w.setPolicy({ mailsPerHour: 3, importantPerDay: 3 }, 0);
  bells = journal(type, w.tables);
});
const limit = (more: Partial<Parameters<typeof limitOf>[2]> = {}, name: 'mails' | 'important' = 'mails') =>
  limitOf(w.deps.policies, name, { site: SITE, staff: 'li', now: w.now, ...more });
const said = async (does: Promise<unknown>): Promise<string> => {
  try {
    await does;
    return 'done';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code} ${error.retryAfter}`;
  }
};
let keys = 0;
const ring = async (of: Limit, { scope = `key-${++keys}`, rings = true } = {}) =>
  said(
    execute(bells, {
      site: SITE,
      id: 'con_1',
      now: w.now,
      by: 'li',
      idempotencyKey: { scope, body: '' },
      decide: () => ({ events: rings ? [{ name: 'bell.rang' as const, data: {} }] : [] }),
      limit: () => of,
    }),
  );

describe('a command that is limited', () => {
  test('is done so often, by each person for themselves, and then says when it may be tried again', async () => {
    for (let i = 0; i < 3; i++) expect(await ring(await limit())).toBe('done');
    expect(await ring(await limit())).toBe(`limit.mails ${45 * 60}`);
    expect(await ring(await limit({ staff: 'zhao' }))).toBe('done');
    expect((await bells.head(SITE, 'con_1')).version).toBe(4);
    w.now += 45 * MINUTE;
    expect(await ring(await limit())).toBe('done');
  });

  test('counts once however often it is sent, and not where nothing comes of it', async () => {
    for (let i = 0; i < 5; i++) expect(await ring(await limit(), { scope: 'same' })).toBe('done');
    for (let i = 0; i < 5; i++) expect(await ring(await limit(), { rings: false })).toBe('done');
    for (let i = 0; i < 2; i++) expect(await ring(await limit())).toBe('done');
    expect(await ring(await limit(), { scope: 'same' })).toBe('done');
    expect(await ring(await limit(), { scope: 'refused' })).toContain('limit.mails');
    w.now += HOUR;
    // It is no answer for good.
    expect(await ring(await limit(), { scope: 'refused' })).toBe('done');
  });

  test('is never done more often, though all of it is sent at the same moment', async () => {
    const of = await limit();
    const all = await Promise.all(Array.from({ length: 6 }, () => ring(of)));
    expect(all.filter((one) => one === 'done').length).toBeLessThanOrEqual(3);
    while ((await ring(of)) === 'done');
    expect((await bells.head(SITE, 'con_1')).version).toBe(3);
  });

  test('counts for as many as it causes; more than the limit alone is never done', async () => {
    expect(await ring(await limit({ by: 2 }))).toBe('done');
    expect(await ring(await limit({ by: 2 }))).toContain('limit.mails');
    expect(await ring(await limit())).toBe('done');
    w.now += HOUR;
    expect(await ring(await limit({ by: 4 }))).toContain('limit.mails');
  });

  test('of a day is counted by the site’s own day', async () => {
    for (let i = 0; i < 3; i++) await ring(await limit({}, 'important'));
    w.now = Date.parse('2026-11-11T23:59:59+08:00');
    expect(await ring(await limit({}, 'important'))).toBe('limit.important 1');
    w.now += 1_000;
    expect(await ring(await limit({}, 'important'))).toBe('done');
  });
});

describe('what is counted before it is begun', () => {
  const counted = async () => said(countNow(w.tables, await limit()));

  test('counts each time, also what is sent again under its key: it is done again', async () => {
    for (let i = 0; i < 3; i++) expect(await counted()).toBe('done');
    expect(await counted()).toContain('limit.mails');
    w.now += HOUR;
    expect(await counted()).toBe('done');
  });

  test('is never begun more often, though all of it is asked for at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 7 }, counted));
    expect(all.filter((one) => one === 'done')).toHaveLength(3);
  });
});
