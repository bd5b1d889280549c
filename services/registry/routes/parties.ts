import * as z from 'zod';
import { newId } from '../../../shared/domain/ids.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import { phoneIn } from '../../../shared/http/phone.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { dayIn, pageOf, paging, siteOnly } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { type Region, regionOf } from '../../../shared/values/phone.ts';
import { RELATIONS } from '../events.ts';
import { CONTACTS_MAX, change, languageAt, publishParty, register } from '../party.ts';
import { holdingKey } from '../unit.ts';
import { type Deps, KEEPERS, KNOWS_OWNERS } from './deps.ts';
import { knownNow, mailsOf, partyHolding } from './known.ts';
import { email, kept, one, partyOut, personName, purposesIn, regionAt, views } from './party-parts.ts';

const route = routesFor<Deps>();

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

/** Contact ways as they are kept, each once. @throws Refusal */
const contactsAt = (contacts: z.output<typeof contactIn>[], region: Region) => {
  const all = contacts.map((contact, i) => kept(contact, region, `body.contacts.${i}.value`));
  const ways = all.map(({ way, value }) => way + value);
  const twice = ways.findIndex((way, i) => ways.indexOf(way) !== i);
  if (twice !== -1) throw invalid({ field: `body.contacts.${twice}.value`, rule: 'field.none-twice' });
  return all;
};

const partyWithUnitsOut = partyOut.extend({
  units: z.array(
    z.object({ unit: z.string(), relation: z.enum(RELATIONS), payer: z.boolean(), since: dayIn.optional() }),
  ),
});

export const partyRoutes = [
  route({
    method: 'GET',
    path: '/sites/{site}/parties',
    summary: 'Owners and tenants of a site, newest first',
    who: KNOWS_OWNERS,
    personal: true,
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(partyOut),
    async handle({ params: { site }, query: { limit, after }, actor }, deps) {
      const page = await deps.registry.parties.list(site, false, limit, after);
      return { ...page, items: await views(deps, site, actor, page.items) };
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
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      const id = newId('party', now, deps.random);
      const { timeZone } = await deps.policies.site(site);
      const contacts = contactsAt(body.contacts, regionOf(timeZone));
      const facts = { ...body, contacts, language: body.language ?? languageAt(timeZone) };
      const holder = await partyHolding(deps, site, facts, id);
      const { current } = await execute(deps.registry.parties, {
        site,
        id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => register(state, facts, holder, now, deps.random),
        publish: (next) => publishParty(next, facts),
      });
      return (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/parties/{party}',
    summary: 'A party with its units',
    who: KNOWS_OWNERS,
    personal: true,
    params: one,
    answer: partyWithUnitsOut,
    async handle({ params: { site, party }, actor }, deps) {
      const [current, held] = await Promise.all([
        deps.registry.parties.head(site, party),
        deps.registry.publishedPage(holdingKey(site, party, '').pk, 100),
      ]);
      const [view] = await views(deps, site, actor, [current]);
      return { ...(view as z.input<typeof partyOut>), units: held.items as never };
    },
  }),
  route({
    method: 'PUT',
    path: '/sites/{site}/parties/{party}',
    summary: 'Correct name and contact ways',
    who: KEEPERS,
    personal: true,
    params: one,
    body: partyIn,
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const facts = { ...body, contacts: contactsAt(body.contacts, await regionAt(deps, site)) };
      const [{ known, ...are }, holder, limit] = await Promise.all([
        knownNow(deps, site, party, facts),
        partyHolding(deps, site, facts, party),
        mailsOf(deps, { site, staff: actor.staff, now }),
      ]);
      const { current } = await execute(deps.registry.parties, {
        site,
        id: party,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => change(state, facts, { ...are, holder, now, random: deps.random }),
        publish: (next) => publishParty(next, facts, { withdraw: known }),
        limit,
      });
      return (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
];
