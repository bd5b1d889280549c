import type * as z from 'zod';

/** The parts of zod's own definition of a schema that tests go through. */
export type Def = Record<string, unknown> & {
  type: string;
  checks?: { _zod: { def: { error?: (issue: unknown) => unknown } } }[];
};
export const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;

const within = (schema: z.ZodType): z.ZodType[] => {
  const def = defOf(schema);
  const parts = [def.innerType, def.element, def.in, def.out, def.keyType, def.valueType, def.left, def.right];
  const lists = [def.options, def.items].flatMap((list) => (Array.isArray(list) ? list : []));
  const shape = def.type === 'object' ? Object.values(def.shape as Record<string, z.ZodType>) : [];
  const lazy = def.type === 'lazy' ? [(def.getter as () => z.ZodType)()] : [];
  return [...parts, ...lists, ...shape, ...lazy].filter((one): one is z.ZodType => one !== undefined && one !== null);
};

/** A schema and every schema it is made of. */
export const allWithin = (schema: z.ZodType, seen = new Set<z.ZodType>()): Set<z.ZodType> => {
  if (!seen.has(schema)) {
    seen.add(schema);
    for (const one of within(schema)) allWithin(one, seen);
  }
  return seen;
};
