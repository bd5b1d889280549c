import * as z from 'zod';
import { iso } from '../../../shared/clock.ts';
import { phoneIn, phoneSent } from '../../../shared/http/phone.ts';
import { routesFor } from '../../../shared/http/route.ts';
import {
  dayIn,
  idParam,
  instantOut,
  label,
  pageOf,
  paging,
  siteOnly,
  siteParam,
} from '../../../shared/http/schemas.ts';
import { newId } from '../../../shared/ids.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { log } from '../../../shared/log.ts';
import { phoneOf, type Region, regionOf } from '../../../shared/phone.ts';
import { invalid, notFound } from '../../../shared/refusal.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { PURPOSES, RELATIONS, WAYS } from '../events.ts';
import { CONTACTS_MAX } from '../merge.ts';
import { change, knownKeys, languageAt, type Party, type PartyFacts, publishParty, register } from '../party.ts';
import { holdingKey } from '../unit.ts';
import { type Deps, KEEPERS, KNOWS_OWNERS } from './deps.ts';

const route = routesFor<Deps>();
export const one = z.object({ site: siteParam, party: idParam('party') });

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const personName = label(100);

export const purposesIn = z.array(z.enum(PURPOSES)).min(1).max(PURPOSES.length);
const purposes = purposesIn.default(['service']);
const contactIn = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('phone'), value: phoneIn, purposes, consent: z.boolean().default(false) }),
  z.strictObject({ way: z.literal('email'), value: email, purposes, consent: z.boolean().default(false) }),
]);
export const partyIn = z.strictObject({
  name: personName,
  language: z
    .enum(LANGUAGES)
    .optional()
    .meta({ description: "In which they are written to; when absent the site's, or as it was" }),
  contacts: z.array(contactIn).max(CONTACTS_MAX).default([]),
});

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

/** Contact ways as they are kept, each once. @throws Refusal */
const contactsAt = (contacts: z.output<typeof contactIn>[], region: Region) => {
  const all = contacts.map((contact, i) => kept(contact, region, `body.contacts.${i}.value`));
  const ways = all.map(({ way, value }) => way + value);
  const twice = ways.findIndex((way, i) => ways.indexOf(way) !== i);
  if (twice !== -1) throw invalid({ field: `body.contacts.${twice}.value`, rule: 'field.none-twice' });
  return all;
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
    withdrawn: trace
      .extend({ reason: z.string().nullable() })
      .optional()
      .meta({ description: 'It was entered by mistake' }),
  })
  .meta({ id: 'Party' });
const partyWithUnitsOut = partyOut.extend({
  units: z.array(
    z.object({ unit: z.string(), relation: z.enum(RELATIONS), payer: z.boolean(), since: dayIn.optional() }),
  ),
});

export const textsOf = ({ state }: Current<Party>) =>
  state
    ? [state.name, ...state.contacts.map(({ value }) => value), ...(state.withdrawn ? [state.withdrawn.reason] : [])]
    : [];

const traceOf = ({ mergedInto, absorbed, withdrawn }: Party, textOf: (ref: string) => string | null) => ({
  ...(mergedInto && { mergedInto: { ...mergedInto, at: iso(mergedInto.at) } }),
  ...(absorbed && { absorbed: absorbed.map((one) => ({ ...one, at: iso(one.at) })) }),
  ...(withdrawn && {
    withdrawn: { at: iso(withdrawn.at), by: withdrawn.by, reason: textOf(withdrawn.reason.ref) },
  }),
});

