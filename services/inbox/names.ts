import { getAll } from '../../shared/aws/many.ts';
import { type Directory, unitsById } from '../../shared/directory/units.ts';
import { isSystem, type PersonalRef } from '../../shared/domain/events.ts';
import { reachKey } from '../../shared/people/access.ts';
import type { PersonalReader } from '../../shared/people/personal.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { writePlace } from '../../shared/values/place.ts';
import type { Said } from './notice.ts';

/** What colleagues are called and where units are, by id; what has no name any more isn't in it. */
export type Names = ReadonlyMap<string, string>;
type Naming = Pick<Said, 'site' | 'by' | 'unit'> & Partial<Pick<Said, 'type' | 'about'>>;
export type NamesOf = (said: readonly Naming[]) => Promise<Names>;

/** Whom it names: who did it or asks for it, and whom it is about where that is a member of staff. */
const staffIn = ({ type, about, by }: Naming): string[] => [
  ...(type === 'staff' && about !== undefined ? [about] : []),
  ...(by === undefined || isSystem(by) ? [] : [by]),
];

interface Reads extends Directory {
  personal: PersonalReader;
  policies: Pick<Policies, 'site'>;
}

/** Names of staff, who are of no one site. */
const staffNames = async ({ doc, registry, personal }: Reads, staff: readonly string[]) => {
  if (staff.length === 0) return [];
  const items = await getAll({ doc, table: registry }, [...new Set(staff)].map(reachKey));
  const refs = items.map(({ pk, name }) => [pk.slice(reachKey('').pk.length), name as PersonalRef] as const);
  const texts = await personal.read(
    '*',
    refs.map(([, name]) => name),
  );
  return refs.flatMap(([id, { ref }]) => (texts.has(ref) ? [[id, texts.get(ref) as string] as const] : []));
};

/** Units as their site writes them. */
const places = async (reads: Reads, site: string, said: readonly Naming[]) => {
  const ids = [...new Set(said.flatMap(({ unit }) => unit ?? []))];
  if (ids.length === 0) return [];
  const [{ placeFormat }, found] = await Promise.all([reads.policies.site(site), unitsById(reads, site, ids)]);
  return [...found].map(([id, unit]) => [id, writePlace(unit, placeFormat)] as const);
};

export const namesIn =
  (reads: Reads): NamesOf =>
  async (said) => {
    const all = await Promise.all([
      staffNames(reads, said.flatMap(staffIn)),
      ...[...Map.groupBy(said, ({ site }) => site)].map(([site, some]) => places(reads, site, some)),
    ]);
    return new Map(all.flat());
  };
