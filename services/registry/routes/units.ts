import * as z from 'zod';
import { AREA_MAX, microOfNumber, squareMetres } from '../../../shared/area.ts';
import { type Day, type Instant, iso, localDay } from '../../../shared/clock.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { type Input, routesFor } from '../../../shared/http/route.ts';
import {
  dayIn,
  idParam,
  instantOut,
  label,
  pageOf,
  paging,
  placeOut,
  siteOnly,
  siteParam,
} from '../../../shared/http/schemas.ts';
import { newId } from '../../../shared/ids.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { buildingFrom, placeFrom, writePlace } from '../../../shared/place.ts';
import type { SiteFacts } from '../../../shared/policy.ts';
import { notFound } from '../../../shared/refusal.ts';
import {
  roomsOf,
  UNIT_KINDS,
  UNIT_STATES,
  type UnitEntry,
  type UnitFacts,
  unitKey,
  unitsKey,
} from '../../../shared/units.ts';
import { RELATIONS } from '../events.ts';
import { goneFor } from '../party.ts';
import { change, link, publishUnit, register, type Unit, type UnitEvent, unlink } from '../unit.ts';
import { type Deps, KEEPERS } from './deps.ts';

const route = routesFor<Deps>();
const one = z.object({ site: siteParam, unit: idParam('unit') });

const facts = {
  kind: z.enum(UNIT_KINDS),
  area: z
    .number()
    .min(0)
    .max(AREA_MAX)
    .refine((m2) => microOfNumber(m2) !== undefined, rule('field.six-decimals'))
    .meta({ description: 'm², at most six decimals, kept exactly' }),
  state: z.enum(UNIT_STATES),
};
const unitIn = z.strictObject({
  phase: label(40).optional().meta({ description: '期/区' }),
  building: label(40).meta({ description: '楼栋; with its word or without: 8, 8幢, 8号楼 are one' }),
  entrance: label(40).optional().meta({ description: '单元' }),
  floor: label(40).optional().meta({ description: '层' }),
  number: label(40).meta({ description: '室' }),
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

const entryOut = z.object({
  id: z.string(),
  ...placeOut,
  building: z.string(),
  number: z.string(),
  place: z.string().meta({ description: 'As the site writes it', example: '8幢2单元101室' }),
  ...facts,
});
export const unitOut = entryOut
  .extend({
    version: z.number().int(),
    parties: z.array(
      z.object({ party: z.string(), relation: z.enum(RELATIONS), payer: z.boolean(), since: dayIn.optional() }),
    ),
    payers: z.array(z.object({ party: z.string().optional(), from: dayIn.optional() })).meta({
      description:
        'Who pays from when on, oldest first, the 24 newest; without a party nobody does. A party that was merged stays: its account goes on',
    }),
    withdrawn: z.object({ at: instantOut, by: z.string() }).optional().meta({ description: 'Entered by mistake' }),
  })
  .meta({ id: 'Unit' });

const factsOf = ({ area: m2, kind, state, ...place }: z.output<typeof unitIn>): UnitFacts => ({
  ...placeFrom(place),
  kind,
  state,
  areaMicro: microOfNumber(m2) as number,
});
export const view = ({ id, version, state }: Current<Unit>, { placeFormat }: SiteFacts): z.input<typeof unitOut> => {
  if (!state) throw notFound(id);
  const { withdrawn, ...shown } = state;
  const trace = withdrawn && { withdrawn: { at: iso(withdrawn.at), by: withdrawn.by } };
  const place = writePlace(state, placeFormat);
  return { ...shown, id, version, place, area: squareMetres(state.areaMicro), ...trace };
};

/** Which other unit has this place already. */
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
  { registry, policies }: Deps,
  decide: (state: Unit | undefined) => Decision<UnitEvent>,
) => {
  const { site, unit } = params;
  const command = { site, id: unit, now, by: actor.staff, once, decide, publish: publishUnit };
  return view((await execute(registry.units, command)).current, await policies.site(site));
};

/** The day it is at the site. */
const todayAt = async ({ policies }: Deps, site: string, now: Instant): Promise<Day> =>
  localDay(now, (await policies.site(site)).timeZone);

export const unitRoutes = [
  route({
    method: 'GET',
    path: '/sites/{site}/units',
    summary: 'Units of a site, or of one of its buildings, by building and room',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({
      ...paging,
      building: label(40).overwrite(buildingFrom).optional().meta({
        description: 'Of this building alone, all its entrances; with the phase where there are phases: 一期8幢',
      }),
    }),
    answer: pageOf(entryOut),
    async handle({ params: { site }, query }, { registry, policies }) {
      const { placeFormat } = await policies.site(site);
      const { limit, after, building } = query;
      const prefix = building === undefined ? undefined : roomsOf(building);
      const page = await registry.publishedPage(unitsKey(site), limit, after, { prefix });
      const items = page.items.map((item) => {
        const entry = item as unknown as UnitEntry;
        const place = writePlace(entry, placeFormat);
        return { ...entry, id: entry.unit, place, area: squareMetres(entry.areaMicro) };
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
    async handle({ params }, { registry, policies }) {
      const [current, site] = await Promise.all([
        registry.units.head(params.site, params.unit),
        policies.site(params.site),
      ]);
      return view(current, site);
    },
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
      const { state: party } = await deps.registry.parties.head(params.site, body.party);
      if (!party) throw notFound(body.party);
      const gone = goneFor(party);
      if (gone) throw gone;
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
