import type { Actor, Person } from './access.ts';

/** The actor somebody is at a site; without roles they are a stranger there. */
export const actorAt = (person: Person, site: string): Actor => {
  const grants = person.grants.filter((grant) => grant.site === site || grant.site === '*');
  return {
    staff: person.staff,
    roles: [...new Set(grants.map((grant) => grant.role))],
    departments: [...new Set(grants.flatMap((grant) => (grant.department === undefined ? [] : [grant.department])))],
  };
};
