import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import type { Item } from '../support/tables.ts';

/** A version of a site's policy, as the registry's journal tells of it. */
interface Version {
  version: number;
  effective: number;
  /** When it was published. */
  since: number;
  values: Record<string, number>;
}

/** What holds where nothing was published. */
const DEFAULTS: Version = { version: 0, effective: 0, since: 0, values: DEFAULT_POLICY };

/** Every version of a site's policy that a registry's journals tell of, oldest first; before all the defaults. */
export const policiesAmong = (items: readonly Item[]): ((site: string) => readonly Version[]) => {
  const bySite = new Map<string, Version[]>();
  for (const { sk, site, at, data } of items) {
    const { policies } = (data ?? {}) as { policies?: Omit<Version, 'since'>[] };
    if (!sk.startsWith('e#') || !Array.isArray(policies)) continue;
    const known = bySite.get(String(site)) ?? [DEFAULTS];
    known.push(...policies.map((one) => ({ ...one, since: Number(at) })));
    bySite.set(String(site), known);
  }
  for (const versions of bySite.values()) versions.sort((a, b) => a.version - b.version);
  return (site) => bySite.get(site) ?? [DEFAULTS];
};

/** Who decides may know a site's policy from so long ago, ms. */
const KNOWN_FROM = 61_000;

/** Which versions may have been taken for the one in force at an instant: what holds then, and what held for who hadn't heard yet. */
export const inForceAt = (versions: readonly Version[], at: number): readonly number[] => {
  const begun = versions.filter(({ effective }) => effective <= at);
  return [begun.at(-1), begun.findLast(({ since }) => since <= at - KNOWN_FROM)].flatMap((one) => one?.version ?? []);
};
