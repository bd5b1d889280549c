import * as z from 'zod';
import { AREA_MAX, microOfNumber, squareMetres } from '../../../shared/area.ts';
import { type Day, type Instant, localDay } from '../../../shared/clock.ts';
import { type Input, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { newId } from '../../../shared/ids.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { plain } from '../../../shared/plain-text.ts';
import { notFound } from '../../../shared/refusal.ts';
import { UNIT_KINDS, UNIT_STATES, type UnitEntry, type UnitFacts, unitKey } from '../../../shared/units.ts';
import { RELATIONS } from '../events.ts';
import { change, link, publishUnit, register, type Unit, type UnitEvent, unlink } from '../unit.ts';
import { type Deps, KEEPERS } from './deps.ts';

const route = routesFor<Deps>();
const one = z.object({ site: siteParam, unit: idParam('unit') });

const label = words.max(40).overwrite(plain);
const facts = {
  kind: z.enum(UNIT_KINDS),
  area: z
    .number()
    .min(0)
    .max(AREA_MAX)
    .refine((m2) => microOfNumber(m2) !== undefined, 'at most six decimals')
    .meta({ description: 'm², at most six decimals, kept exactly' }),
  state: z.enum(UNIT_STATES),
};
const unitIn = z.strictObject({
  building: label,
  number: label,
  ...facts,
  kind: facts.kind.default('flat'),
  state: facts.state.default('occupied'),
});
const linkIn = z.strictObject({
  party: idParam('party'),
  relation: z.enum(RELATIONS),
  payer: z.boolean().default(false),
  since: dayIn.optional().meta({
    description:
      'The site-local day from which it is so, 1990 to 366 days ahead; of a sale, the day of the deed. Without it a ' +
      "unit's first payer pays from the beginning, a later one from today. It overtakes whoever was to pay from that " +
      'day or later; of the party that pays already it corrects the day',
  }),
});
const unlinkIn = z.strictObject({
  until: dayIn.optional().meta({
    description: 'The first site-local day on which they no longer hold it, nor pay; today when absent',
  }),
});

const entryOut = z.object({ id: z.string(), building: z.string(), number: z.string(), ...facts });
const unitOut = entryOut
  .extend({
    version: z.number().int(),
    parties: z.array(
      z.object({ party: z.string(), relation: z.enum(RELATIONS), payer: z.boolean(), since: dayIn.optional() }),
    ),
    payers: z
      .array(z.object({ party: z.string().optional(), from: dayIn.optional() }))
      .meta({ description: 'Who pays from when on, oldest first, the 24 newest; without a party nobody does' }),
  })
  .meta({ id: 'Unit' });

const factsOf = ({ area: m2, ...rest }: z.output<typeof unitIn>): UnitFacts => ({
  ...rest,
  areaMicro: microOfNumber(m2) as number,
});
const view = ({ id, version, state }: Current<Unit>): z.input<typeof unitOut> => {
  if (!state) throw notFound(id);
  return { ...state, id, version, area: squareMetres(state.areaMicro) };
};

/** Which other unit has this building and number already. */
const holderOf = async ({ registry }: Deps, site: string, wanted: UnitFacts, id: string) => {
  const holder = (await registry.published(unitKey(site, wanted)))?.unit as string | undefined;
  return holder === id ? undefined : holder;
};

const act = async (
  {
    params,
    actor,
    now,
    once,
  }: Pick<Input<z.output<typeof one>, unknown, unknown>, 'params' | 'actor' | 'now' | 'once'>,
  { registry }: Deps,
  decide: (state: Unit | undefined) => Decision<UnitEvent>,
) => {
  const { site, unit } = params;
  const command = { site, id: unit, now, by: actor.staff, once, decide, publish: publishUnit };
  return view((await execute(registry.units, command)).current);
};

/** The day it is at the site. */
const todayAt = async ({ policies }: Deps, site: string, now: Instant): Promise<Day> =>
  localDay(now, (await policies.site(site)).timeZone);

export const unitRoutes = [
  route({
    method: 'GET',
    path: '/sites/{site}/units',
    summary: 'Units of a site by building and number',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(entryOut),
    async handle({ params: { site }, query: { limit, after } }, { registry }) {
      const page = await registry.publishedPage(unitKey(site, { building: '', number: '' }).pk, limit, after);
      const items = page.items.map((item) => {
        const entry = item as unknown as UnitEntry;
        return { ...entry, id: entry.unit, area: squareMetres(entry.areaMicro) };
      });
      return { ...page, items };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/units',
    summary: 'Enter a unit',
    who: KEEPERS,
    params: siteOnly,
    body: unitIn,
    answer: unitOut,
    status: 201,
    async handle(input, deps) {
      const { params, body, now } = input;
      const wanted = factsOf(body);
      const id = newId('unit', now, deps.chance);
      const holder = await holderOf(deps, params.site, wanted, id);
      return act({ ...input, params: { ...params, unit: id } }, deps, (state) => register(state, wanted, holder));
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/units/{unit}',
    summary: 'A unit with its parties',
    who: 'staff',
    params: one,
    answer: unitOut,
    handle: async ({ params }, { registry }) => view(await registry.units.head(params.site, params.unit)),
  }),
  route({
    method: 'PUT',
    path: '/sites/{site}/units/{unit}',
    summary: "Correct a unit's facts",
    who: KEEPERS,
    params: one,
    body: unitIn,
    answer: unitOut,
    async handle(input, deps) {
      const wanted = factsOf(input.body);
      const holder = await holderOf(deps, input.params.site, wanted, input.params.unit);
      return act(input, deps, (state) => change(state, wanted, holder));
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/units/{unit}/parties',
    summary: 'Say what a party is to a unit, and whether it pays: who paid until then no longer does, as after a sale',
    who: KEEPERS,
    params: one,
    body: linkIn,
    answer: unitOut,
    async handle(input, deps) {
      const { params, body, now } = input;
      const today = await todayAt(deps, params.site, now);
      if (!(await deps.registry.parties.head(params.site, body.party)).state) throw notFound(body.party);
      return act(input, deps, (state) => link(state, body, today));
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/units/{unit}/parties/{party}/end',
    summary: 'A party no longer holds the unit; if it paid, nobody does from then on',
    who: KEEPERS,
    params: one.extend({ party: idParam('party') }),
    body: unlinkIn,
    answer: unitOut,
    async handle(input, deps) {
      const { params, body, now } = input;
      const today = await todayAt(deps, params.site, now);
      return act(input, deps, (state) => unlink(state, params.party, body.until ?? today, today));
    },
  }),
];
