import { type UnitEntry, unitKey } from '../../../../shared/directory/units.ts';
import type { Place } from '../../../../shared/values/place.ts';
import { knownKeys } from '../../party.ts';
import type { ImportContext, ReadRow } from '../importer.ts';
import { placesOf } from '../places.ts';
import { factsOf, type PartyRow } from './party-row.ts';

/** What is published of who is known. */
interface Known {
  party: string;
  digest: string;
}

/** A row with the unit it names and, where they are known already, the party. */
export interface FoundParty extends ReadRow<PartyRow> {
  entry: UnitEntry | undefined;
  known: { pk: string; sk: string }[];
  /** Rows of one person have the same. */
  who: string;
  party: Known | undefined;
  /** By which of the keys the party is known. */
  matched: ReadonlySet<string>;
  /** The contact ways are known as those of more than one. */
  several: boolean;
}

export const find = async (
  rows: readonly ReadRow<PartyRow>[],
  { registry, site }: ImportContext,
): Promise<FoundParty[]> => {
  const keys = rows.map(({ value }) => placesOf(value).map((place) => unitKey(site, place)));
  const units = await registry.publishedAll([...new Map(keys.flat().map((key) => [key.sk, key])).values()]);
  const entries = new Map(units.map((item) => [item.sk, item as unknown as UnitEntry]));
  const located = rows.map((row, i) => {
    const [entry] = (keys[i] ?? []).flatMap(({ sk }) => entries.get(sk) ?? []);
    return { ...row, entry, known: knownKeys(site, factsOf(row.value), entry?.unit) };
  });
  const people = await registry.publishedAll(located.flatMap(({ known }) => known));
  const parties = new Map(people.map((item) => [item.sk, item as unknown as Known]));
  return located.map((row) => {
    const all = row.known.flatMap(({ sk }) => parties.get(sk) ?? []);
    const party = all[0]?.party;
    return {
      ...row,
      who: row.known[0]?.sk ?? '',
      party: all[0],
      matched: new Set(row.known.flatMap(({ sk }) => (party && parties.get(sk)?.party === party ? [sk] : []))),
      several: new Set(all.map(({ party }) => party)).size > 1,
    };
  });
};

/** Where a row most likely means. */
export const likeliestPlace = (row: PartyRow): Place => placesOf(row)[0] as Place;
