import { expect } from 'vitest';
import { START, startWorld, type World, worldData } from './world.ts';

/** A world that can be off for days. */
export interface Lasting {
  /** As it is since it came back last. */
  readonly world: World;
  /**
   * Nothing runs, and every execution is lost; then everything is there again, at a later moment (ms). Where nothing falls
   * due meanwhile these are quiet days that cost a test nothing; where something does, they are an outage.
   */
  offUntil(moment: number): Promise<World>;
  stop(): Promise<void>;
}

export const startLasting = async (start = START): Promise<Lasting> => {
  const data = worldData();
  let world: World;
  try {
    world = await startWorld({ data, start });
  } catch (error) {
    data.remove();
    throw error;
  }
  return {
    get world() {
      return world;
    },
    async offUntil(moment) {
      await world.settle();
      const { cloud } = world;
      expect([cloud.denials(), cloud.dropped(), cloud.deadLetters()], 'nothing is lost or refused').toEqual([
        [],
        [],
        [],
      ]);
      await world.stop();
      world = await startWorld({ data, start: moment });
      return world;
    },
    async stop() {
      await world.stop();
      data.remove();
    },
  };
};
