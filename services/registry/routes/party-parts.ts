import * as z from 'zod';
import { notFound } from '../../../shared/domain/refusal.ts';
import { ANSWERS } from '../../../shared/forgetting/kept.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { phoneSent } from '../../../shared/http/phone.ts';
import { idParam, instantOut, label, oneLine, siteParam } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { IdempotencyKey } from '../../../shared/journal/execute.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { isOneOf } from '../../../shared/people/positions.ts';
import { type Kept, keptFor } from '../../../shared/people/retention.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { isFormula } from '../../../shared/sheet/sheet.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { type Instant, iso } from '../../../shared/time/clock.ts';
import { phoneOf, type Region, regionOf } from '../../../shared/values/phone.ts';
import { PURPOSES, WAYS } from '../events.ts';
import type { Party, PartyFacts } from '../party.ts';
import type { Deps } from './deps.ts';

export const one = z.object({ site: siteParam, party: idParam('party') });

export const email = oneLine.toLowerCase().max(254).pipe(z.email());
/** No formula to whoever opens it in a spreadsheet. */
export const personName = label(100).refine((text) => !isFormula(text), rule('field.no-formula'));

export const purposesIn = z.array(z.enum(PURPOSES)).min(1).max(PURPOSES.length);

/** What numbers mean at a site, and how they are written there. */
export const regionAt = async ({ policies }: Deps, site: string): Promise<Region> =>
  regionOf((await policies.site(site)).timeZone);

/** For how long it is kept why something was done to a party or a unit. */
export const reasonKept = async ({ policies }: Deps, site: string, now: Instant): Promise<Kept> =>
  keptFor('said', 'reason', now, (await contextAt(policies, site, now)).policy);

/** A contact way as it is kept. @throws Refusal where it is no number, by the name of its field */
export const kept = <C extends { way: (typeof WAYS)[number]; value: string }>(
  contact: C,
  region: Region,
  field: string,
): C & { shown?: string } => {
  if (contact.way === 'email') return contact;
  return { ...contact, ...phoneSent(contact.value, region, field) };
};

const trace = z.object({ at: instantOut, by: z.string() });
export const partyOut = z
  .object({
    id: z.string(),
    version: z.number().int(),
    name: z.string().nullable().meta({ description: 'null once erased' }),
    language: z.enum(LANGUAGES),
    contacts: z.array(
      z.object({
        way: z.enum(WAYS),
        value: z.string().nullable().meta({ description: 'As people at the site write it; null once erased' }),
        e164: z.string().optional().meta({ description: 'Of a number: as it is dialled and compared' }),
        extension: z.string().optional(),
        purposes: z.array(z.enum(PURPOSES)),
        consentedAt: instantOut.optional(),
      }),
    ),
    mergedInto: trace
      .extend({ party: z.string() })
      .optional()
      .meta({ description: 'It stood there twice; this is the one that stayed' }),
    absorbed: z
      .array(trace.extend({ party: z.string() }))
      .optional()
      .meta({ description: 'Parties that were merged into it' }),
    parted: trace
      .extend({ party: z.string(), reason: z.string().nullable() })
      .optional()
      .meta({ description: 'It had been merged into that one by mistake, the last time' }),
    withdrawn: trace
      .extend({ reason: z.string().nullable() })
      .optional()
      .meta({ description: 'It was entered by mistake' }),
    restricted: trace.extend({ reason: z.string().nullable() }).optional().meta({
      description: 'They asked that it is used for nothing but their contract; name and ways are then not shown',
    }),
    erased: trace.optional().meta({ description: 'They asked to be: name and contact ways are gone' }),
  })
  .meta({ id: 'Party' });

export const textsOf = ({ state }: Current<Party>) =>
  state
    ? [
        state.name,
        ...state.contacts.map(({ value }) => value),
        ...[state.withdrawn, state.parted, state.restricted].flatMap((trace) => trace?.reason ?? []),
      ]
    : [];

const traceOf = (
  { mergedInto, absorbed, parted, withdrawn, restricted, erased }: Party,
  textOf: (ref: string) => string | null,
) => ({
  ...(mergedInto && { mergedInto: { ...mergedInto, at: iso(mergedInto.at) } }),
  ...(parted && { parted: { ...parted, at: iso(parted.at), reason: textOf(parted.reason.ref) } }),
  ...(absorbed && { absorbed: absorbed.map((one) => ({ ...one, at: iso(one.at) })) }),
  ...(restricted && {
    restricted: { at: iso(restricted.at), by: restricted.by, reason: textOf(restricted.reason.ref) },
  }),
  ...(erased && { erased: { ...erased, at: iso(erased.at) } }),
  ...(withdrawn && {
    withdrawn: { at: iso(withdrawn.at), by: withdrawn.by, reason: textOf(withdrawn.reason.ref) },
  }),
});

/** Parties as somebody reads them: what a person asked to be restricted, whoever answers for it alone. */
export const views = async ({ personal }: Deps, site: string, actor: Actor, all: Current<Party>[]) => {
  const purpose = isOneOf(ANSWERS, actor) ? 'contract' : 'work';
  const texts = await personal.both(site, all.flatMap(textsOf), purpose);
  return all.map(({ id, version, state }): z.input<typeof partyOut> => {
    if (!state) throw notFound(id);
    return {
      id,
      version,
      name: texts.get(state.name.ref)?.shown ?? null,
      language: state.language,
      contacts: state.contacts.map(({ way, value, purposes: uses, consentedAt }) => {
        const text = texts.get(value.ref);
        return {
          way,
          value: text?.shown ?? null,
          ...(text && way === 'phone' ? phoneOf(text.value) : {}),
          purposes: uses,
          ...(consentedAt === undefined ? {} : { consentedAt: iso(consentedAt) }),
        };
      }),
      ...traceOf(state, (ref) => texts.get(ref)?.shown ?? null),
    };
  });
};

/** What is done to several parties at once: where, when, by whom, and which command it is. */
export interface Doing {
  site: string;
  now: number;
  by: string;
  idempotencyKey: IdempotencyKey;
}

/** A party as its texts say it. */
export const factsOf = (
  { name, contacts }: Pick<Party, 'name' | 'contacts'>,
  text: (of: { ref: string }) => string | undefined,
): PartyFacts => ({
  name: text(name) ?? '',
  contacts: contacts.flatMap(({ value, consentedAt, ...contact }) => {
    const kept = text(value);
    return kept === undefined ? [] : [{ ...contact, value: kept, consent: consentedAt !== undefined }];
  }),
});
