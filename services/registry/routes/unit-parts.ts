import * as z from 'zod';
import { UNIT_KINDS, UNIT_STATES } from '../../../shared/directory/units.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import type { Input } from '../../../shared/http/route.ts';
import { dayIn, idParam, instantOut, placeOut, siteParam } from '../../../shared/http/schemas.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { iso } from '../../../shared/time/clock.ts';
import { AREA_MAX, microOfNumber, squareMetres } from '../../../shared/values/area.ts';
import { writePlace } from '../../../shared/values/place.ts';
import { RELATIONS } from '../events.ts';
import { publishUnit, type UnitEvent } from '../unit.ts';
import type { Unit } from '../unit-state.ts';
import type { Deps } from './deps.ts';

export const one = z.object({ site: siteParam, unit: idParam('unit') });

export const facts = {
  kind: z.enum(UNIT_KINDS),
  area: z
    .number()
    .min(0)
    .max(AREA_MAX)
    .refine((m2) => microOfNumber(m2) !== undefined, rule('field.six-decimals'))
    .meta({ description: 'm², at most six decimals, kept exactly' }),
  state: z.enum(UNIT_STATES),
};
export const entryOut = z.object({
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
    payers: z
      .array(
        z.object({
          party: z.string().optional(),
          from: dayIn.optional(),
          mergedInto: z.string().optional().meta({ description: 'Whom that party is part of by now: who pays' }),
        }),
      )
      .meta({
        description:
          'Whose account pays from when on, oldest first, the 24 newest; without a party nobody does. A party that was merged stays: its account goes on',
      }),
    withdrawn: z
      .object({ at: instantOut, by: z.string(), reason: z.string().nullable() })
      .optional()
      .meta({ description: 'Entered by mistake; the reason is null once erased' }),
  })
  .meta({ id: 'Unit' });

/** A unit as its card shows it; why it was withdrawn is read where it was. */
export const unitView = async (
  { id, site, version, state }: Current<Unit>,
  { policies, personal }: Pick<Deps, 'policies' | 'personal'>,
): Promise<z.input<typeof unitOut>> => {
  if (!state) throw notFound(id);
  const { withdrawn, merged = {}, ...shown } = state;
  const [{ placeFormat }, texts] = await Promise.all([
    policies.site(site),
    withdrawn && personal.read(site, [withdrawn.reason]),
  ]);
  const { at, by, reason } = withdrawn ?? {};
  const trace =
    at === undefined || by === undefined
      ? {}
      : { withdrawn: { at: iso(at), by, reason: texts?.get(reason?.ref ?? '') ?? null } };
  return {
    ...shown,
    payers: shown.payers.map((payer) => {
      const into = merged[payer.party ?? '']?.into;
      return { ...payer, ...(into === undefined ? {} : { mergedInto: into }) };
    }),
    id,
    version,
    place: writePlace(state, placeFormat),
    area: squareMetres(state.areaMicro),
    ...trace,
  };
};

/** A command on a unit, answered with it as it then is. */
export const actOn = async (
  {
    params,
    actor,
    now,
    idempotencyKey,
  }: Pick<Input<z.output<typeof one>, unknown, unknown>, 'params' | 'actor' | 'now' | 'idempotencyKey'>,
  deps: Deps,
  decide: (state: Unit | undefined) => Decision<UnitEvent>,
) => {
  const { site, unit } = params;
  const command = { site, id: unit, now, by: actor.staff, idempotencyKey, decide, publish: publishUnit };
  return unitView((await execute(deps.registry.units, command)).current, deps);
};
