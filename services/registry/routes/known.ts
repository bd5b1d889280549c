import { notFound } from '../../../shared/refusal.ts';
import { knownKeys, type PartyFacts } from '../party.ts';
import { holdingKey } from '../unit.ts';
import type { Deps } from './deps.ts';
import { textsOf } from './party-parts.ts';

/** Units whose entries one transaction withdraws. */
const HELD_MAX = 50;

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
