import * as z from 'zod';
import { type StaffCard, staffKey } from '../../../shared/access.ts';
import { HOUR } from '../../../shared/clock.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import { EVERYWHERE } from '../group.ts';
import { askSignIn, decideSignIn } from '../staff.ts';
import type { Deps } from './deps.ts';
import { does, holderOf, one, staffOut, subjectIn } from './staff.ts';

const route = routesFor<Deps>();
const signIn = { subject: subjectIn.meta({ description: 'The sign-in they are to have (OIDC sub)' }) };

/** For how long (ms) a sign-in that was changed counts for nothing where two people are asked for. */
const newFor = async ({ registry }: Deps) => (await registry.floor()).values.signInHours * HOUR;

/** Whose sign-in somebody is takes two people. */
export const signInRoutes = [
  route({
    method: 'POST',
    path: '/staff/{staff}/sign-in',
    summary: 'Ask that somebody have another sign-in, with the reason; they and those above hear of it',
    who: 'staff',
    params: one,
    body: z.strictObject({ ...signIn, reason: words }),
    answer: staffOut,
    async handle(input, deps) {
      const { body, person, now } = input;
      const [holder, isNewFor] = await Promise.all([holderOf(deps, body.subject), newFor(deps)]);
      const on = { person, now, chance: deps.chance, holder, isNewFor };
      return does(input, deps, (current) => askSignIn(current, body, on));
    },
  }),
  route({
    method: 'POST',
    path: '/staff/{staff}/sign-in/decide',
    summary: 'An administrator decides on that sign-in: another than who asked, and than whose it is',
    who: 'staff',
    params: one,
    body: z.strictObject({ ...signIn, agree: z.boolean() }),
    answer: staffOut,
    async handle(input, deps) {
      const { body, person, now, params } = input;
      const { registry } = deps;
      const by = (await registry.staff.head(EVERYWHERE, params.staff)).state?.asked?.by;
      const [holder, isNewFor, since] = await Promise.all([
        holderOf(deps, body.subject),
        newFor(deps),
        by === undefined ? undefined : registry.published(staffKey(by)),
      ]);
      const on = { person, now, holder, isNewFor, since: (since as StaffCard | undefined)?.signInSince };
      return does(input, deps, (current) => decideSignIn(current, body, on));
    },
  }),
];
