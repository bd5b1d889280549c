import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type PayerCard, payerKey } from '../../shared/directory/payer.ts';
import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import type { Random } from '../../shared/domain/ids.ts';
import { notFound, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import { goneOf, type KnownTexts, personalText, refersTo, refOf, toldGone } from '../../shared/people/personal.ts';
import type { Language } from '../../shared/text/catalogue.ts';
import type { Instant } from '../../shared/time/clock.ts';
import {
  partyAbsorbed,
  partyChanged,
  partyErased,
  partyMerged,
  partyParted,
  partyRegistered,
  partyReleased,
  partyRestricted,
  partyUnrestricted,
  partyWithdrawn,
} from './events.ts';
import { leftBehind, TOLD_WITHIN } from './left.ts';
import { textKeeper } from './texts.ts';
import type { ContactWay, ContactWayFacts } from './ways.ts';

const events = [
  partyRegistered,
  partyChanged,
  partyMerged,
  partyAbsorbed,
  partyParted,
  partyReleased,
  partyWithdrawn,
  partyRestricted,
  partyUnrestricted,
  partyErased,
] as const;
export type PartyEvent = (typeof events)[number];

/** An owner or tenant (业户); every text stands outside the journal. */
export interface Party {
  name: PersonalRef;
  language: Language;
  contacts: (ContactWay<PersonalRef> & { consentedAt?: Instant | undefined })[];
  /** It stood there twice: into whom it went. */
  mergedInto?: Trace & { party: string };
  /** Who were merged into it, the newest last. */
  absorbed?: (Trace & { party: string })[];
  /** It had been merged by mistake, the last time: out of whom it came back. */
  parted?: Trace & { party: string; reason: PersonalRef };
  /** It was entered by mistake. */
  withdrawn?: Trace & { reason: PersonalRef };
  /** They asked that it is used for nothing but their contract. */
  restricted?: Trace & { reason: PersonalRef };
  /** They asked to be. */
  erased?: Trace;
  owed: [];
}
/** When it was done, and by whom. */
export interface Trace {
  at: Instant;
  by: string;
}
/** A party as people write it. */
export interface PartyFacts {
  name: string;
  contacts: ContactWayFacts[];
  /** Absent: the site's, or as it was. */
  language?: Language | undefined;
}
/** In which somebody at a site is written to, unless they say otherwise. */
export const languageAt = (zone: string): Language => (zone === 'Asia/Shanghai' ? 'zh-CN' : 'en');

const fold = (state: Party | undefined, event: Recorded<PartyEvent>): Party => {
  if (event.name === 'party.registered') return { ...event.data, owed: [] };
  if (!state) throw new Error(`${event.id} stands before the registration`);
  const { at, by } = event;
  switch (event.name) {
    case 'party.merged':
      return { ...state, mergedInto: { party: event.data.into, at, by } };
    case 'party.absorbed': {
      const { parties, ...facts } = event.data;
      const absorbed = [...(state.absorbed ?? []), ...parties.map((party) => ({ party, at, by }))];
      return { ...state, ...facts, absorbed };
    }
    case 'party.parted': {
      const { mergedInto: _, ...own } = state;
      const { from: party, reason } = event.data;
      return { ...own, parted: { party, reason, at, by } };
    }
    case 'party.released': {
      const { parties, ...facts } = event.data;
      return { ...state, ...facts, absorbed: (state.absorbed ?? []).filter(({ party }) => !parties.includes(party)) };
    }
    case 'party.withdrawn':
      return { ...state, withdrawn: { reason: event.data.reason, at, by } };
    case 'party.restricted':
      return { ...state, restricted: { reason: event.data.reason, at, by } };
    case 'party.unrestricted': {
      const { restricted: _, ...rest } = state;
      return rest;
    }
    case 'party.erased':
      return { ...state, contacts: [], erased: { at, by } };
    default: {
      const { left: _, gone: __, ...facts } = event.data;
      return { ...state, ...facts };
    }
  }
};
/** Contact ways of one party, at most. */
export const CONTACTS_MAX = 10;
/** Parties that are one payer, beside the one that stayed: whoever joins by payer looks each of them up. */
export const MERGED_MAX = 50;

export const partyType: AggregateType<Party, PartyEvent> = {
  type: 'party',
  ids: 'party',
  kind: 'record',
  events,
  most: { contacts: CONTACTS_MAX, absorbed: MERGED_MAX },
  fold,
  finished: ({ mergedInto, withdrawn, erased }) => [mergedInto, withdrawn, erased].some((gone) => gone !== undefined),
};

/** Why nothing more is done with a party. */
export const goneFor = ({ mergedInto, withdrawn, erased }: Party): Refusal | undefined => {
  if (erased) return refuse('party.erased');
  if (mergedInto) return refuse('party.merged', { party: mergedInto.party });
  return withdrawn ? refuse('party.withdrawn') : undefined;
};
/** What a correction is made with. */
export interface Correcting {
  /** Who else is known so already. */
  holder: string | undefined;
  now: Instant;
  random: Random;
  texts: KnownTexts;
  others?: readonly PersonalRef[] | undefined;
}

/** Is there once a party was merged, withdrawn or erased: nobody is linked to a unit any more. */
export const goneKey = (site: string, party: string) => ({ pk: `gone#${site}`, sk: party });

/** Under which those who are known lie together. */
export const KNOWN = (site: string): string => `known#${site}`;
/**
 * Who somebody is on a spreadsheet: their name with any of their contact ways, or (without one) with a unit. Published so
 * that no import and no second entry makes them twice; the digest tells whether their contact ways are the same.
 * Erasable, like every published item, so that nothing in the journal can be guessed from it.
 */
export const knownKeys = (site: string, { name, contacts }: PartyFacts, unit?: string) => {
  const ways = contacts.map(({ way, value }) => `${way}:${value}`).sort();
  const known = ways.length === 0 && unit !== undefined ? [`unit:${unit}`] : ways;
  return known.map((by) => ({ pk: KNOWN(site), sk: sha256(`${name.normalize('NFKC')}\n${by}`) }));
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const contactsDigest = ({ contacts }: PartyFacts): string =>
  sha256(
    JSON.stringify(
      contacts.map(({ way, value, purposes, consent }) => [way, value, [...purposes].sort(), consent]).sort(),
    ),
  );

/** What billing reads of a party; what each way may be used for is said in `shared/directory/payer.ts`. */
export const cardOf = (
  party: string,
  { name, language, contacts, absorbed = [], withdrawn, erased }: Party,
): PayerCard => {
  const waysFor = (wanted: ContactWay<PersonalRef>['way']) =>
    [
      contacts.filter(({ purposes }) => purposes.includes('fees')),
      contacts.filter(({ purposes }) => purposes.includes('service') && !purposes.includes('fees')),
    ].flatMap((some) => some.filter(({ way }) => way === wanted).map(({ value }) => ({ value })));
  const merged = absorbed.map((one) => one.party);
  const card = { party, name, language, emails: waysFor('email'), phones: waysFor('phone') };
  return {
    ...card,
    ...(merged.length > 0 ? { merged } : {}),
    ...(withdrawn ? { withdrawn: true } : {}),
    ...(erased ? { erased: true } : {}),
  };
};

/** By its id, for who bills; and known by its texts where a contact way or a unit tells it from a namesake. */
export const publishParty = (
  { site, id, state }: Current<Party>,
  facts: PartyFacts,
  { unit, withdraw = [] }: { unit?: string; withdraw?: { pk: string; sk: string }[] } = {},
): Published => {
  const known = knownKeys(site, facts, unit);
  const digest = contactsDigest(facts);
  return {
    put: [
      { ...payerKey(site, id), ...cardOf(id, state as Party) },
      ...known.map((key) => ({ ...key, party: id, digest })),
    ],
    remove: withdraw.filter(({ sk }) => !known.some((key) => key.sk === sk)),
  };
};

export const register = (
  state: Party | undefined,
  facts: PartyFacts & { language: Language },
  holder: string | undefined,
  now: Instant,
  random: Random,
): Decision<PartyEvent> => {
  if (state || holder !== undefined) return refuse('party.already-there', { party: holder ?? '' });
  const { data, personal } = written(undefined, facts, now, random, new Map());
  return { events: [{ name: 'party.registered', data }], personal };
};

/** What of a party stands outside the journal as its own. */
export const ownTexts = ({ name, contacts }: Pick<Party, 'name' | 'contacts'>): PersonalRef[] => [
  name,
  ...contacts.map(({ value }) => value),
];

/**
 * What was corrected is gone, unless somebody who was merged into it has it too.
 * @param texts those of the party as it is
 * @param others those of who were merged into it
 */
export const change = (
  state: Party | undefined,
  facts: PartyFacts,
  { holder, now, random, texts, others = [] }: Correcting,
): Decision<PartyEvent> => {
  if (!state) return notFound('party');
  const refused = goneFor(state);
  if (refused) return refused;
  if (holder !== undefined) return refuse('party.already-there', { party: holder });
  const { data, personal } = written(
    state,
    { ...facts, language: facts.language ?? state.language },
    now,
    random,
    texts,
  );
  const { name, language, contacts } = state;
  if (isDeepStrictEqual(data, { name, language, contacts })) return { events: [] };
  const left = leftBehind(state, data.contacts, texts).map(({ ref, value }) => ({
    was: ref,
    copy: personalText('address-left', value, now, random, { keeps: 'called', until: now + TOLD_WITHIN }),
  }));
  const told = left.map(({ was, copy }) => ({ was, address: refOf(copy) }));
  const gone = goneOf(ownTexts(state), [...ownTexts(data), ...others], texts);
  const more = { ...toldGone(gone), ...(told.length > 0 ? { left: told } : {}) };
  return {
    events: [{ name: 'party.changed', data: { ...data, ...more } }],
    personal: [...personal, ...left.map(({ copy }) => copy)],
    gone,
  };
};
/** Sets the texts apart; one that is there already keeps its item, and its consent the time it was given. */
const written = (
  state: Party | undefined,
  facts: PartyFacts & { language: Language },
  now: Instant,
  random: Random,
  texts: KnownTexts,
) => {
  const { refTo, personal } = textKeeper(now, random, texts, state?.restricted && 'person');
  const data = {
    name: refTo('name', facts.name, state?.name),
    language: facts.language,
    contacts: facts.contacts.map(({ way, value, shown, purposes, consent }) => {
      const known = state?.contacts.find((contact) => contact.way === way && refersTo(contact.value, value, texts));
      const consentedAt = consent ? (known?.consentedAt ?? now) : undefined;
      return {
        way,
        value: refTo(way, shown === undefined ? value : { value, shown }, known?.value),
        purposes,
        ...(consentedAt === undefined ? {} : { consentedAt }),
      };
    }),
  };
  return { data, personal };
};
