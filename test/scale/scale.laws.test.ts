import { expect, it } from 'vitest';
import { type Assumptions, assumed } from './assumptions.ts';
import { exportOf } from './export.ts';
import { shapesOf } from './keys.ts';
import { readMeasured } from './measured.ts';
import { idleMonth, moneyOf, month } from './money.ts';
import { simulate } from './scale.ts';
import { drawn, randomFrom, sizesOf } from './sites.ts';

const measured = readMeasured();
/** A group small enough for a test: the laws hold at any size. */
const small: Assumptions = { ...assumed(), sites: 200, units: 400_000, contactsPerDay: 40_000 };

it('is the same from the same seed, and another from another', () => {
  const one = simulate(small, measured, 7);
  expect(simulate(small, measured, 7)).toEqual(one);
  expect(simulate(small, measured, 8).hour.counts).not.toEqual(one.hour.counts);
});

it('sizes of sites come to the sum, the largest first', () => {
  const sizes = sizesOf(small);
  expect(sizes.length).toBe(200);
  expect(sizes.reduce((sum, n) => sum + n, 0)).toBeCloseTo(400_000, 3);
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
});

it('draws as often as is expected', () => {
  const random = randomFrom(1);
  for (const mean of [0.01, 2, 400]) {
    const draws = Array.from({ length: 4000 }, () => drawn(mean, random));
    const average = draws.reduce((sum, n) => sum + n, 0) / draws.length;
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws.length));
  }
  expect(drawn(0, random)).toBe(0);
});

it('prices the group as the sum over its sites', () => {
  const { all } = month(small, measured);
  const each = sizesOf(small).map((units) => moneyOf(small, measured, units));
  for (const field of ['useUsd', 'mailUsd', 'rowBytes', 'counterBytes'] as const) {
    expect(all[field]).toBeCloseTo(
      each.reduce((sum, one) => sum + one[field], 0),
      6,
    );
  }
});

it('exports every event: a quiet group still writes every five minutes, a large one by full batches', () => {
  const of = (units: number) => exportOf(small, measured, units);
  const [quiet, one, two] = [of(1), of(small.units), of(2 * small.units)];
  expect(two.events).toBeCloseTo(2 * one.events, 3);
  expect(quiet.batches).toBe(288 * small.days);
  expect(of(20_000_000).batches).toBeCloseTo(of(20_000_000).events / 1000, 3);
});

it('is linear in sites: twice as many of the same cost and store twice as much', () => {
  const even = { ...small, zipf: 0 };
  const twice = { ...even, sites: 400, units: 800_000, contactsPerDay: 80_000 };
  const [one, two] = [month(even, measured).all, month(twice, measured).all];
  for (const field of ['mailUsd', 'rowBytes', 'counterBytes'] as const)
    expect(two[field] / one[field]).toBeCloseTo(2, 9);
  // What is paid with nothing to do is paid once.
  const { totalUsd } = idleMonth(small, measured);
  expect((two.useUsd - totalUsd) / (one.useUsd - totalUsd)).toBeCloseTo(2, 9);
});

it('names the hottest: no key that more than one share is hotter, and none is left out', () => {
  const { hour, findings } = simulate(small, measured);
  const [hottest] = hour.keys;
  expect(Math.max(...hour.keys.map(({ writes }) => writes))).toBe(hottest?.writes);
  expect(hour.keys.length).toBe(shapesOf(measured.loads).filter(({ scope }) => scope !== 'one').length);
  const heads = findings.map(({ headroom }) => headroom);
  expect([...heads].sort((a, b) => a - b)).toEqual(heads);
});

it('a key of a site is never hotter than the same key for the whole group would be', () => {
  const { hour } = simulate(small, measured);
  for (const { shape, writes } of hour.keys) {
    expect(writes).toBeLessThanOrEqual((hour.tables[shape.table]?.writes ?? 0) * (shape.index ? 4 : 1) + 1e-9);
  }
});

it('counters grow with sites and days alone, whatever happens', () => {
  const busy = { ...small, contactsPerDay: 4_000_000 };
  expect(month(busy, measured).all.counterBytes).toBe(month(small, measured).all.counterBytes);
  expect(month(busy, measured).all.rowBytes).toBeGreaterThan(month(small, measured).all.rowBytes);
});

it('work that comes at once is held up by its slowest stage', () => {
  for (const { many, hours, stages } of simulate(small, measured).waves) {
    for (const stage of stages) {
      expect(stage.headroom).toBeGreaterThanOrEqual(stages[0]?.headroom ?? 0);
      expect(stage.hours).toBeCloseTo(many / stage.perSecond / 3600, 9);
      expect(stage.headroom).toBeCloseTo(hours / stage.hours, 6);
    }
  }
});
