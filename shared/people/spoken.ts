import type { Directory } from '../directory/units.ts';
import { invalid, Refusal } from '../domain/refusal.ts';
import type { Instant } from '../time/clock.ts';
import { type Actor, holders } from './access.ts';
import type { Role } from './positions.ts';

/** Somebody who accepted by word of mouth, and what they head at the site today. */
export interface Spoken {
  staff: string;
  heads: readonly string[];
}

/** Who is said to have spoken, as the registry knows them; `undefined` where nobody is named. */
export const spokenBy = async (
  registry: Directory,
  site: string,
  staff: string | undefined,
  at: Instant,
): Promise<Spoken | undefined> => {
  if (staff === undefined) return undefined;
  const heads = await holders(registry, site, { role: 'department-head' }, at);
  return { staff, heads: heads.flatMap((head) => (head.staff === staff ? (head.department ?? []) : [])) };
};

/** Who records for others (代录): the desk and those above it; a head speaks for nobody but their own department. */
const RECORDS: readonly Role[] = ['agent', 'supervisor', 'centre-manager'];

export const recordsFor = ({ roles }: Pick<Actor, 'roles'>): boolean => roles.some((role) => RECORDS.includes(role));

/** Why a department's work isn't somebody's: another's, or, of what the desk records, that it says whose word it was. */
export const notTheirs = (actor: Pick<Actor, 'roles'>, department: string, records = false): Refusal =>
  records && recordsFor(actor)
    ? new Refusal('forbidden', 'department.spoken-by')
    : new Refusal('forbidden', 'department.other', { department });

/** Why a word can't be recorded as that of a department's head. */
export const notSpoken = (actor: Actor, { heads }: Spoken, department: string): Refusal | undefined => {
  if (!recordsFor(actor)) return notTheirs(actor, department);
  return heads.includes(department)
    ? undefined
    : invalid({ field: 'body.spokenBy', rule: 'field.head-of-department', details: { department } });
};
