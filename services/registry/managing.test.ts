import { expect, test } from 'vitest';
import type { Grant, Person } from '../../shared/people/access.ts';
import { ROLES } from '../../shared/people/positions.ts';
import { mayManage, STAFF_MANAGERS } from './managing.ts';
import { absenceRoutes } from './routes/absences.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { staffRoutes } from './routes/staff.ts';

const grantsOf = (site: string): Grant[] => ROLES.map((role) => ({ site, role }));

test('who manages anybody is who the routes say: of any position at a site, whether it manages some of any other', () => {
  for (const own of grantsOf('lakeside')) {
    const person: Person = { staff: 'stf_1', active: true, language: 'en', grants: [own] };
    const manages = [...grantsOf('lakeside'), ...grantsOf('*')].some((one) => mayManage(person, [one]));
    expect(manages, own.role).toBe(own.role in STAFF_MANAGERS);
  }
});

test('every route about one member of staff says of whom each position may', () => {
  const managing = [...staffRoutes, ...signInRoutes, ...absenceRoutes].filter(
    ({ method, path }) => path.startsWith('/staff/') || (path === '/staff' && method === 'POST'),
  );
  expect(managing.length).toBeGreaterThan(6);
  for (const { path, positions } of managing)
    expect(Object.keys(positions ?? {}), path).toEqual(Object.keys(STAFF_MANAGERS));
});
