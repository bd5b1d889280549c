import { idPattern } from '../domain/ids.ts';

/** What ids are named of: each a part of an answer's `names`. */
export type NamedKind = 'staff' | 'parties' | 'units' | 'departments' | 'sites' | 'fees';

/** An id that stands in an answer without its name. */
export interface IdInAnswer {
  kind: NamedKind;
  id: string;
  /** Whose it is; none of staff, or where the answer doesn't say. */
  site: string | undefined;
  /** Which department has what it stands on: the outermost that is named, for a history names those that had it before. */
  department: string | undefined;
}

/**
 * In which fields ids stand, and what they look like. Whatever else a text says, it is somebody's words: an id that one wrote into
 * them names nobody, for they might ask for whom they are kept from.
 */
const STANDS: readonly [NamedKind, fields: RegExp, ids: RegExp][] = [
  ['staff', /^(by|staff|about|accused|proxyFor|for|id|key)$|By$/, /^(stf_[0-9a-z-]{1,60}|system:[a-z-]{1,40})$/],
  ['parties', /^(party|parties|payer|into|from|id|key)$/, idPattern('party')],
  ['units', /^(units?|into|from|id|key)$/, idPattern('unit')],
  ['departments', /^(departments?|acceptor)$|Department$/, /^/],
  ['sites', /^site$/, /^/],
  ['fees', /^(items?|bills?|designated)$/, /^[\p{L}\p{N}_-]{1,40}(\/[\p{L}\p{N}._-]{1,80})?$/u],
];
/** Whose name stands beside them in the same object already. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  name: ['id', 'party', 'staff', 'site'],
  place: ['id', 'unit'],
};

const kindOf = (text: string, field: string): NamedKind | undefined =>
  STANDS.find(([, fields, ids]) => fields.test(field) && ids.test(text))?.[0];

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
      const within = {
        site: text('site', around.site),
        department: around.department ?? text('department', undefined),
      };
      const named = Object.entries(NAMED_BY).flatMap(([by, ids]) => (typeof fields[by] === 'string' ? ids : []));
      for (const [name, one] of Object.entries(fields)) if (!named.includes(name)) walk(one, name, within);
    }
  };
  walk(answer, '', { site, department: undefined });
  return found;
};
