import { expect, test } from 'vitest';
import { inParallel } from './many.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

test('results come in the order of the items, so many at once', async () => {
  let [now, most] = [0, 0];
  const doubled = await inParallel([1, 2, 3, 4, 5], 2, async (n) => {
    most = Math.max(most, ++now);
    await soon();
    now -= 1;
    return 2 * n;
  });
  expect([doubled, most]).toEqual([[2, 4, 6, 8, 10], 2]);
});

test('after a failure nothing more is begun, and what was begun has ended when it is told', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = async (n: number) => {
    begun.push(n);
    if (n === 1) throw new Error('one');
    for (let i = 0; i < 3; i++) await soon();
    ended.push(n);
  };
  await expect(inParallel([0, 1, 2, 3, 4], 3, work)).rejects.toThrow('one');
  expect([begun, ended]).toEqual([
    [0, 1, 2],
    [0, 2],
  ]);
});
