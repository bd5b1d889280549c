import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO, loadDemo } from '../../local/demo/demo.ts';
import { setUp } from '../../local/demo/group.ts';
import { startCloudOf, type World, worldOf } from './world.ts';

/** Monday 30 November 2026, 10:00 at lakeside. */
const MORNING = Date.UTC(2026, 10, 30, 2);

/** The demo group as `npm start` leaves it: three sites, owners, a morning at the desk, a month's bills at lakeside. */
export const startDemo = async (): Promise<World> => {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-demo-'));
  const cloud = await startCloudOf(MORNING);
  const stop = async () => {
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await loadDemo(cloud, data, () => {});
    const world = worldOf(cloud, await setUp(cloud, DEMO));
    await cloud.clock.settle();
    return { ...world, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
