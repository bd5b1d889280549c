import { setTimeout as sleep } from 'node:timers/promises';
import { localDay } from '../../shared/time/clock.ts';
import { benchCloud, SITE, settledContact } from './group.ts';
import { quantile } from './numbers.ts';

/** Goal for the 99th percentile, ms. */
export const GOAL_P99_MS = 2000;
const COMMANDS = 150;
const WARM = 10;
/** Light load: a command begins this long after the last one was counted. */
const PAUSE_MS = 40;
const POLL_MS = 4;

/** From sending a command until the API's figures count it, with the clock at wall speed. */
export const measureLatency = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, { speed: 1 });
  try {
    const day = localDay(cloud.clock.now(), 'Asia/Shanghai');
    const counted = async (): Promise<number> => {
      const { periods } = await desk.director.get(`/sites/${SITE}/figures?from=${day}&to=${day}&by=day`);
      return periods[0]?.figures.Q1.due ?? 0;
    };
    const took: number[] = [];
    for (let n = 0; n < WARM + COMMANDS; n++) {
      const from = performance.now();
      await settledContact(desk, `latency-${n}`);
      while ((await counted()) <= n) await sleep(POLL_MS);
      if (n >= WARM) took.push(performance.now() - from);
      await sleep(PAUSE_MS);
    }
    return { commands: COMMANDS, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99), maxMs: Math.max(...took) };
  } finally {
    await cloud.stop();
  }
};
