import * as z from 'zod';
import type { MessageKey } from '../text/catalogue.ts';

/** Positions (岗位) at a site, and the two that see the whole group. An obligation belongs to a position. */
export const ROLES = [
  'agent',
  'supervisor',
  'department-head',
  'centre-manager',
  'site-director',
  'quality-manager',
  'group-manager',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];
export const role = z.enum(ROLES);

/** The department (财务) that keeps the money, by its id at every site that has one. */
export const FINANCE = 'finance';
/** Who may call: a role at the site, or the head of its finance department. */
export type Caller = Role | 'finance-head';
/** The message that says what a caller is called. */
export const roleWord = (caller: Caller): MessageKey => `role.${caller}`;
/** Whether somebody with these roles and departments is one of them. */
export const isOneOf = (
  callers: readonly Caller[],
  { roles, departments }: { roles: Role[]; departments: string[] },
): boolean =>
  roles.some((one) => callers.includes(one)) ||
  (callers.includes('finance-head') && roles.includes('department-head') && departments.includes(FINANCE));

/**
 * Who reads what owners owe, have paid and were written, each for their purpose: the desk, finance, and those above. Other
 * departments do their work without; administrators see what a run or a rehearsal of theirs would say, and no more.
 */
export const KNOWS_ACCOUNTS: readonly Caller[] = [
  'agent',
  'supervisor',
  'finance-head',
  'centre-manager',
  'site-director',
  'quality-manager',
  'group-manager',
];

/** Whether something is for somebody to do that a department has: its head, and whoever of other positions may besides. */
export const isForDepartment = (
  { roles, departments }: { roles: readonly Role[]; departments: readonly string[] },
  department: string,
  extraItems: readonly Role[],
): boolean => departments.includes(department) || roles.some((one) => extraItems.includes(one));

/** Who answers and signs where a complaint is about a member of staff and its department's head may be the accused. */
export const SIGNS_ABOVE: readonly Role[] = ['centre-manager', 'site-director'];

/** Who decides on what moves money and needs a second person. */
export const DECIDERS: readonly Role[] = ['centre-manager', 'site-director'];

/** The next position up; a vacant position never swallows what it should have heard. */
export const NEXT_UP: Partial<Record<Role, Role>> = {
  agent: 'supervisor',
  'department-head': 'supervisor',
  supervisor: 'centre-manager',
  'centre-manager': 'site-director',
  'site-director': 'group-manager',
  'quality-manager': 'group-manager',
  'group-manager': 'administrator',
};

/** Who owes something: a position, in a department where that matters. */
export interface Position {
  role: Role;
  department?: string | undefined;
}
export const position = z.object({ role, department: z.string().optional() });

/** The position that something is owed by, where the one it is for is held by nobody but whom it is about: the next above that isn't. */
export const liftedOver = (own: Position, alone: readonly Position[]): Position => {
  const isAlone = ({ role, department }: Position) =>
    alone.some((one) => one.role === role && one.department === department);
  let found = own;
  for (let up = NEXT_UP[own.role]; isAlone(found) && up; up = NEXT_UP[up]) found = { role: up };
  return found;
};

/**
 * Whether one of these duties was lifted to the group, and somebody is who owes it there: such a position does what it owes of a case,
 * and has no other part in it.
 */
export const isLiftedTo = (
  { roles }: { roles: readonly Role[] },
  owed: readonly { duty: string; position: Position }[],
  ...duties: readonly string[]
): boolean =>
  roles.includes('group-manager') &&
  owed.some((one) => duties.includes(one.duty) && one.position.role === 'group-manager');
