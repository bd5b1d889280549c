import fc from 'fast-check';
import type { TableDef } from '../../../shared/aws/table.ts';
import type { Item } from '../../../shared/memory-tables/items.ts';

/** Draws one of what there is to choose from. */
export type Draw = <T>(...from: readonly T[]) => T;

/** Ends of keys, some the beginnings of others; in UTF-16 `～` comes after `😀`, in UTF-8 before. */
const ENDS = ['a', 'a#', 'a#1', 'a#10', 'b', '前', '～', '😀', '~'];
const NUMBERS = [-1, 0, 0.5, 2, 10, 1_000_000_000_000];
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  S: ['', 'x', 'y', '回音', 'x#'],
  // Large, but with room for a tenth besides in the fifteen digits that a number here holds.
  N: [-1, 0, 0.1, 0.2, 3, 4_503_599_627_370],
  BOOL: [true, false],
  NULL: [null],
  L: [[], [1, 'x'], ['x', undefined]],
  M: [{}, { n: 1, text: { x: null } }, { gone: undefined }],
  B: [Uint8Array.from([]), Uint8Array.from([1, 255])],
  '-': [undefined],
};
/** Attributes that are no key: what expressions may name as it is, and what they may not. */
export const PLAIN = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'];
export const STRANGE = ['name', 'a.b', 'size', '名', 'text', 'x y', 'list of', '#'];

/** Everything of one case has its own partitions, so that nothing need be cleared away. */
export const valuesOf = (draw: Draw, space: string, { indexes }: TableDef) => {
  const ranges = new Map(indexes.flatMap(({ range }) => (range ? [[range.name, range.type] as const] : [])));
  const hashes = new Set(indexes.map(({ hash }) => hash));
  const partitions = [`${space}·1`, `${space}·2`];
  const pk = () => draw(...partitions);
  const isKey = (name: string) => name === 'pk' || name === 'sk' || hashes.has(name) || ranges.has(name);
  /** A value for a key, mostly one that may be one. */
  const keyValue = (name: string): unknown => {
    if (draw(...Array<number>(19).fill(0), 1) === 1) return draw<unknown>('', 5, 'x');
    if (name === 'pk') return pk();
    if (hashes.has(name)) return `${space}·${name}${draw('1', '2')}`;
    return ranges.get(name) === 'N' ? draw(...NUMBERS) : draw(...ENDS);
  };
  const value = (type: string): unknown => {
    const from = VALUES[type];
    if (!from) throw new Error(`no values of type ${type}`);
    return draw(...from);
  };
  const key = () => ({ pk: pk(), sk: draw(...ENDS) });
  return {
    partitions,
    key,
    isKey,
    keyValue,
    value,
    /** An item with some of the attributes, mostly of the types that the case compares them with. */
    item: (types: ReadonlyMap<string, string>): Item => {
      const item: Item = key();
      for (const name of [...hashes, ...ranges.keys()]) if (draw(true, true, false)) item[name] = keyValue(name);
      for (const name of [...PLAIN, ...STRANGE]) {
        const type = types.get(name);
        if (draw(true, type !== undefined))
          item[name] = value(draw(type ?? 'S', type ?? 'M', draw('S', 'N', 'L', 'B', 'NULL', 'BOOL', 'M')));
      }
      return item;
    },
  };
};
export type Values = ReturnType<typeof valuesOf>;

/** Draws that a seed gives, a hundred times as fast as fast-check's own (mulberry32, by Tommy Ettinger, in the public domain). */
const drawsOf = (seed: number): Draw => {
  let state = seed;
  return (...from) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from[((mixed ^ (mixed >>> 14)) >>> 0) % from.length] as (typeof from)[number];
  };
};

/** A law over draws, as often as it says. */
export const drawing = (law: (draw: Draw, run: string) => Promise<void>, often: number): Promise<void> => {
  let run = 0;
  const property = fc.asyncProperty(fc.nat(), (seed) => law(drawsOf(seed), `${run++}`));
  // A smaller seed is no smaller case.
  return fc.assert(property, { numRuns: often, endOnFailure: true });
};
