import { duePartition } from '../../shared/journal/layout.ts';
import type { KeyUse } from '../bench/keys.ts';
import type { Load } from '../bench/measuring.ts';
import type { LoadName } from './measured.ts';

/** How many share a partition key: all of the group, all of a site, or only what it is the key of. */
export type Scope = 'group' | 'site' | 'one';
export const scopeOf = (key: string): Scope => {
  if (key.includes('{id}') || key === '(scan)') return 'one';
  return key.includes('{site}') ? 'site' : 'group';
};

/** One partition key of the due index as the code makes it with so many partitions; all of them together are the load. */
export const DUE_SHAPE = duePartition('', 1);

/** What is used of one shape of partition keys by each load. */
export interface Shape {
  table: string;
  index: string | undefined;
  key: string;
  scope: Scope;
  of: Partial<Record<LoadName, KeyUse>>;
}

/** Every shape that any load uses. */
export const shapesOf = (loads: Record<LoadName, Load>): Shape[] => {
  const shapes = new Map<string, Shape>();
  for (const [name, { keys }] of Object.entries(loads) as [LoadName, Load][]) {
    for (const use of keys) {
      const id = `${use.table} ${use.index ?? ''} ${use.key}`;
      const shape = shapes.get(id) ?? {
        table: use.table,
        index: use.index,
        key: use.key,
        scope: scopeOf(use.key),
        of: {},
      };
      shape.of[name] = use;
      shapes.set(id, shape);
    }
  }
  return [...shapes.values()];
};

/** What each load uses of a shape, in a field, in the order of `names`. */
export const unitsOf = (shape: Shape, names: readonly LoadName[], field: 'readUnits' | 'writeUnits'): number[] =>
  names.map((name) => shape.of[name]?.[field] ?? 0);

/** A key in words: `reporting {site}#days`, `billing/due due#0`. */
export const nameOf = ({ table, index, key }: Pick<Shape, 'table' | 'index' | 'key'>): string =>
  `${index ? `${table}/${index}` : table} \`${key}\``;
