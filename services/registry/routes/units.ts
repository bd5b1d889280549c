import * as z from 'zod';
import { roomsOf, type UnitEntry, type UnitFacts, unitKey, unitsKey } from '../../../shared/directory/units.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { label, pageOf, paging, siteOnly } from '../../../shared/http/schemas.ts';
import { isFormula } from '../../../shared/sheet/sheet.ts';
import { microOfNumber, squareMetres } from '../../../shared/values/area.ts';
import { buildingFrom, contradictionIn, placeFrom, writePlace } from '../../../shared/values/place.ts';
import { change, register } from '../unit.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { actOn, entryOut, facts, one, unitOut, unitView } from './unit-parts.ts';

const route = routesFor<Deps>();

const level = label(40).refine((text) => !isFormula(text), rule('field.no-formula'));
const unitIn = z.strictObject({
  phase: level.optional().meta({ description: '期/区' }),
  building: level.meta({ description: '楼栋; with its word or without: 8, 8幢, 8号楼 are one' }),
  entrance: level.optional().meta({ description: '单元' }),
  floor: level.optional().meta({ description: '层' }),
  number: level.meta({ description: '室' }),
  ...facts,
  kind: facts.kind.default('flat'),
  state: facts.state.default('occupied'),
});
/** @throws Refusal where its levels say two places */
const factsOf = ({ area: m2, kind, state, ...place }: z.output<typeof unitIn>): UnitFacts => {
  const wrong = contradictionIn(place);
  if (wrong) {
    const details = { ...wrong, level: `level.${wrong.level}` };
    throw invalid({ field: 'body.number', rule: 'field.place-contradicts', details });
  }
  return {
    ...placeFrom(place),
    kind,
    state,
    areaMicro: microOfNumber(m2) as number,
  };
};
/** Which other unit has this place already. */
const holderOf = async ({ registry }: Deps, site: string, wanted: UnitFacts, id: string) => {
  const holder = (await registry.published(unitKey(site, wanted)))?.unit as string | undefined;
  return holder === id ? undefined : holder;
};

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
      const id = newId('unit', now, deps.random);
      const holder = await holderOf(deps, params.site, wanted, id);
      return actOn({ ...input, params: { ...params, unit: id } }, deps, (state) => register(state, wanted, holder));
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/units/{unit}',
    summary: 'A unit with its parties',
    who: 'staff',
    personal: true,
    params: one,
    answer: unitOut,
    handle: async ({ params }, deps) => unitView(await deps.registry.units.head(params.site, params.unit), deps),
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
      return actOn(input, deps, (state) => change(state, wanted, holder));
    },
  }),
];
