import type { Item } from '../support/tables.ts';

/** A version of a site's policy, as the registry's journal tells of it. */
interface Version {
  version: number;
  effective: number;
  /** When it was published. */
  since: number;
  values: Record<string, number>;
}

/** Every version of each site's policy that a registry's journals tell of, oldest first. */
export const policiesAmong = (items: readonly Item[]): ReadonlyMap<string, readonly Version[]> => {
  const bySite = new Map<string, Version[]>();
  for (const { sk, site, at, data } of items) {
    const { policies } = (data ?? {}) as { policies?: Omit<Version, 'since'>[] };
    if (!sk.startsWith('e#') || !Array.isArray(policies)) continue;
    const known = bySite.get(String(site)) ?? [];
    known.push(...policies.map((one) => ({ ...one, since: Number(at) })));
    bySite.set(String(site), known);
  }
  for (const versions of bySite.values()) versions.sort((a, b) => a.version - b.version);
  return bySite;
};

/** Who decides may know a site's policy from so long ago, ms. */
const KNOWN_FROM = 61_000;

/** Which versions may have been taken for the one in force at an instant: what holds then, and what held for who hadn't heard yet. */
export const inForceAt = (versions: readonly Version[], at: number): readonly (number | undefined)[] => {
  const begun = versions.filter(({ effective }) => effective <= at);
  return [begun.at(-1), begun.findLast(({ since }) => since <= at - KNOWN_FROM)].map((one) => one?.version);
};
