import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Item } from '../../../shared/aws/many.ts';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { payerKey } from '../../../shared/directory/payer.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { overtaken, refuse } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import { append, type Current, type Decision } from '../../../shared/journal/aggregate.ts';
import { doneBefore, execute } from '../../../shared/journal/execute.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { apart, partObjection } from '../merge.ts';
import {
  cardOf,
  contactsDigest,
  goneKey,
  knownKeys,
  type Party,
  type PartyEvent,
  type PartyFacts,
  publishParty,
} from '../party.ts';
import type { Registry } from '../store.ts';
import { holdingKey } from '../unit.ts';
import { cameWith } from '../unit-merge.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { type Doing, factsOf, one, partyOut, reasonKept, textsOf, views } from './party-parts.ts';

const route = routesFor<Deps>();

/** What the one that stayed had before a merge, and what it had after it. */
const contactsAround = async ({ parties }: Registry, stays: Current<Party>, id: string) => {
  const events = (await parties.whole(stays.site, stays.id)) as Recorded<PartyEvent>[];
  const at = events.findLastIndex(({ name, data }) => name === 'party.absorbed' && data.parties[0] === id);
  const upTo = (end: number) =>
    events.slice(0, end).reduce<Party | undefined>((state, event) => parties.type.fold(state, event), undefined);
  return { before: upTo(at)?.contacts ?? [], after: upTo(at + 1)?.contacts ?? [] };
};

/** A key that somebody is known by goes back to whom it was taken from; it may have been given up meanwhile. */
const givenBack = (
  { own }: { own: string },
  known: Item | undefined,
  { key, to, digest }: { key: { pk: string; sk: string }; to: string; digest: string },
): TransactItem => ({
  Put: {
    TableName: own,
    Item: { ...key, of: to, party: to, digest },
    ...(known
      ? {
          ConditionExpression: '#of = :of',
          ExpressionAttributeNames: { '#of': 'of' },
          ExpressionAttributeValues: { ':of': known.of },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});

/** Units of somebody without a contact way, whose entries one transaction gives back. */
const HELD_MAX = 50;

/** Somebody without a contact way is known by their name and unit: those that came with them. */
const keysByUnit = async (
  registry: Registry,
  { site, id: from }: Current<Party>,
  parties: readonly string[],
  facts: PartyFacts,
) => {
  const held = await registry.publishedPage(holdingKey(site, from, '').pk, HELD_MAX);
  const units = await registry.units.heads(
    site,
    held.items.map(({ sk }) => sk),
  );
  const came = units.filter(({ state }) => cameWith(state, { from, parties }).length > 0);
  return (await registry.publishedAll(came.flatMap(({ id }) => knownKeys(site, facts, id)))).map(({ pk, sk }) => ({
    pk,
    sk,
  }));
};

/**
 * The inverse of a merge, both parties in one transaction: each has its own contact ways again and is known by its own
 * names. Units follow (`on-party-merged.ts`). Accounts were never touched, and what was paid over those of both stays as it
 * was paid.
 */
const unmerge = async (
  deps: Deps,
  { site, now, by, idempotencyKey }: Doing,
  id: string,
  reason: string,
): Promise<Current<Party>> => {
  const { registry, personal, random } = deps;
  const { parties } = registry;
  const done = await doneBefore(parties, { site, id, idempotencyKey });
  if (done) return done;
  const goes = await parties.head(site, id);
  const from = goes.state?.mergedInto?.party ?? id;
  const stays = await parties.head(site, from);
  const objection = partObjection(goes.state, stays.state, id);
  const why = personalText('reason', reason, now, random, await reasonKept(deps, site, now));
  if (objection || !goes.state || !stays.state) {
    await execute(parties, { site, id, now, by, idempotencyKey, decide: () => objection ?? overtaken() });
    throw objection ?? overtaken();
  }
  const texts = await personal.both(site, [...textsOf(goes), ...textsOf(stays)], 'answer');
  const text = ({ ref }: { ref: string }) => texts.get(ref)?.value;
  const contacts = apart(stays.state.contacts, goes.state.contacts, await contactsAround(registry, stays, id));
  const gone = [id, ...(goes.state.absorbed ?? []).map(({ party }) => party)];
  const { name, language } = stays.state;
  const released = append(
    parties.type,
    stays,
    [{ name: 'party.released', data: { name, language, contacts, parties: gone } }],
    now,
    by,
  );
  const [theirs, own] = [factsOf(goes.state, text), factsOf(released.next.state as Party, text)];
  const [was, kept] = [knownKeys(site, factsOf(stays.state, text)), knownKeys(site, own)];
  const keys = theirs.contacts.length > 0 ? knownKeys(site, theirs) : await keysByUnit(registry, stays, gone, theirs);
  const isOne = (all: readonly { sk: string }[]) => (key: { sk: string }) => all.some(({ sk }) => sk === key.sk);
  const [known, before] = await Promise.all([registry.publishedAll(keys), registry.publishedAll(was)]);
  const other = known.find(({ party }) => party !== from && party !== id);
  const holder = keys.some(isOne(kept)) ? from : (other?.party as string | undefined);
  const { current } = await execute(parties, {
    site,
    id,
    now,
    by,
    idempotencyKey,
    decide: (state): Decision<PartyEvent> => {
      if (!isDeepStrictEqual(state, goes.state)) return overtaken();
      // As they are known by now they would be one, or somebody else: it is to be corrected first who that is.
      if (holder !== undefined) return refuse('party.already-there', { party: holder });
      const data = { from, parties: gone, reason: refOf(why) };
      return { events: [{ name: 'party.parted', data }], personal: [why] };
    },
    publish: ({ state }) => ({
      put: [{ ...payerKey(site, id), ...cardOf(id, state as Party) }],
      remove: [goneKey(site, id)],
    }),
    extraItems: () => [
      ...parties.items({
        next: released.next,
        from: stays.version,
        events: released.events,
        personal: [],
        published: {
          put: stays.state?.withdrawn
            ? [{ ...payerKey(site, from), ...cardOf(from, released.next.state as Party) }]
            : publishParty(released.next, own).put,
          remove: before.filter((key) => key.party === from && !isOne(keys)(key) && !isOne(kept)(key)),
        },
      }),
      ...keys.map((key) =>
        givenBack(
          parties,
          known.find(({ sk }) => sk === key.sk),
          { key, to: id, digest: contactsDigest(theirs) },
        ),
      ),
    ],
  });
  return current;
};

export const unmergeRoutes = [
  route({
    method: 'POST',
    path: '/sites/{site}/parties/{party}/unmerge',
    summary:
      'This party was merged by mistake: both are parties of their own again, with the contact ways and units they had',
    who: KEEPERS,
    personal: true,
    params: one,
    body: z.strictObject({ reason: words }),
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const current = await unmerge(deps, { site, now, by: actor.staff, idempotencyKey }, party, body.reason);
      return (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
];
