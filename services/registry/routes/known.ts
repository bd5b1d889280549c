import type { Envelope } from '../../../shared/domain/events.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { type Limit, limitOf } from '../../../shared/journal/limit.ts';
import { knownKeys, ownTexts, type PartyFacts } from '../party.ts';
import { holdingKey } from '../unit.ts';
import type { Deps } from './deps.ts';
import { textsOf } from './party-parts.ts';

/** Units whose entries one transaction withdraws. */
const HELD_MAX = 50;

/** Which other party has this name and one of the contact ways already. */
export const partyHolding = async ({ registry }: Deps, site: string, facts: PartyFacts, id: string) => {
  const holders = (await registry.publishedAll(knownKeys(site, facts))).map(({ party }) => party as string);
  return holders.find((holder) => holder !== id);
};

/**
 * A party as its texts say now: under what it is known, which is withdrawn when these change, the texts, and what those have
 * that were merged into it.
 */
export const knownNow = async ({ registry, personal }: Deps, site: string, id: string, wanted: PartyFacts) => {
  const current = await registry.parties.head(site, id);
  if (!current.state) throw notFound(id);
  const texts = await personal.both(site, textsOf(current), 'answer');
  const contacts = current.state.contacts.map(({ value, ...contact }) => ({
    ...contact,
    value: texts.get(value.ref)?.value ?? '',
    consent: false,
  }));
  const facts: PartyFacts = { name: texts.get(current.state.name.ref)?.value ?? '', contacts };
  const absorbed = (current.state.absorbed ?? []).map(({ party }) => party);
  const others = (await registry.parties.heads(site, absorbed)).flatMap(({ state }) => (state ? ownTexts(state) : []));
  // Known by its units alone, and so it remains.
  if (contacts.length + wanted.contacts.length === 0 && facts.name === wanted.name) return { known: [], texts, others };
  const held = contacts.length > 0 ? undefined : await registry.publishedPage(holdingKey(site, id, '').pk, HELD_MAX);
  const keys = held ? held.items.flatMap(({ sk }) => knownKeys(site, facts, sk)) : knownKeys(site, facts);
  const known = (await registry.publishedAll(keys)).filter(({ party }) => party === id);
  return { known, texts, others };
};

/** Each address that a change tells is a mail that whoever corrects it causes. */
export const mailsOf = async (
  { policies }: Deps,
  who: { site: string; staff: string; now: number },
): Promise<(events: readonly Envelope[]) => Limit | undefined> => {
  const limit = await limitOf(policies, 'mails', who);
  return ([event]) => {
    const by = ((event?.data as { left?: unknown[] } | undefined)?.left ?? []).length;
    return by === 0 ? undefined : { ...limit, by };
  };
};
