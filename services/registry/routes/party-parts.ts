import * as z from 'zod';
import { iso } from '../../../shared/clock.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { phoneSent } from '../../../shared/http/phone.ts';
import { idParam, instantOut, label, siteParam } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Once } from '../../../shared/journal/execute.ts';
import { phoneOf, type Region, regionOf } from '../../../shared/phone.ts';
import { plain } from '../../../shared/plain-text.ts';
import { notFound } from '../../../shared/refusal.ts';
import { isFormula } from '../../../shared/sheet/sheet.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { PURPOSES, WAYS } from '../events.ts';
import type { Party, PartyFacts } from '../party.ts';
import type { Deps } from './deps.ts';

export const one = z.object({ site: siteParam, party: idParam('party') });

export const email = z.string().overwrite(plain).toLowerCase().max(254).pipe(z.email());
/** No formula to whoever opens it in a spreadsheet. */
export const personName = label(100).refine((text) => !isFormula(text), rule('field.no-formula'));

export const purposesIn = z.array(z.enum(PURPOSES)).min(1).max(PURPOSES.length);

/** What numbers mean at a site, and how they are written there. */
export const regionAt = async ({ policies }: Deps, site: string): Promise<Region> =>
  regionOf((await policies.site(site)).timeZone);

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
  })
  .meta({ id: 'Party' });

export const textsOf = ({ state }: Current<Party>) =>
  state
    ? [
        state.name,
        ...state.contacts.map(({ value }) => value),
        ...[state.withdrawn, state.parted].flatMap((trace) => trace?.reason ?? []),
      ]
    : [];

const traceOf = ({ mergedInto, absorbed, parted, withdrawn }: Party, textOf: (ref: string) => string | null) => ({
  ...(mergedInto && { mergedInto: { ...mergedInto, at: iso(mergedInto.at) } }),
  ...(parted && { parted: { ...parted, at: iso(parted.at), reason: textOf(parted.reason.ref) } }),
  ...(absorbed && { absorbed: absorbed.map((one) => ({ ...one, at: iso(one.at) })) }),
  ...(withdrawn && {
    withdrawn: { at: iso(withdrawn.at), by: withdrawn.by, reason: textOf(withdrawn.reason.ref) },
  }),
});

export const views = async ({ personal }: Deps, site: string, all: Current<Party>[]) => {
  const texts = await personal.both(site, all.flatMap(textsOf));
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
  once: Once;
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