export const views = async ({ personal }: Deps, site: string, by: string, all: Current<Party>[]) => {
  const texts = await personal.both(site, all.flatMap(textsOf));
  log('HY-PER-1', { by, site, texts: texts.size, ...(all.length === 1 ? { of: all[0]?.id } : {}) });
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

/** Which other party has this name and one of the contact ways already. */
export const holderOf = async ({ registry }: Deps, site: string, facts: PartyFacts, id: string) => {
  const holders = (await registry.publishedAll(knownKeys(site, facts))).map(({ party }) => party as string);
  return holders.find((holder) => holder !== id);
};

/** Under what a party is known as its texts say now: what is withdrawn when these change. */
export const knownNow = async ({ registry, personal }: Deps, site: string, id: string, wanted: PartyFacts) => {
  const current = await registry.parties.head(site, id);
  if (!current.state) throw notFound(id);
  const texts = await personal.both(site, textsOf(current));
  const contacts = current.state.contacts.map(({ value, ...contact }) => ({
    ...contact,
    value: texts.get(value.ref)?.value ?? '',
    consent: false,
  }));
  const facts: PartyFacts = { name: texts.get(current.state.name.ref)?.value ?? '', contacts };
  // Known by its units alone, and so it remains.
  if (contacts.length + wanted.contacts.length === 0 && facts.name === wanted.name) return [];
  const held = contacts.length > 0 ? undefined : await registry.publishedPage(holdingKey(site, id, '').pk, HELD_MAX);
  const keys = held ? held.items.flatMap(({ sk }) => knownKeys(site, facts, sk)) : knownKeys(site, facts);
  return (await registry.publishedAll(keys)).filter(({ party }) => party === id);
};
/** Units whose entries one transaction withdraws. */
const HELD_MAX = 50;

export const partyRoutes = [
  route({
    method: 'GET',
    path: '/sites/{site}/parties',
    summary: 'Owners and tenants of a site, newest first',
    who: KNOWS_OWNERS,
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(partyOut),
    async handle({ params: { site }, query: { limit, after }, actor }, deps) {
      const page = await deps.registry.parties.list(site, false, limit, after);
      return { ...page, items: await views(deps, site, actor.staff, page.items) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/parties',
    summary: 'Enter an owner or tenant',
    who: KEEPERS,
    params: siteOnly,
    body: partyIn,
    answer: partyOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, once }, deps) {
      const id = newId('party', now, deps.chance);
      const { timeZone } = await deps.policies.site(site);
      const contacts = contactsAt(body.contacts, regionOf(timeZone));
      const facts = { ...body, contacts, language: body.language ?? languageAt(timeZone) };
      const holder = await holderOf(deps, site, facts, id);
      const { current } = await execute(deps.registry.parties, {
        site,
        id,
        now,
        by: actor.staff,
        once,
        decide: (state) => register(state, facts, holder, now, deps.chance),
        publish: (next) => publishParty(next, facts),
      });
      return (await views(deps, site, actor.staff, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/parties/{party}',
    summary: 'A party with its units',
    who: KNOWS_OWNERS,
    params: one,
    answer: partyWithUnitsOut,
    async handle({ params: { site, party }, actor }, deps) {
      const [current, held] = await Promise.all([
        deps.registry.parties.head(site, party),
        deps.registry.publishedPage(holdingKey(site, party, '').pk, 100),
      ]);
      const [view] = await views(deps, site, actor.staff, [current]);
      return { ...(view as z.input<typeof partyOut>), units: held.items as never };
    },
  }),
  route({
    method: 'PUT',
    path: '/sites/{site}/parties/{party}',
    summary: 'Correct name and contact ways',
    who: KEEPERS,
    params: one,
    body: partyIn,
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, once }, deps) {
      const facts = { ...body, contacts: contactsAt(body.contacts, await regionAt(deps, site)) };
      const [withdraw, holder] = await Promise.all([
        knownNow(deps, site, party, facts),
        holderOf(deps, site, facts, party),
      ]);
      const { current } = await execute(deps.registry.parties, {
        site,
        id: party,
        now,
        by: actor.staff,
        once,
        decide: (state) => change(state, facts, holder, now, deps.chance),
        publish: (next) => publishParty(next, facts, { withdraw }),
      });
      return (await views(deps, site, actor.staff, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
];
