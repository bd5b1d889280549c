import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { invalid, notFound, overtaken } from '../../../shared/domain/refusal.ts';
import { phoneIn } from '../../../shared/http/phone.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { doneBefore, execute } from '../../../shared/journal/execute.ts';
import { CONTACTS_MAX, change, goneFor, publishParty } from '../party.ts';
import { type GivenContact, withContact } from '../ways.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { knownNow, mailsOf, partyHolding } from './known.ts';
import { email, kept, one, partyOut, purposesIn, regionAt, textsOf, views } from './party-parts.ts';

const optional = {
  purposes: purposesIn.optional().meta({ description: 'As of the one it replaces when left out, else `service`' }),
  consent: z.boolean().optional(),
};
const replaces = { description: 'The one of the party that no longer reaches them; it goes' };
const contactIn = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('phone'), value: phoneIn, replaces: phoneIn.optional().meta(replaces), ...optional }),
  z.strictObject({ way: z.literal('email'), value: email, replaces: email.optional().meta(replaces), ...optional }),
]);

/** The party as its texts say now, with what was given. @throws Refusal where that can't be */
const factsWith = async ({ registry, personal }: Deps, site: string, party: string, contact: GivenContact) => {
  const current = await registry.parties.head(site, party);
  const { state } = current;
  if (!state) throw notFound(party);
  const gone = goneFor(state);
  if (gone) throw gone;
  const texts = await personal.both(site, textsOf(current), 'answer');
  const name = texts.get(state.name.ref)?.value;
  if (name === undefined) throw notFound(party);
  // What was erased stays so.
  const known = state.contacts.flatMap(({ way, value, purposes, consentedAt }) => {
    const text = texts.get(value.ref);
    return text === undefined ? [] : [{ way, ...text, purposes, consent: consentedAt !== undefined }];
  });
  const contacts = withContact(known, contact);
  if (!contacts) throw invalid({ field: 'body.replaces', rule: 'field.contact-way' });
  if (contacts.length > CONTACTS_MAX)
    throw invalid({ field: 'body', rule: 'field.contact-ways-most', details: { max: CONTACTS_MAX } });
  return { state, facts: { name, contacts } };
};

export const contactRoutes = [
  routesFor<Deps>()({
    method: 'POST',
    path: '/sites/{site}/parties/{party}/contacts',
    summary: 'An owner or tenant gave a number or an address: add it, or put it in the place of one that fails',
    who: ['agent', 'supervisor', 'centre-manager', ...KEEPERS],
    personal: true,
    params: one,
    body: contactIn,
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const { parties } = deps.registry;
      const shown = async (current: Parameters<typeof views>[3][number]) =>
        (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
      // Asked again, what it replaces is gone.
      const before = await doneBefore(parties, { site, id: party, idempotencyKey });
      if (before) return shown(before);
      const region = await regionAt(deps, site);
      const given = {
        ...kept(body, region, 'body.value'),
        replaces: body.replaces && kept({ ...body, value: body.replaces }, region, 'body.replaces').value,
      };
      const { state: read, facts } = await factsWith(deps, site, party, given);
      const [{ known, ...are }, holder, limit] = await Promise.all([
        knownNow(deps, site, party, facts),
        partyHolding(deps, site, facts, party),
        mailsOf(deps, { site, staff: actor.staff, now }),
      ]);
      const { current } = await execute(parties, {
        site,
        id: party,
        now,
        by: actor.staff,
        idempotencyKey,
        // All of the ways are written: what somebody else corrected meanwhile isn't undone.
        decide: (state) =>
          isDeepStrictEqual(state, read)
            ? change(state, facts, { ...are, holder, now, random: deps.random })
            : overtaken(),
        publish: (next) => publishParty(next, facts, { withdraw: known }),
        limit,
      });
      return shown(current);
    },
  }),
];
