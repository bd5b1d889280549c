import type { Kept } from '../kept.ts';

/** What services keep, as long as somebody holds this. */
export const keptInMemory = (): Kept => {
  const kinds = new Map<string, Map<string, string>>();
  const of = (kind: string) => {
    const known = kinds.get(kind) ?? new Map<string, string>();
    kinds.set(kind, known);
    return known;
  };
  return {
    put: (kind, key, value) => void of(kind).set(key, JSON.stringify(value)),
    drop: (kind, key) => void of(kind).delete(key),
    all: (kind) => [...of(kind)].map(([key, value]) => ({ key, value: JSON.parse(value) })),
    close: () => undefined,
  };
};
