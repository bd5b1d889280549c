import { expect, test } from 'vitest';
import type { Actor } from './access.ts';
import { sightOf } from './confidential.ts';
import { ROLES, type Role } from './positions.ts';

const actor = (roles: Role[], departments: string[] = [], staff = 'li'): Actor => ({ staff, roles, departments });
const head = (...departments: string[]) => actor(['department-head'], departments);
const CASE = { concealed: true, department: 'engineering' };
const ALL = { who: true, words: true };

test('of a case that isn’t concealed everybody of the site sees all, but for the accused', () => {
  const open = { ...CASE, concealed: false };
  for (const role of ROLES) expect(sightOf(open, actor([role])), role).toEqual(ALL);
  expect(sightOf({ ...open, accused: 'li' }, actor(['supervisor']))).toEqual({ who: false, words: false });
});

test.each(ROLES)(
  'another position beside it takes nothing of the accused’s, nor of a department’s, ban: %s',
  (role) => {
    expect(sightOf({ ...CASE, accused: 'li' }, actor([role, 'group-manager']))).toEqual({ who: false, words: false });
    const both = actor([role, 'department-head'], ['engineering']);
    expect(sightOf(CASE, both)).toEqual({ who: false, words: true });
  },
);

test('the department that has a concealed case sees the matter, others nothing, whoever they are besides', () => {
  expect(sightOf(CASE, head('engineering'))).toEqual({ who: false, words: true });
  expect(sightOf(CASE, head('security'))).toEqual({ who: false, words: false });
  expect(sightOf({ ...CASE, department: 'security' }, head('security', 'engineering'))).toEqual({
    who: false,
    words: true,
  });
  expect(sightOf(CASE, actor(['agent', 'department-head'], ['security']))).toEqual({ who: false, words: false });
});

test('the desk and those above it have a part in it; administrators don’t', () => {
  for (const role of ROLES.filter((one) => one !== 'department-head' && one !== 'administrator')) {
    expect(sightOf(CASE, actor([role])), role).toEqual(ALL);
  }
  expect(sightOf(CASE, actor(['administrator']))).toEqual({ who: false, words: false });
});

test('who was anonymous is shown to nobody', () => {
  for (const role of ROLES) expect(sightOf({ ...CASE, anonymous: true }, actor([role])).who, role).toBe(false);
});
