import { getAll } from '../../shared/aws/many.ts';
import type { Directory } from '../../shared/directory/units.ts';
import { isSystem, type PersonalRef } from '../../shared/domain/events.ts';
import { reachKey } from '../../shared/people/access.ts';
import type { PersonalReader } from '../../shared/people/personal.ts';
import type { Said } from './notice.ts';

/** What colleagues are called, by id; who has no name any more isn't in it. */
export type Names = ReadonlyMap<string, string>;
export type NamesOf = (staff: readonly string[]) => Promise<Names>;

/** Whom it names: who did it or asks for it, and whom it is about where that is a member of staff. */
export const namedIn = ({ type, about, by }: Pick<Said, 'type' | 'about' | 'by'>): string[] => [
  ...(type === 'staff' ? [about] : []),
  ...(by === undefined || isSystem(by) ? [] : [by]),
];

/** Names of staff, who are of no one site. */
export const namesIn =
  ({ doc, registry, personal }: Directory & { personal: PersonalReader }): NamesOf =>
  async (staff) => {
    if (staff.length === 0) return new Map();
    const items = await getAll({ doc, table: registry }, [...new Set(staff)].map(reachKey));
    const refs = items.map(({ pk, name }) => [pk.slice(reachKey('').pk.length), name as PersonalRef] as const);
    const texts = await personal.read(
      '*',
      refs.map(([, name]) => name),
    );
    return new Map(refs.flatMap(([id, { ref }]) => (texts.has(ref) ? [[id, texts.get(ref) as string]] : [])));
  };
