import { expect } from 'vitest';
import { type Counts, countByHand } from './by-hand.ts';
import { COUNTED } from './counted.ts';
import { allCases } from './tables.ts';
import type { World } from './world.ts';

const ZONES = { lakeside: 'Asia/Shanghai', westgate: 'America/New_York' };

/** Q1–Q6 of both sites as the API tells them, by day. */
const told = async ({ lakeside, westgate }: World): Promise<Counts> => {
  const counts: Counts = {};
  for (const site of [lakeside, westgate]) {
    const { periods } = await site.get('figures?from=2026-02-20&to=2026-12-31&by=day');
    for (const { period, figures } of periods) {
      for (const id of COUNTED) {
        const { due, met, missed, running, excluded } = figures[id];
        expect(due, `${id} of ${period}: what is due`).toBe(met + missed + running);
        if (due + excluded > 0) counts[`${site.site} ${id} ${period}`] = { met, missed, running, excluded };
      }
    }
  }
  return counts;
};

/** Figures are what anybody counts from the journals by hand. */
export const expectCountedByHand = async (world: World): Promise<Counts> => {
  const byHand = countByHand(await allCases(world.cloud), ZONES);
  expect(await told(world)).toEqual(byHand);
  return byHand;
};
