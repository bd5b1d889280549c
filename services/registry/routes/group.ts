import * as z from 'zod';
import { routesFor } from '../../../shared/http/route.ts';
import { label } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { policySchema } from '../../../shared/policy/policy.ts';
import { overridesSchema } from '../events.ts';
import { EVERYWHERE, GROUP_ID, type Group, name, publishFloor, setPolicy } from '../group.ts';
import { NO_FLOOR } from '../policy.ts';
import type { Deps } from './deps.ts';
import { wantedFloor } from './policy.ts';

const route = routesFor<Deps>();

const groupOut = z
  .object({
    name: z.string().nullable(),
    policyVersion: z.number().int(),
    overrides: overridesSchema,
    policy: policySchema.meta({ description: 'The floor that every site has to keep at least' }),
  })
  .meta({ id: 'Group' });

const view = ({ state }: Current<Group>): z.input<typeof groupOut> => {
  const floor = state?.floor ?? NO_FLOOR;
  return {
    name: state?.name ?? null,
    policyVersion: floor.version,
    overrides: state?.overrides ?? {},
    policy: floor.values,
  };
};

const one = { site: EVERYWHERE, id: GROUP_ID };

export const groupRoutes = [
  route({
    method: 'GET',
    path: '/group',
    summary: 'The group and its policy',
    who: 'staff',
    answer: groupOut,
    handle: async (_, { registry }) => view(await registry.groups.head(EVERYWHERE, GROUP_ID)),
  }),
  route({
    method: 'PUT',
    path: '/group',
    summary: 'Name the group',
    who: ['administrator'],
    body: z.strictObject({ name: label(100) }),
    answer: groupOut,
    async handle({ body, actor, now, idempotencyKey }, { registry }) {
      const decide = (state: Group | undefined) => name(state, body.name);
      return view((await execute(registry.groups, { ...one, now, by: actor.staff, idempotencyKey, decide })).current);
    },
  }),
  route({
    method: 'PUT',
    path: '/group/policy',
    summary: "Set the group's policy at once; names left out have the standard value. Every site's follows",
    who: ['administrator', 'group-manager'],
    body: wantedFloor,
    answer: groupOut,
    async handle({ body, actor, now, idempotencyKey }, { registry }) {
      const decide = (state: Group | undefined) => setPolicy(state, body.overrides as never);
      const publish = (next: Current<Group>) => publishFloor(next, now);
      return view(
        (await execute(registry.groups, { ...one, now, by: actor.staff, idempotencyKey, decide, publish })).current,
      );
    },
  }),
];
