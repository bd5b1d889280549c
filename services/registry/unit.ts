import { type UnitFacts, unitIdKey, unitKey } from '../../shared/directory/units.ts';
import type { NewEvent, Recorded } from '../../shared/domain/events.ts';
import { notFound, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import { addDays, type Day } from '../../shared/time/clock.ts';
import { LEVELS } from '../../shared/values/place.ts';
import {
  unitChanged,
  unitPartyLinked,
  unitPartyMerged,
  unitPartyParted,
  unitPartyUnlinked,
  unitRegistered,
  unitWithdrawn,
} from './events.ts';
import { goneKey } from './party.ts';
import { PAYERS_MAX, paysFrom, paysUntil } from './payers.ts';
import { accountOf, moved, parted } from './unit-merge.ts';
import type { Unit, UnitLink } from './unit-state.ts';

const events = [
  unitRegistered,
  unitChanged,
  unitPartyLinked,
  unitPartyUnlinked,
  unitPartyMerged,
  unitPartyParted,
  unitWithdrawn,
] as const;
export type UnitEvent = (typeof events)[number];

/** Parties a unit may have at once. */
export const PARTIES_MAX = 30;

/** A day that is said lies within these: no unit's fees go further back, and nobody sells further ahead. */
const FIRST_DAY: Day = '1990-01-01';
const DAYS_AHEAD = 366;

const fold = (state: Unit | undefined, event: Recorded<UnitEvent>): Unit => {
  if (event.name === 'unit.registered') return { ...event.data, parties: [], payers: [], owed: [] };
  if (!state) throw new Error(`${event.id} stands before the registration`);
  if (event.name === 'unit.changed') {
    const { parties, payers, merged } = state;
    return { ...event.data, parties, payers, ...(merged ? { merged } : {}), owed: [] };
  }
  if (event.name === 'unit.party-linked') return linked(state, event.data);
  if (event.name === 'unit.party-merged') return moved(state, event.data);
  if (event.name === 'unit.party-parted') return parted(state, event.data);
  if (event.name === 'unit.withdrawn') {
    return { ...state, withdrawn: { reason: event.data.reason, at: event.at, by: event.by } };
  }
  const { party, until } = event.data;
  return {
    ...state,
    parties: state.parties.filter((other) => other.party !== party),
    payers: paying(state, party) ? paysUntil(state.payers, until) : state.payers,
  };
};

const paying = ({ parties }: Unit, party: string) => parties.some((link) => link.party === party && link.payer);

const linked = (state: Unit, link: UnitLink): Unit => {
  const { party, payer, since } = link;
  const others = state.parties.filter((other) => other.party !== party);
  const parties = [...others.map((other) => (payer ? { ...other, payer: false } : other)), link];
  if (payer) return { ...state, parties, payers: paysFrom(state.payers, accountOf(state, party), since) };
  return { ...state, parties, payers: paying(state, party) ? paysUntil(state.payers, since) : state.payers };
};

export const unitType: AggregateType<Unit, UnitEvent> = {
  type: 'unit',
  ids: 'unit',
  kind: 'record',
  events,
  most: { parties: PARTIES_MAX, payers: PAYERS_MAX, merged: 200 },
  fold,
  finished: ({ withdrawn }) => withdrawn !== undefined,
};

const payerOf = (parties: readonly UnitLink[]) => parties.find(({ payer }) => payer)?.party;

/** Which units a party holds. */
export const holdingKey = (site: string, party: string, unit: string) => ({ pk: `party#${site}#${party}`, sk: unit });

export const publishUnit = ({ site, id, state }: Current<Unit>, before: Unit | undefined): Published => {
  const { parties, merged: _merged, withdrawn, owed: _, ...facts } = state as Unit;
  const entry = { unit: id, ...facts, holders: parties.length, payer: payerOf(parties) };
  // By its id it stays: bills of before may still be taken back.
  if (withdrawn)
    return { put: [{ ...unitIdKey(site, id), ...entry, withdrawn: true }], remove: [unitKey(site, facts)] };
  const known = (link: UnitLink) => (before?.parties ?? []).some((other) => sameLink(other, link));
  const elsewhere = before && unitKey(site, before).sk !== unitKey(site, facts).sk;
  const gone = (before?.parties ?? []).filter((link) => !parties.some(({ party }) => party === link.party));
  return {
    put: [
      { ...unitKey(site, facts), ...entry },
      { ...unitIdKey(site, id), ...entry },
      ...parties
        .filter((link) => !known(link))
        .map(({ party, ...link }) => ({ ...holdingKey(site, party, id), unit: id, ...link })),
    ],
    remove: [...(elsewhere ? [unitKey(site, before)] : []), ...gone.map(({ party }) => holdingKey(site, party, id))],
    absent: parties
      .filter(({ party }) => !before?.parties.some((other) => other.party === party))
      .map(({ party }) => goneKey(site, party)),
  };
};

const sameLink = (a: UnitLink, b: UnitLink) =>
  a.party === b.party && a.relation === b.relation && a.payer === b.payer && a.since === b.since;

const sameFacts = (a: UnitFacts, b: UnitFacts): boolean =>
  LEVELS.every((one) => a[one] === b[one]) && a.kind === b.kind && a.areaMicro === b.areaMicro && a.state === b.state;

/** @param holder the unit that has this place already, by the directory */
export const register = (
  state: Unit | undefined,
  facts: UnitFacts,
  holder: string | undefined,
): Decision<UnitEvent> => {
  if (state) return refuse('unit.already-there', { unit: holder ?? '' });
  return objection(facts, holder) ?? { events: [{ name: 'unit.registered', data: facts }] };
};

export const change = (state: Unit | undefined, facts: UnitFacts, holder: string | undefined): Decision<UnitEvent> => {
  if (!state) return notFound('unit');
  if (state.withdrawn) return refuse('unit.withdrawn');
  if (sameFacts(state, facts)) return { events: [] };
  return objection(facts, holder) ?? { events: [{ name: 'unit.changed', data: facts }] };
};

/** Fees are worked out from the area; only a parking space may have none. */
export const needsArea = ({ kind, areaMicro }: Pick<UnitFacts, 'kind' | 'areaMicro'>): boolean =>
  kind !== 'space' && areaMicro === 0;

const objection = (facts: UnitFacts, holder: string | undefined) => {
  if (holder !== undefined) return refuse('unit.already-there', { unit: holder });
  return needsArea(facts) ? refuse('unit.area-needed') : undefined;
};

/** Whether a day can be said of who holds or pays: from 1990 on, at most 366 days ahead. */
export const sayable = (day: Day, today: Day): boolean => day >= FIRST_DAY && day <= addDays(today, DAYS_AHEAD);

const unsayable = (day: Day | undefined, today: Day): Refusal | undefined =>
  day === undefined || sayable(day, today) ? undefined : refuse('unit.day-too-far', sayableDays(today));
export const sayableDays = (today: Day) => ({ from: FIRST_DAY, to: addDays(today, DAYS_AHEAD) });

/**
 * Sets what a party is to a unit; who pays from its day on replaces who paid then. A sale: the new owner, as payer,
 * since the day of the deed, be it past or to come.
 * @param today the site's; for who follows a payer without a day of their own
 */
export const link = (state: Unit | undefined, wanted: UnitLink, today: Day): Decision<UnitEvent> =>
  linkAll(state, [wanted], today);

/** Several parties in one step; at most one of them pays. */
export const linkAll = (state: Unit | undefined, wanted: readonly UnitLink[], today: Day): Decision<UnitEvent> => {
  if (!state) return notFound('unit');
  if (state.withdrawn) return refuse('unit.withdrawn');
  const fresh = wanted.filter(({ party }) => !state.parties.some((now) => now.party === party));
  if (state.parties.length + fresh.length > PARTIES_MAX) {
    return refuse('unit.too-many-parties', { max: PARTIES_MAX });
  }
  const wrong = wanted.flatMap(({ since }) => unsayable(since, today) ?? [])[0];
  if (wrong) return wrong;
  const newEvents: NewEvent<UnitEvent>[] = [];
  let unit = state;
  for (const one of wanted) {
    const now = unit.parties.find(({ party }) => party === one.party);
    if (now && sameLink(now, { ...one, since: one.since ?? now.since })) continue;
    const data = { ...one, since: one.since ?? sinceOf(unit, one, today) };
    newEvents.push({ name: 'unit.party-linked', data });
    unit = linked(unit, data);
  }
  return { events: newEvents };
};

/** Since when, where nobody says: a unit's first payer from the beginning, whoever pays already as before. */
const sinceOf = (unit: Unit, { party, payer }: UnitLink, today: Day): Day | undefined => {
  const paysAlready = paying(unit, party);
  if (payer) return paysAlready ? unit.payers.at(-1)?.from : unit.payers.length > 0 ? today : undefined;
  return paysAlready ? today : undefined;
};

/** @param until the first day on which they no longer hold it */
export const unlink = (state: Unit | undefined, party: string, until: Day, today: Day): Decision<UnitEvent> => {
  if (!state?.parties.some((l) => l.party === party)) return notFound(party);
  return unsayable(until, today) ?? { events: [{ name: 'unit.party-unlinked', data: { party, until } }] };
};

/** Whether anybody pays, or paid, for any day that can be said: their bills stand in an account. */
export const everPaid = ({ payers }: Unit): boolean =>
  payers.some(({ party }, i) => {
    const until = payers[i + 1]?.from;
    return party !== undefined && (until === undefined || until > FIRST_DAY);
  });
