import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { payerKey } from '../../../shared/directory/payer.ts';
import { overtaken, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { idParam } from '../../../shared/http/schemas.ts';
import { append, type Current, type Decision } from '../../../shared/journal/aggregate.ts';
import { doneBefore, execute } from '../../../shared/journal/execute.ts';
import { mergeObjection, sameName, united } from '../merge.ts';
import {
  CONTACTS_MAX,
  contactsDigest,
  goneKey,
  knownKeys,
  MERGED_MAX,
  type Party,
  type PartyEvent,
  publishParty,
} from '../party.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { knownNow } from './known.ts';
import { type Doing, factsOf, one, partyOut, textsOf, views } from './party-parts.ts';

const route = routesFor<Deps>();

/**
 * Both parties change in one transaction: the one that goes names the one that stays, which has the contact ways of both and
 * is known as either was. Units follow (`on-party-merged.ts`).
 */
const merge = async (
  deps: Deps,
  { site, now, by, idempotencyKey }: Doing,
  id: string,
  { into, sure }: { into: string; sure: boolean },
): Promise<Current<Party>> => {
  const { parties } = deps.registry;
  const done = await doneBefore(parties, { site, id, idempotencyKey });
  if (done) return done;
  const [goes, stays] = (await parties.heads(site, [id, into])) as [Current<Party>, Current<Party>];
  const objection = mergeObjection(goes, stays);
  if (objection && objection.kind !== 'rule') throw objection;
  const texts = await deps.personal.both(site, [...textsOf(goes), ...textsOf(stays)], 'answer');
  const text = ({ ref }: { ref: string }) => texts.get(ref)?.value;
  const contacts = united(
    stays.state?.contacts ?? [],
    goes.state?.contacts ?? [],
    (a, b) => a.ref === b.ref || (text(a) !== undefined && text(a) === text(b)),
  );
  const { known } = await knownNow(deps, site, id, { name: '', contacts: [] });
  const { name, language } = (stays.state ?? goes.state) as Party;
  const facts = factsOf({ name, contacts }, text);
  const same = sameName(goes.state && text(goes.state.name), text(name));
  const gone = [id, ...(goes.state?.absorbed ?? []).map(({ party }) => party)];
  const absorbed = append(
    parties.type,
    stays,
    [{ name: 'party.absorbed', data: { name, language, contacts, parties: gone } }],
    now,
    by,
  );
  const published = publishParty(absorbed.next, facts);
  const others = (await deps.registry.publishedAll(knownKeys(site, facts))).map((item) => item.party as string);
  const holder = others.find((party) => party !== id && party !== into);
  const taken = new Set(known.map(({ sk }) => sk));
  const own = published.put.filter(({ sk }) => !taken.has(sk));
  const takeOver = known.map(
    ({ pk, sk, of }): TransactItem => ({
      Put: {
        TableName: parties.own,
        Item: { pk, sk, of: into, party: into, digest: contactsDigest(facts) },
        ConditionExpression: '#of = :of',
        ExpressionAttributeNames: { '#of': 'of' },
        ExpressionAttributeValues: { ':of': of },
      },
    }),
  );
  const { current } = await execute(parties, {
    site,
    id,
    now,
    by,
    idempotencyKey,
    decide: (state): Decision<PartyEvent> => {
      const wrong = objection ?? mergeObjection({ id, state }, stays);
      if (wrong) return wrong;
      // All of the ways are united: what somebody added meanwhile isn't lost.
      if (!isDeepStrictEqual(state, goes.state)) return overtaken();
      if (!sure && !same) return new Refusal('conflict', 'party.names-differ');
      const many = (stays.state?.absorbed ?? []).length + gone.length;
      if (many > MERGED_MAX) return refuse('party.too-many-merged', { max: MERGED_MAX });
      if (contacts.length > CONTACTS_MAX) return refuse('party.too-many-contacts', { max: CONTACTS_MAX });
      // Somebody else is known by the name of one and a contact way of the other: it is to be said first who that is.
      if (holder !== undefined) return refuse('party.already-there', { party: holder });
      return { events: [{ name: 'party.merged', data: { into } }] };
    },
    publish: () => ({
      put: [
        { ...payerKey(site, id), mergedInto: into },
        { ...goneKey(site, id), into },
      ],
      remove: [],
    }),
    extraItems: () => [
      ...parties.items({
        next: absorbed.next,
        from: stays.version,
        events: absorbed.events,
        personal: [],
        published: { put: own, remove: [] },
      }),
      ...takeOver,
    ],
  });
  return current;
};

export const mergeRoutes = [
  route({
    method: 'POST',
    path: '/sites/{site}/parties/{party}/merge',
    summary: 'This party is one that stands there already: it becomes part of that one, which stays',
    who: KEEPERS,
    personal: true,
    params: one,
    body: z.strictObject({
      into: idParam('party').meta({ description: 'The party that stays' }),
      sure: z.boolean().default(false).meta({
        description: 'Their names differ, and they are one all the same: without it that is a conflict',
      }),
    }),
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const current = await merge(deps, { site, now, by: actor.staff, idempotencyKey }, party, body);
      return (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
    },
  }),
];
