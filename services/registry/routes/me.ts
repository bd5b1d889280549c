import * as z from 'zod';
import { routesFor } from '../../../shared/http/route.ts';
import { instantOut } from '../../../shared/http/schemas.ts';
import type { Person } from '../../../shared/people/access.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { grant as grantOut } from '../events.ts';
import { EVERYWHERE } from '../group.ts';
import { rightsOf } from '../rights.ts';
import { speaks } from '../staff.ts';
import type { Deps } from './deps.ts';
import { does, timed } from './staff.ts';

const route = routesFor<Deps>();

const meOut = z.object({
  staff: z.string(),
  name: z.string().nullable(),
  language: z.enum(LANGUAGES),
  grants: z.array(grantOut),
  sites: z
    .array(z.object({ site: z.string(), name: z.string(), timeZone: z.string() }))
    .meta({ description: 'Those at which they hold a position; none of whoever holds theirs everywhere' }),
  standsIn: z
    .array(grantOut.extend({ for: z.string(), from: instantOut, until: instantOut }))
    .optional()
    .meta({ description: 'Positions of colleagues who are away, theirs from an instant on and before another' }),
  rights: z.array(z.object({ sites: z.array(z.string()), may: z.array(z.string()) })).meta({
    description:
      'Calls they may make that are about no case, by sites where they are the same; first those that name no site',
  }),
});

/** Who somebody is, as they are told. */
const meView = async (person: Person, { registry, personal, policies }: Deps): Promise<z.input<typeof meOut>> => {
  const own = [...new Set(person.grants.map(({ site }) => site))].filter((site) => site !== EVERYWHERE);
  const [{ state }, ...facts] = await Promise.all([
    registry.staff.head(EVERYWHERE, person.staff),
    ...own.map((site) => policies.site(site)),
  ]);
  const texts = await personal.read(EVERYWHERE, state ? [state.name] : []);
  const sites = facts.map(({ site, name, timeZone }) => ({ site, name, timeZone }));
  const { standsIn, ...self } = person;
  return {
    ...self,
    ...(standsIn ? { standsIn: standsIn.map(timed) } : {}),
    name: state ? (texts.get(state.name.ref) ?? null) : null,
    sites,
    rights: rightsOf(person),
  };
};

/** What the caller is told of themselves, and says of themselves. */
export const meRoutes = [
  route({
    method: 'GET',
    path: '/me',
    summary: 'Who the caller is, and their positions',
    who: 'staff',
    answer: meOut,
    handle: ({ person }, deps) => meView(person, deps),
  }),
  route({
    method: 'PUT',
    path: '/me',
    summary: 'In which language the caller is spoken and written to',
    who: 'staff',
    body: z.strictObject({ language: z.enum(LANGUAGES) }),
    answer: meOut,
    async handle({ body: { language }, ...input }, deps) {
      const { person } = input;
      await does({ ...input, body: undefined, params: { staff: person.staff } }, deps, (one) => speaks(one, language));
      return meView({ ...person, language }, deps);
    },
  }),
];
