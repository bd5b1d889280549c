import { isDeepStrictEqual } from 'node:util';
import type { RowFault } from '../events.ts';
import type { Importer, ReadRow } from './importer.ts';

type Said = Record<string, unknown>;

/** Rows of one key: where they say otherwise of one thing nobody can tell which is right, and all are bad. */
const ofOneKey = ([first, ...others]: readonly ReadRow<object>[], keyed: readonly string[]): RowFault[] => {
  if (!first) return [];
  const differing = (a: object, b: object) =>
    Object.keys({ ...a, ...b }).filter(
      (field) => !keyed.includes(field) && !isDeepStrictEqual((a as Said)[field], (b as Said)[field]),
    );
  const against = others.find(({ value }) => differing(first.value, value).length > 0);
  if (!against)
    return others.map(({ line }) => ({ line, field: 'row', rule: 'import.duplicate', details: { line: first.line } }));
  return [first, ...others].flatMap(({ line, value }) => {
    const other = differing(first.value, value).length > 0 ? first : against;
    return differing(other.value, value).map((field) => ({
      line,
      field,
      rule: 'import.contradicts',
      details: { line: other.line },
    }));
  });
};

/**
 * Rows of a file that say the same twice, of which the first stands; that contradict each other, of which none does; or that
 * disagree about who somebody is.
 */
export const withinFile = (importer: Importer<object>, rows: readonly ReadRow<object>[]): RowFault[] => {
  const repeated = [...Map.groupBy(rows, ({ value }) => importer.key(value)).values()].flatMap((all) =>
    ofOneKey(all, importer.keyed),
  );
  const isRepeated = new Set(repeated.map(({ line }) => line));
  const said = new Map<string, { line: number; says: Said }>();
  const disagreeing = rows.flatMap(({ line, value }): RowFault[] => {
    const about = isRepeated.has(line) ? undefined : importer.about?.(value);
    if (!about) return [];
    const says = about.says as Said;
    for (const thing of about.things) {
      const first = said.get(thing);
      const field = first && Object.keys(says).find((one) => !isDeepStrictEqual(first.says[one], says[one]));
      if (field) return [{ line, field, rule: 'import.differs', details: { line: first.line } }];
    }
    for (const thing of about.things) said.set(thing, said.get(thing) ?? { line, says });
    return [];
  });
  return [...repeated, ...disagreeing];
};
