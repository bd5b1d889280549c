import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { figure, type Site } from './support/site.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, MINUTE, SECOND, START, startWorld, type World, worldData } from './support/world.ts';

/** A sweep may come so much later than a timer. */
const SWEEP = 15 * MINUTE;
const DAY = 24 * HOUR;
const MONDAY = '2026-03-02';
/** Callbacks are due after 6 hours, reminded of 4 hours before, and go up 1 and 2 hours after. */
const TIGHT = { callbackHours: 6, escalateManagerHours: 1, escalateDirectorHours: 2 };

describe('no link may be missing', () => {
  const data = worldData();
  let world: World;
  let site: Site;
  const boot = async (start?: number) => {
    world = await startWorld({ data, ...(start === undefined ? {} : { start }) });
    site = world.lakeside;
  };
  beforeAll(async () => {
    await boot();
    await world.tightens('lakeside', TIGHT);
  });
  afterAll(async () => {
    await world?.stop();
    data.remove();
  });

  /** What the clock said about a callback: to whom, and how long after the rung's moment, in ms. */
  const rungs = async (complaint: string) => {
    const { history, due } = await site.callback(complaint);
    const moments: Record<string, number> = {
      'reminded agent': -4 * HOUR,
      'missed supervisor': SECOND,
      'escalated centre-manager': HOUR + SECOND,
      'escalated site-director': 2 * HOUR + SECOND,
    };
    return history.flatMap(({ event, at, by, data: said }: Answer) => {
      if (by !== 'system:clock') return [];
      const what = `${event.replace('callback.', '')} ${said.to.role}`;
      return [{ what, after: Date.parse(at) - Date.parse(due) - (moments[what] ?? Number.NaN), due: said.due === due }];
    });
  };
  const LADDER = ['reminded agent', 'missed supervisor', 'escalated centre-manager', 'escalated site-director'];
  const mailed = async (complaint: string) => {
    const { number } = await site.callback(complaint);
    return (await world.mail()).filter(({ subject }) => subject.includes(number)).map(({ to }) => to);
  };
  const running = () => world.cloud.executions().filter(({ status }) => status === 'RUNNING').length;

  it('with its timer, every rung is taken to the second', async () => {
    const id = await site.resolvedComplaint();
    expect(running()).toBe(1);
    await world.passes(8 * HOUR + SECOND);
    expect(await rungs(id)).toEqual(LADDER.map((what) => ({ what, after: 0, due: true })));
    expect(running()).toBe(0);
  });

  it('with every execution killed, the sweep takes the same rungs, minutes late, each once', async () => {
    await world.passes(DAY - 8 * HOUR - SECOND);
    const id = await site.resolvedComplaint();
    const promise = { replyBy: new Date(world.cloud.clock.now() + HOUR).toISOString() };
    const call = await site.takesCall({
      outcome: { as: 'repair', department: 'engineering', words: 'Drips.' },
      promise,
    });
    expect(world.cloud.stopExecutions()).toBe(2);
    for (let hour = 0; hour < 9; hour++) {
      await world.passes(HOUR);
      world.cloud.stopExecutions();
    }
    const taken = await rungs(id);
    expect(taken.map(({ what }: { what: string }) => what)).toEqual(LADDER);
    for (const { what, after, due } of taken) {
      expect(due, `${what} is dated by the due time`).toBe(true);
      expect(after, what).toBeGreaterThanOrEqual(0);
      expect(after, what).toBeLessThanOrEqual(SWEEP);
    }
    expect((await mailed(id)).sort()).toEqual(
      ['agent-1', 'agent-2', 'manager', 'supervisor'].map((position) => `lakeside-${position}`),
    );
    const told = await world.inbox('lakeside-supervisor', call.id);
    expect(told.map(({ duty }) => duty).sort()).toEqual(['accept', 'reply']);
    expect(await site.standing('Q3', '2026-03-03', id)).toBe('missed: not-reached-in-time');
  });

  it('a restart loses nothing: data, keys, and what is still owed', async () => {
    const id = await site.resolvedComplaint();
    const day = '2026-03-03';
    const call = await site.only(
      'contacts',
      { channel: 'call', rings: 1, outcome: { settled: true } },
      { key: 'kept' },
    );
    // The answer is there; what follows from it may still be on its way when the plug is pulled.
    await world.cloud.stop();
    await boot();
    await world.settle();
    expect(
      await site.only('contacts', { channel: 'call', rings: 1, outcome: { settled: true } }, { key: 'kept' }),
    ).toEqual(call);
    expect(await site.standing('Q2', day, call.id)).toBe('met');
    expect(await site.standing('Q3', day, id)).toBe('running');
    expect(running()).toBe(0);
    await world.passes(9 * HOUR);
    const taken = await rungs(id);
    // Resolved at 19:00 and due in the night: its last calling minute is too near to be reminded of.
    expect(taken.map(({ what }: { what: string }) => what)).toEqual(LADDER.slice(1));
    expect(await site.standing('Q3', day, id)).toBe('missed: not-reached-in-time');
  });

  it('after days of standstill it catches up: late is late by the record, whoever looks when', async () => {
    await world.passes(START + 2 * DAY - world.cloud.clock.now());
    const [nobody, atOnce, before] = [
      await site.resolvedComplaint(),
      await site.resolvedComplaint(),
      await site.resolvedComplaint(),
    ];
    await site.callsBack(before);
    await world.cloud.stop();
    await boot(START + 7 * DAY);
    // Nobody has looked yet; the record alone says that it is late.
    await site.callsBack(atOnce);
    const day = '2026-03-04';
    expect(await site.standing('Q3', day, atOnce)).toBe('missed: not-reached-in-time');
    expect(await site.standing('Q3', day, before)).toBe('met');
    await world.passes(SWEEP);
    // A reminder days after the due time would say nothing; the rest is said once, all of it.
    const taken = (await rungs(nobody)).map(({ what }: { what: string }) => what);
    expect(taken).toEqual(LADDER.slice(1));
    expect(await site.figure('Q3', day)).toEqual(figure({ met: 1, missed: 2 }));
    await world.passes(3 * HOUR);
    expect(await rungs(nobody)).toHaveLength(3);
    expect((await mailed(nobody)).sort()).toEqual(['lakeside-manager', 'lakeside-supervisor']);
    expect(await rungs(before)).toEqual([]);
    expect(await site.figure('Q3', MONDAY)).toEqual(figure({ missed: 1 }));
  });

  it('leaves out nobody of more than one page', async () => {
    const waiting: string[] = [];
    for (let wave = 0; wave < 7; wave++) {
      const message = { channel: 'message', answered: false };
      const taken = await Promise.all(Array.from({ length: 16 }, () => site.only('contacts', message)));
      waiting.push(...taken.map(({ number }) => number));
    }
    await world.passes(2 * SWEEP);
    const told = (await world.mailTo('lakeside-supervisor')).map(({ subject }) => /JD\d+-\d+/.exec(subject)?.[0]);
    expect(waiting.map((number) => told.filter((one) => one === number).length)).toEqual(waiting.map(() => 1));
    expect(await site.figure('Q2', '2026-03-09')).toEqual(figure({ missed: 112 }));
  });

  it('an index that lags for hours leaves nobody out, and reminds of nothing that is done meanwhile', async () => {
    const done = await site.resolvedComplaint();
    const lag = world.cloud.faults.inject({
      kind: 'stale-index',
      times: Number.POSITIVE_INFINITY,
      match: ({ body }) => body.IndexName === 'due',
    });
    const id = await site.resolvedComplaint();
    // The index goes on showing that it is owed.
    await site.callsBack(done);
    const day = world.cloud.clock.now() + 26 * HOUR;
    while (world.cloud.clock.now() < day) {
      world.cloud.stopExecutions();
      await world.passes(HOUR);
    }
    expect(await rungs(id)).toEqual([]);
    expect(lag.hits).toBeGreaterThan(0);
    lag.remove();
    await world.passes(SWEEP);
    expect((await rungs(id)).map(({ what }: { what: string }) => what)).toEqual(LADDER.slice(1));
    expect(await rungs(done)).toEqual([]);
  });

  it('leaves everything sound', () => expectSound(world));
});
