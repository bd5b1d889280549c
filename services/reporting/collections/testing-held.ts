import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Collection } from './store.ts';

setFlagsFromString('--expose_gc');
const collectGarbage: () => void = runInNewContext('gc');

/**
 * A collection whose cells come page after page, and how many of all that it answered were still held at once.
 * @param every garbage is collected, and what is left counted, once in so many pages
 */
export const watched = (collection: Collection, every: number) => {
  let refs: WeakRef<object>[] = [];
  const counts = { held: 0, read: 0, pages: 0 };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done;
    return done;
  };
  const noted = async <C extends object>(page: C[]): Promise<C[]> => {
    counts.read += page.length;
    refs.push(...page.map((cell) => new WeakRef<object>(cell)));
    // Whoever got the page before has folded it by now.
    await setImmediate();
    if (++counts.pages % every === 0) {
      collectGarbage();
      refs = refs.filter((ref) => ref.deref() !== undefined);
      counts.held = Math.max(counts.held, refs.length);
    }
    return page;
  };
  const cells: Collection['cells'] = (...of) => inTurn(async () => noted(await collection.cells(...of)));
  async function* pages(...of: Parameters<Collection['pages']>) {
    for await (const page of collection.pages(...of)) yield await inTurn(() => noted(page));
  }
  return { counts, collection: { ...collection, cells, pages } };
};
