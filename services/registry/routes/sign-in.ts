import * as z from 'zod';
import { routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import { signInSince } from '../../../shared/people/second-person.ts';
import { STAFF_MANAGERS } from '../managing.ts';
import { askSignIn, decideSignIn } from '../staff.ts';
import type { Deps } from './deps.ts';
import { does, one, signInHolder, staffOut, subjectIn } from './staff.ts';

const route = routesFor<Deps>();
const signIn = { subject: subjectIn.meta({ description: 'The sign-in they are to have (OIDC sub)' }) };

/** The group's policy, for staff are of no one site. */
const contextOf = async ({ registry }: Deps) => ({ policy: (await registry.floor()).values });

/** Whose sign-in somebody is takes two people. */
export const signInRoutes = [
  route({
    method: 'POST',
    path: '/staff/{staff}/sign-in',
    summary: 'Ask that somebody have another sign-in, with the reason; they and those above hear of it',
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    body: z.strictObject({ ...signIn, reason: words }),
    answer: staffOut,
    async handle(input, deps) {
      const { body, person, now } = input;
      const [holder, context] = await Promise.all([signInHolder(deps, body.subject), contextOf(deps)]);
      const on = { person, now, random: deps.random, holder, context };
      return does(input, deps, (current) => askSignIn(current, body, on));
    },
  }),
  route({
    method: 'POST',
    path: '/staff/{staff}/sign-in/decide',
    summary: 'An administrator decides on that sign-in: another than who asked, and than whose it is',
    who: 'staff',
    positions: { administrator: 'access.another-administrator', 'site-director': 'access.below-refused' },
    params: one,
    body: z.strictObject({ ...signIn, agree: z.boolean() }),
    answer: staffOut,
    async handle(input, deps) {
      const { body, person, now } = input;
      const [holder, context] = await Promise.all([signInHolder(deps, body.subject), contextOf(deps)]);
      return does<number | undefined>(
        input,
        deps,
        (current, since) => decideSignIn(current, body, { person, now, holder, context, since }),
        (state) => signInSince(deps.directory, state?.asked?.by),
      );
    },
  }),
];
