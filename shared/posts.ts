import * as z from 'zod';

/** Posts (岗位) at a site, and the two that see the whole group. An obligation belongs to a post. */
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

/** Who answers and signs where a complaint is about a member of staff and its department's head may be the accused. */
export const SIGNS_ABOVE: readonly Role[] = ['centre-manager', 'site-director'];

/** Who owes something: a post, in a department where that matters. */
export interface Post {
  role: Role;
  department?: string | undefined;
}
export const post = z.object({ role, department: z.string().optional() });
