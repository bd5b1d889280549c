import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from './clock.ts';

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

describe('a clock that stands still', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = createClock({ start: START, speed: 0 });
  });
  afterEach(() => clock.stop());

  it('fires in order of instants, then of registration, each timer seeing its own instant', async () => {
    const fired: [string, number][] = [];
    const note = (name: string) => () => void fired.push([name, clock.now() - START]);
    clock.at(START + 20, 'test', note('late'));
    clock.at(START + 10, 'test', note('first of two'));
    clock.at(START + 10, 'test', note('second of two'));
    clock.at(START + 31, 'test', note('beyond'));
    await clock.advance({ by: 30 });
    expect(fired).toEqual([
      ['first of two', 10],
      ['second of two', 10],
      ['late', 20],
    ]);
    expect(clock.now()).toBe(START + 30);
  });

  it('includes timers at exactly the target and those registered on the way', async () => {
    let fired = 0;
    clock.at(START + 10, 'test', () => {
      clock.at(START + 15, 'test', () => void fired++);
      clock.at(START + 16, 'test', () => void fired++);
    });
    await clock.advance({ to: START + 15 });
    expect(fired).toBe(1);
  });

  it('waits for the work of one instant before it moves to the next', async () => {
    const seen: number[] = [];
    clock.at(START + 10, 'test', () => {
      void clock.work.run('slow', async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(clock.now());
      });
    });
    clock.at(START + 20, 'test', () => void seen.push(clock.now()));
    await clock.advance({ by: 100 });
    expect(seen).toEqual([START + 10, START + 20]);
  });

  it('reaches timers months away without overflowing', async () => {
    let fired = false;
    clock.at(START + 200 * DAY, 'test', () => {
      fired = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fired).toBe(false);
    await clock.advance({ by: 201 * DAY });
    expect(fired).toBe(true);
  });

  it('runs a timer that is due already, without being moved', async () => {
    let fired = false;
    clock.at(START - 1, 'test', () => {
      fired = true;
    });
    expect(fired).toBe(false);
    await clock.settle();
    expect(fired).toBe(true);
  });

  it('does not fire what was taken back', async () => {
    let fired = false;
    const cancel = clock.at(START + 1, 'test', () => {
      fired = true;
    });
    cancel();
    await clock.advance({ by: 10 });
    expect(fired).toBe(false);
  });

  it('refuses to go backwards', async () => {
    await expect(clock.advance({ to: START - 1 })).rejects.toThrow(/backwards/);
  });

  it('names what keeps it from settling', async () => {
    const end = clock.work.begin('a hung function');
    await expect(clock.work.settled(20)).rejects.toThrow('1 × a hung function');
    end();
    await clock.settle();
  });
});

describe('a running clock', () => {
  it('runs faster than the wall and fires on its own', async () => {
    const clock = createClock({ start: START, speed: 3_600_000 });
    await clock.until(START + 30 * DAY, 'test');
    expect(clock.now()).toBeGreaterThanOrEqual(START + 30 * DAY);
    clock.stop();
  });
});

describe('a kept clock', () => {
  it('never goes backwards over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-clock-'));
    const file = join(folder, 'clock.json');
    const first = createClock({ start: START, speed: 0, file });
    await first.advance({ by: 40 * DAY });
    first.stop();
    const second = createClock({ start: START, speed: 0, file });
    expect(second.now()).toBe(START + 40 * DAY);
    second.stop();
    const running = createClock({ speed: 1, file });
    expect(running.now()).toBeGreaterThanOrEqual(START + 40 * DAY);
    running.stop();
    rmSync(folder, { recursive: true });
  });
});
