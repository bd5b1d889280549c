import { expect } from 'vitest';
import { nextWakeAt, refold } from '../../shared/journal/aggregate.ts';
import { fresh } from './keys.ts';
import { allCases, type Case } from './tables.ts';
import type { World } from './world.ts';

/** As tables keep it: what is undefined isn't there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The laws of every case: its head is the fold of its journal, and it owes something exactly while it isn't finished. */
const expectLawful = ({ type, id, head, events }: Case): void => {
  expect(head, `${id} has a head`).toBeDefined();
  expect(
    events.map(({ version }) => version),
    `${id}: the journal has no gaps`,
  ).toEqual(events.map((_, i) => i + 1));
  expect(head.v, `${id}: the head is as new as the journal`).toBe(events.length);
  const state = refold(type, events);
  expect(plain(head.state), `${id}: the head is the fold of the journal`).toEqual(plain(state));
  const { owed } = head.state;
  expect(owed.length > 0, `${id} (${head.state.status}) owes something while it isn't finished`).toBe(
    !type.finished(head.state),
  );
  expect(head.wakeAt, `${id} stands in the due index for its next wake-up`).toBe(nextWakeAt(type, head.state));
  const rungs = events
    .filter(({ name }) => /\.(reminded|missed|escalated)$/.test(name))
    .map(({ data }) => JSON.stringify(data));
  expect(new Set(rungs).size, `${id}: each rung once`).toBe(rungs.length);
};

/** Recomputes every figure from the journals; gives back how many differ. */
export const rebuildDifferences = async ({ cloud, as }: World): Promise<unknown> => {
  const quality = await as('quality-manager');
  const { id } = await quality.post('/figures/rebuild', {}, fresh('rebuild'));
  await cloud.clock.settle();
  const { status, differences, examples } = await quality.get(`/figures/rebuild/${id}`);
  expect(status, 'the rebuild has ended').toBe('done');
  return differences === 0 ? 0 : examples;
};

/**
 * Whatever a journey did: nothing is lost or refused behind the scenes, every case keeps the laws, figures agree.
 * @param killed queues of the messages it let die on purpose, so that something else had to pick up what they were about
 */
export const expectSound = async (world: World, killed: readonly string[] = []): Promise<void> => {
  await world.settle();
  const { cloud } = world;
  expect(cloud.denials(), 'what IAM refused').toEqual([]);
  expect(cloud.dropped(), 'what got lost').toEqual([]);
  const dead = cloud.deadLetters().filter(({ queue }) => !killed.some((one) => queue.startsWith(one)));
  expect(dead, 'what nobody could handle').toEqual([]);
  for (const one of await allCases(cloud)) expectLawful(one);
  expect(await rebuildDifferences(world), 'figures that differ from the journals').toBe(0);
};
