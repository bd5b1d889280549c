import type { Happening, Recorded } from '../../shared/events.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import { notFound, refuse } from '../../shared/refusal.ts';
import type { RELATIONS, UNIT_KINDS, UNIT_STATES } from './events.ts';
import { unitChanged, unitPartyLinked, unitPartyUnlinked, unitRegistered } from './events.ts';

const events = [unitRegistered, unitChanged, unitPartyLinked, unitPartyUnlinked] as const;
export type UnitEvent = (typeof events)[number];

export interface UnitFacts {
  building: string;
  number: string;
  kind: (typeof UNIT_KINDS)[number];
  /** Integer millionths of a square metre (mm²); see `shared/area.ts`. */
  areaMicro: number;
  state: (typeof UNIT_STATES)[number];
}
export interface Link {
  party: string;
  relation: (typeof RELATIONS)[number];
  payer: boolean;
}
/** What fees attach to (房屋). */
export interface Unit extends UnitFacts {
  parties: Link[];
  owed: [];
}

/** Parties a unit may have at once. */
export const PARTIES_MAX = 30;

const fold = (state: Unit | undefined, event: Recorded<UnitEvent>): Unit => {
  if (event.name === 'unit.registered') return { ...event.data, parties: [], owed: [] };
  if (!state) throw new Error(`${event.id} stands before the registration`);
  if (event.name === 'unit.changed') return { ...state, ...event.data };
  const others = state.parties.filter(({ party }) => party !== event.data.party);
  if (event.name === 'unit.party-unlinked') return { ...state, parties: others };
  const link = event.data;
  return { ...state, parties: [...others.map((other) => (link.payer ? { ...other, payer: false } : other)), link] };
};

export const unitType: AggregateType<Unit, UnitEvent> = {
  type: 'unit',
  ids: 'unit',
  kind: 'record',
  events,
  fold,
  finished: () => false,
};

const payerOf = (parties: readonly Link[]) => parties.find(({ payer }) => payer)?.party;

/** A unit as the directory has it. */
export interface UnitEntry extends UnitFacts {
  unit: string;
  holders: number;
  payer?: string;
}
/** The directory of a site's units: in order of building and number, and the reason why no two have the same. */
export const unitKey = (site: string, { building, number }: Pick<UnitFacts, 'building' | 'number'>) => ({
  pk: `units#${site}`,
  sk: `${building}\u001f${number}`,
});
/** Which units a party holds. */
export const holdingKey = (site: string, party: string, unit: string) => ({ pk: `party#${site}#${party}`, sk: unit });

export const publishUnit = ({ site, id, state }: Current<Unit>, before: Unit | undefined): Published => {
  const { parties, owed: _, ...facts } = state as Unit;
  const known = (links: readonly Link[], link: Link) =>
    links.some((l) => l.party === link.party && l.relation === link.relation && l.payer === link.payer);
  const moved = before && (before.building !== facts.building || before.number !== facts.number);
  const gone = (before?.parties ?? []).filter((link) => !parties.some(({ party }) => party === link.party));
  return {
    put: [
      { ...unitKey(site, facts), unit: id, ...facts, holders: parties.length, payer: payerOf(parties) },
      ...parties
        .filter((link) => !known(before?.parties ?? [], link))
        .map((link) => ({ ...holdingKey(site, link.party, id), unit: id, relation: link.relation, payer: link.payer })),
    ],
    remove: [...(moved ? [unitKey(site, before)] : []), ...gone.map(({ party }) => holdingKey(site, party, id))],
  };
};

export const sameFacts = (a: UnitFacts, b: UnitFacts): boolean =>
  a.building === b.building &&
  a.number === b.number &&
  a.kind === b.kind &&
  a.areaMicro === b.areaMicro &&
  a.state === b.state;

/** @param holder the unit that has this building and number already, by the directory */
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
  if (sameFacts(state, facts)) return { events: [] };
  return objection(facts, holder) ?? { events: [{ name: 'unit.changed', data: facts }] };
};

/** Fees are worked out from the area; only a parking space may have none. */
export const needsArea = ({ kind, areaMicro }: UnitFacts): boolean => kind !== 'space' && areaMicro === 0;

const objection = (facts: UnitFacts, holder: string | undefined) => {
  if (holder !== undefined) return refuse('unit.already-there', { unit: holder });
  return needsArea(facts) ? refuse('unit.area-needed') : undefined;
};

/** Sets what a party is to a unit; who pays from now on replaces who paid before. */
export const link = (state: Unit | undefined, wanted: Link): Decision<UnitEvent> => linkAll(state, [wanted]);

/** Several parties in one step; at most one of them pays. */
export const linkAll = (state: Unit | undefined, wanted: readonly Link[]): Decision<UnitEvent> => {
  if (!state) return notFound('unit');
  const fresh = wanted.filter(({ party }) => !state.parties.some((now) => now.party === party));
  if (state.parties.length + fresh.length > PARTIES_MAX) {
    return refuse('unit.too-many-parties', { max: PARTIES_MAX });
  }
  const changed = wanted.filter(({ party, relation, payer }) => {
    const now = state.parties.find((l) => l.party === party);
    return now?.relation !== relation || now.payer !== payer;
  });
  return { events: changed.map((data): Happening<UnitEvent> => ({ name: 'unit.party-linked', data })) };
};

export const unlink = (state: Unit | undefined, party: string): Decision<UnitEvent> => {
  if (!state?.parties.some((l) => l.party === party)) return notFound(party);
  return { events: [{ name: 'unit.party-unlinked', data: { party } }] };
};
