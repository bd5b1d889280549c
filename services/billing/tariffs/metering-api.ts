import * as z from 'zod';
import { inParallel } from '../../../shared/aws/many.ts';
import { unitsById, unitsOf } from '../../../shared/directory/units.ts';
import { invalid, Refusal } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { idParam, label, pageOf, paging, siteOnly } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Caller } from '../../../shared/people/positions.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { microOf, squareMetres } from '../../../shared/values/area.ts';
import { buildingFrom } from '../../../shared/values/place.ts';
import { type Deps, itemOf } from './api.ts';
import { meteringId, pool, publishReadings, read } from './metering.ts';
import { runKey } from './run-id.ts';
import { poolsOf, readingsOf, readingsPage, runBegun } from './store.ts';
import { BILL_FEN_MAX, FEE_MANAGERS, POOL_BUILDINGS_MAX, POOLS_MAX, READINGS_MAX } from './terms.ts';
import { checkPeriod, itemCode, periodIn } from './view.ts';

const route = routesFor<Deps>();
const METER_READERS: Caller[] = ['department-head', ...FEE_MANAGERS];
/** Reads at once of whether a building is there. */
const WIDTH = 10;

const quantity = z
  .string()
  .refine((text) => microOf(text) !== undefined, rule('field.decimals', { max: 1_000_000, decimals: 6 }))
  .transform((text) => microOf(text) as number)
  .meta({ description: 'How much was used in the period: kWh, m³', example: '128.5' });
const building = label(60).overwrite(buildingFrom);
const fen = z.number().int().min(1).max(BILL_FEN_MAX).meta({ description: 'Fen (分)' });

const readingOut = z.object({
  unit: z.string(),
  item: z.string(),
  quantity: z.string().meta({ description: 'How much was used: kWh, m³', example: '128.5' }),
});
const poolOut = z.object({ buildings: z.array(z.string()), fen: z.number().int() });

export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/sites/{site}/readings',
    summary: 'Meter readings of an item for a period; they replace earlier ones until the period is billed',
    who: METER_READERS,
    params: siteOnly,
    body: z.strictObject({
      item: itemCode,
      period: periodIn,
      readings: z
        .array(z.strictObject({ unit: idParam('unit'), quantity }))
        .min(1)
        .max(READINGS_MAX)
        .refine((all) => new Set(all.map(({ unit }) => unit)).size === all.length, rule('field.none-twice')),
    }),
    answer: z.object({ accepted: z.number().int() }),
    status: 201,
    async handle({ params: { site }, body: { item, period, readings: sent }, actor, now, idempotencyKey }, deps) {
      const { fees, directory, policies } = deps;
      const readings = sent.map(({ unit, quantity: quantityMicro }) => ({ unit, quantityMicro }));
      const units = readings.map(({ unit }) => unit);
      const id = meteringId(item, period);
      const { timeZone } = await policies.site(site);
      checkPeriod('body.period', period, localDay(now, timeZone));
      // The head first: whatever is read after it is at least as new, and it must not have moved when we write.
      const { state } = await fees.meterings.head(site, id);
      const [known, there, before, begun] = await Promise.all([
        itemOf(fees, site, item),
        unitsById(directory, site, units),
        readingsOf(fees, site, period, units, [item]),
        runBegun(fees, site, period),
      ]);
      const unknown = units.findIndex((unit) => !there.has(unit));
      if (unknown !== -1) throw invalid({ field: `body.readings.${unknown}.unit`, rule: 'field.unit' });
      const found = [...before].map(([unit, some]) => ({ unit, quantityMicro: some.get(item) as number }));
      await execute(fees.meterings, {
        site,
        id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (current) => {
          const sheet = { item, period, readings };
          const events = read(current, sheet, known, { sheets: state?.sheets ?? 0, readings: found, begun });
          return events instanceof Refusal ? events : { events };
        },
        publish: publishReadings(site, { item, period, readings }, begun ? undefined : runKey(site, period)),
      });
      return { accepted: readings.length };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/readings',
    summary: 'What meters were read to for a period, by unit',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ period: periodIn, ...paging }),
    answer: pageOf(readingOut),
    async handle({ params: { site }, query: { period, ...page } }, { fees }) {
      const { items, ...rest } = await readingsPage(fees, site, period, page);
      return { ...rest, items: items.map((one) => ({ ...one, quantity: String(squareMetres(one.quantityMicro)) })) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/pools',
    summary: 'What is shared (公摊) of an item for a period',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ item: itemCode, period: periodIn, ...paging }),
    answer: pageOf(poolOut),
    async handle({ params: { site }, query: { item, period, limit, after } }, { fees }) {
      const all = (await poolsOf(fees, site, period, [item])).get(item) ?? [];
      const from = after === undefined ? 0 : Number.parseInt(after, 10) || 0;
      const items = all.slice(from, from + limit);
      return { items, ...(from + limit < all.length ? { next: String(from + limit) } : {}) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/pools',
    summary: 'Amounts shared (公摊) by area among the units of buildings; all of an item and period at once',
    who: METER_READERS,
    params: siteOnly,
    body: z.strictObject({
      item: itemCode,
      period: periodIn,
      pools: z
        .array(z.strictObject({ buildings: z.array(building).min(1).max(POOL_BUILDINGS_MAX), fen }))
        .min(1)
        .max(POOLS_MAX)
        .refine(
          (pools) => {
            const all = pools.flatMap(({ buildings }) => buildings);
            return new Set(all).size === all.length && all.length <= POOL_BUILDINGS_MAX;
          },
          rule('field.buildings-most', { max: POOL_BUILDINGS_MAX }),
        ),
    }),
    answer: z.object({ pools: z.number().int() }),
    status: 201,
    async handle({ params: { site }, body: { item, period, pools }, actor, now, idempotencyKey }, deps) {
      const { fees, directory, policies } = deps;
      const { timeZone } = await policies.site(site);
      checkPeriod('body.period', period, localDay(now, timeZone));
      const [known, begun] = await Promise.all([itemOf(fees, site, item), runBegun(fees, site, period)]);
      const named = pools.flatMap(({ buildings }, i) => buildings.map((name, n) => ({ name, i, n })));
      await inParallel(named, WIDTH, async ({ name, i, n }) => {
        const { items } = await unitsOf(directory, site, { building: name, limit: 1 });
        if (items.length === 0) {
          throw invalid({ field: `body.pools.${i}.buildings.${n}`, rule: 'field.building' });
        }
      });
      await execute(fees.meterings, {
        site,
        id: meteringId(item, period),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = pool(state, { item, period, pools }, known, begun);
          return events instanceof Refusal ? events : { events };
        },
        publish: () => ({ put: [], remove: [], ...(begun ? {} : { absent: [runKey(site, period)] }) }),
      });
      return { pools: pools.length };
    },
  }),
];
