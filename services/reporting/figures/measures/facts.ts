import { isDeepStrictEqual } from 'node:util';

/**
 * What is known of a case, gathered from the journals of several tables whose events arrive in any order, late or
 * twice. A few facts are projected of each event; facts are merged by functions that are commutative, associative and
 * idempotent, so that the same events give the same facts however they come.
 */
export type Facts = Record<string, unknown>;

export type Join<T> = (a: T, b: T) => T;
/** How two values of each fact become one. */
export type Lattice<F> = { [K in keyof F]-?: Join<Exclude<F[K], undefined>> };

/** The smaller: the earlier moment, or of what never differs, either. */
export const earliest = <T extends number | string>(a: T, b: T): T => (b < a ? b : a);
/** The later moment. */
export const latest: Join<number> = (a, b) => Math.max(a, b);
/** It happened, once it has happened anywhere. */
export const happened: Join<true> = () => true;
/** Entries under keys of their own (an event's version, a complaint's id), so that each is merged once. */
export const byKey = <T>(a: Record<string, T>, b: Record<string, T>): Record<string, T> => ({ ...b, ...a });
/** At most `n` keys, those with the earliest moments; what it drops could never count again. */
export const earliestOf =
  (n: number): Join<Record<string, number>> =>
  (a, b) => {
    const all = { ...a };
    for (const [key, moment] of Object.entries(b)) all[key] = Math.min(all[key] ?? moment, moment);
    const sorted = Object.entries(all).sort(([k, x], [l, y]) => x - y || (k < l ? -1 : 1));
    return Object.fromEntries(sorted.slice(0, n));
  };

/** What one event says of the newest kind, under its version: the later one counts. */
export const newer = <T extends { version: number }>(a: T, b: T): T => (b.version > a.version ? b : a);

/** Facts without those that an event doesn't tell. */
export const told = <F extends object>(facts: F): F =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as F;

export const joinFacts = <F extends object>(lattice: Lattice<F>, a: F, b: F): F => {
  const joined = { ...a } as Record<string, unknown>;
  for (const [name, value] of Object.entries(b)) {
    if (value === undefined) continue;
    const join = lattice[name as keyof F] as Join<unknown>;
    joined[name] = joined[name] === undefined ? value : join(joined[name], value);
  }
  return joined as F;
};

export const sameFacts = (a: object, b: object): boolean => isDeepStrictEqual(a, b);
