import { isSystem } from '../domain/events.ts';
import { PREFIX } from '../domain/ids.ts';

/** What ids are named of: each a part of an answer's `names`. */
export type NamedKind = 'staff' | 'parties' | 'units' | 'departments' | 'sites';

/** An id that stands in an answer without its name. */
export interface IdInAnswer {
  kind: NamedKind;
  id: string;
  /** Whose it is; none of staff, or where the answer doesn't say. */
  site: string | undefined;
  /** Which department has what it stands on. */
  department: string | undefined;
}

const KINDS: Readonly<Record<string, NamedKind>> = {
  [PREFIX.staff]: 'staff',
  [PREFIX.party]: 'parties',
  [PREFIX.unit]: 'units',
};
/** Whose name stands beside them in the same object already. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  name: ['id', 'party', 'staff', 'site'],
  place: ['id', 'unit'],
};
const DEPARTMENTS = /^(departments?|acceptor)$|Department$/;

const kindOf = (text: string, field: string): NamedKind | undefined => {
  if (isSystem(text)) return 'staff';
  if (DEPARTMENTS.test(field)) return 'departments';
  return field === 'site' ? 'sites' : KINDS[/^([a-z]{3})_/.exec(text)?.[1] ?? ''];
};

/** Every id in an answer that something is called by, and of which site; those whose name stands beside them are left out. */
export const idsIn = (answer: unknown, site: string | undefined): IdInAnswer[] => {
  const found: IdInAnswer[] = [];
  const walk = (value: unknown, field: string, around: Pick<IdInAnswer, 'site' | 'department'>): void => {
    if (typeof value === 'string') {
      const kind = kindOf(value, field);
      // Where one asked for a site, it need not be said which.
      if (kind && !(kind === 'sites' && value === site)) found.push({ kind, id: value, ...around });
    } else if (Array.isArray(value)) for (const one of value) walk(one, field, around);
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>;
      const text = (name: string, otherwise: string | undefined) =>
        typeof fields[name] === 'string' ? (fields[name] as string) : otherwise;
      const within = { site: text('site', around.site), department: text('department', around.department) };
      const named = Object.entries(NAMED_BY).flatMap(([by, ids]) => (typeof fields[by] === 'string' ? ids : []));
      for (const [name, one] of Object.entries(fields)) if (!named.includes(name)) walk(one, name, within);
    }
  };
  walk(answer, '', { site, department: undefined });
  return found;
};
