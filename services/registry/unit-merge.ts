import type { Moved, Unit, UnitLink } from './unit-state.ts';

type Merged = Readonly<Record<string, Moved>>;

/** Whoever pays already goes on under the account there is, also where that is one of a party merged into them. */
export const accountOf = ({ payers, merged }: Unit, party: string): string => {
  const last = payers.at(-1)?.party;
  return last !== undefined && merged?.[last]?.into === party ? last : party;
};

/** Of two links the one that pays, or the first; the relation is the stronger. */
const joined = (party: string, own: UnitLink | undefined, link: UnitLink | undefined): UnitLink | undefined => {
  const both = [own, link].flatMap((one) => one ?? []);
  const base = both.find(({ payer }) => payer) ?? both[0];
  if (!base) return undefined;
  const owner = both.some(({ relation }) => relation === 'owner');
  return { ...base, party, relation: owner ? 'owner' : base.relation };
};

const inside = (merged: Merged, party: string) => Object.entries(merged).filter(([, { parent }]) => parent === party);

/** What somebody is to the unit with all that went into them. @param own without any */
const linkOf = (merged: Merged, party: string, own: UnitLink | undefined): UnitLink | undefined => {
  const all = inside(merged, party);
  return all.reduce(
    (link, [id, one]) => joined(party, link, linkOf(merged, id, one.link)),
    all[0] ? all[0][1].own : own,
  );
};

/** One party in the place of another. Who pays stays as it was, account by account. */
export const moved = (state: Unit, { party, into }: { party: string; into: string }): Unit => {
  const [link, own] = [party, into].map((id) => state.parties.find((one) => one.party === id));
  if (!link) return state;
  const merged = Object.entries(state.merged ?? {}).map(
    ([id, one]) => [id, one.into === party ? { ...one, into } : one] as const,
  );
  return {
    ...state,
    parties: [
      ...state.parties.filter((one) => one !== link && one !== own),
      ...(joined(into, own, link) ? [joined(into, own, link) as UnitLink] : []),
    ],
    merged: { ...Object.fromEntries(merged), [party]: { into, parent: into, link, ...(own ? { own } : {}) } },
  };
};

/** Of some parties, those with whom a unit came to somebody. */
export const cameWith = (
  state: Pick<Unit, 'merged'> | undefined,
  { from, parties }: { from: string; parties: readonly string[] },
): string[] =>
  Object.keys(state?.merged ?? {}).filter((id) => parties.includes(id) && state?.merged?.[id]?.into === from);

/** Somebody no longer is a part of who they went into; what that one was of its own stays known. */
const without = (merged: Merged, id: string): { rest: Record<string, Moved>; own: UnitLink | undefined } => {
  const { [id]: gone, ...others } = merged;
  const rest: Record<string, Moved> = others;
  const parent = gone?.parent ?? '';
  const [first, next] = inside(merged, parent);
  const own = first?.[1].own;
  const above = rest[parent];
  if (next && first?.[0] === id) rest[next[0]] = { ...next[1], own };
  else if (!next && above) rest[parent] = { ...above, link: own };
  return { rest, own };
};

/**
 * The inverse of `moved`: each is to the unit what they were, and whoever's account the timeline ends with pays, since the day
 * that is known by now. Where the link was ended since, nobody gets it back.
 * @param of who comes back from whom, with those merged into it
 */
export const parted = (state: Unit, of: { party: string; from: string; parties: readonly string[] }): Unit => {
  const { party, from } = of;
  const back = cameWith(state, of);
  const before = state.merged ?? {};
  const roots = back
    .filter((id) => !back.includes(before[id]?.parent ?? ''))
    .sort((a, b) => Number(b === party) - Number(a === party));
  let merged: Merged = before;
  let left = state.parties.find((one) => one.party === from);
  let theirs: UnitLink | undefined;
  for (const id of roots) {
    const { rest, own } = without(merged, id);
    if (before[id]?.parent === from) left = own;
    const { link } = before[id] as Moved;
    if (id === party) theirs = link;
    else rest[id] = { into: party, parent: party, link, ...(inside(rest, party).length === 0 ? { own: theirs } : {}) };
    merged = rest;
  }
  merged = Object.fromEntries(
    Object.entries(merged).map(([id, one]) => [id, back.includes(id) ? { ...one, into: party } : one]),
  );
  const now = state.parties.find((one) => one.party === from);
  if (!now) return { ...state, merged };
  const pays = now.payer && of.parties.includes(state.payers.at(-1)?.party ?? '');
  const told = (link: UnitLink | undefined, payer: boolean): UnitLink[] =>
    link ? [{ ...link, payer, ...(payer && now.since !== undefined ? { since: now.since } : {}) }] : [];
  return {
    ...state,
    parties: [
      ...state.parties.filter((one) => one !== now && one.party !== party),
      ...told(linkOf(merged, from, left), now.payer && !pays),
      ...told(linkOf(merged, party, theirs), pays),
    ],
    merged,
  };
};
