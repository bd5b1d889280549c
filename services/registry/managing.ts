import { isDeepStrictEqual } from 'node:util';
import type { Grant, Person } from '../../shared/people/access.ts';
import { DECIDERS, FINANCE, type Role } from '../../shared/people/positions.ts';

/** Whom a site's own director may appoint there. */
const BELOW_DIRECTOR: Role[] = ['agent', 'supervisor', 'department-head', 'centre-manager'];
const GROUP_WIDE: Role[] = ['group-manager', 'administrator'];

/** Who may manage anybody, and whom, as `mayManage` has it: said of the routes that ask it. */
export const STAFF_MANAGERS = { administrator: 'access.administered', 'site-director': 'access.below' } as const;

/** Whether somebody may give or take these grants, and so decide about whoever holds them. */
export const mayManage = ({ grants }: Person, touched: readonly Grant[]): boolean => {
  const has = (role: Role, site: string) => grants.some((g) => g.role === role && g.site === site);
  if (has('administrator', '*')) return true;
  return (
    touched.length > 0 &&
    touched.every(
      ({ site, role }) =>
        site !== '*' &&
        ((has('administrator', site) && !GROUP_WIDE.includes(role)) ||
          (has('site-director', site) && BELOW_DIRECTOR.includes(role))),
    )
  );
};

/** Whether somebody administers whoever holds these grants: everybody, or all of it at the sites they administer. */
export const administers = ({ grants }: Person, touched: readonly Grant[]): boolean => {
  const at = grants.filter(({ role }) => role === 'administrator').map(({ site }) => site);
  return (
    at.includes('*') ||
    (touched.length > 0 && touched.every(({ site, role }) => at.includes(site) && !GROUP_WIDE.includes(role)))
  );
};

/** Positions that decide as the second person on money, sign-ins or people's data. */
const decides = ({ role, department }: Grant): boolean =>
  DECIDERS.includes(role) || role === 'administrator' || (role === 'department-head' && department === FINANCE);

/**
 * What follows for whom positions are given to, or given back. Nobody's second person for a while is whom one person alone gave a position
 * who would have them as theirs a minute later: any that a director gives, and that of an administrator, whoever gives it. Told
 * is that, and every position that decides for two.
 */
export const giving = <W extends string>(
  person: Person,
  before: readonly Grant[],
  grants: readonly Grant[],
  what: W,
): { givenAlone?: true; told?: W[] } => {
  const given = grants.filter((grant) => !before.some((one) => isDeepStrictEqual(one, grant)));
  const alone = given.length > 0 && (!administers(person, given) || given.some(({ role }) => role === 'administrator'));
  return { ...(alone ? { givenAlone: true } : {}), ...(alone || given.some(decides) ? { told: [what] } : {}) };
};
