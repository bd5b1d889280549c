import type { Actor, Person } from './access.ts';

/** The actor somebody is at a site; without roles they are a stranger there. Whoever is of a department heads it only as its head. */
export const actorAt = (person: Person, site: string): Actor => {
  const { staff, signInSince } = person;
  const grants = person.grants.filter((grant) => grant.site === site || grant.site === '*');
  return {
    staff,
    ...(signInSince === undefined ? {} : { signInSince }),
    roles: [...new Set(grants.map((grant) => grant.role))],
    departments: [
      ...new Set(
        grants.flatMap(({ role, department }) =>
          role === 'department-head' && department !== undefined ? [department] : [],
        ),
      ),
    ],
  };
};
