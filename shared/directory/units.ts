import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item } from '../aws/many.ts';
import type { SiteFacts } from '../policy/policy.ts';
import type { Day } from '../time/clock.ts';
import { buildingOf, LEVELS, type Place, roomKey, writePlace } from '../values/place.ts';

/** Kinds of units (住宅、别墅、商铺、办公、车位、储藏室): fees are told apart by them. */
export const UNIT_KINDS = ['flat', 'villa', 'shop', 'office', 'space', 'storage'] as const;
export const UNIT_STATES = ['occupied', 'vacant', 'developer-held'] as const;

export interface UnitFacts extends Place {
  kind: (typeof UNIT_KINDS)[number];
  /** Integer millionths of a square metre (mm²); see `area.ts`. */
  areaMicro: number;
  state: (typeof UNIT_STATES)[number];
}

/** Who pays from a site-local day on, until the next of the timeline does. */
export interface UnitPayer {
  /** Absent: nobody pays from that day on. */
  party?: string | undefined;
  /** Absent on the first alone: from the beginning. */
  from?: Day | undefined;
  /** On the first alone, of a long timeline: who paid before it is no longer kept. */
  cut?: true | undefined;
}

/** A unit as the registry publishes it: under its place, and under its id. */
export interface UnitEntry extends UnitFacts {
  unit: string;
  /** Parties that hold it. */
  holders: number;
  /** The last of `payers`: who pays now, or from the day there on where that is still to come. */
  payer?: string;
  /** Entered by mistake: nothing new is said of it. */
  withdrawn?: true;
  /** Oldest first; the 24 newest. */
  payers: UnitPayer[];
}

/** Where a unit is, by its levels. */
export const levelsOf = (unit: Place): Place =>
  Object.fromEntries(LEVELS.flatMap((one) => (unit[one] === undefined ? [] : [[one, unit[one]]]))) as unknown as Place;

/** Where a unit is, by its levels and as the site writes it; nothing where it isn't in the directory. */
const placeOf = (
  unit: (Place & { kind?: string | undefined }) | undefined,
  format: string | undefined,
): Partial<Place> & { place?: string } => (unit ? { ...levelsOf(unit), place: writePlace(unit, format) } : {});

/** Who pays on a site-local day; `undefined` when nobody does (or it lies before the timeline kept). */
export const payerOn = (payers: readonly UnitPayer[], day: Day): string | undefined =>
  payers.findLast(({ from }) => from === undefined || from <= day)?.party;

/** Stands between building and room, and in neither: labels have no control characters. */
const SEPARATOR = '\u001f';
/** The least that sorts after everything of a building: the character after the separator. */
const AFTER_BUILDING = ' ';

/** The directory of a site's units: in order of building and room, and the reason why no two have the same place. */
export const unitKey = (site: string, place: Place) => ({
  pk: unitsKey(site),
  sk: roomsOf(buildingOf(place)) + roomKey(place),
});
export const unitsKey = (site: string) => `units#${site}`;
/** What the keys of a building's units begin with. */
export const roomsOf = (building: string) => building + SEPARATOR;
export const unitIdKey = (site: string, unit: string) => ({ pk: `unitid#${site}`, sk: unit });

/** Where the registry publishes. */
export interface Directory {
  doc: DynamoDBDocumentClient;
  /** Its table. */
  registry: string;
}

const entryOf = ({ pk: _pk, sk: _sk, of: _of, ...entry }: Item) => entry as unknown as UnitEntry;

/**
 * A page of a site's units, or of one of its buildings (see `buildingOf`), by building and room; read consistently, because bills are
 * worked out from it. `next` is absent on the last page, which may be empty.
 * @param after the `next` of the page before
 */
export const unitsOf = async (
  { doc, registry }: Directory,
  site: string,
  { building, after, limit }: { building?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: UnitEntry[]; next?: string }> => {
  const pk = unitsKey(site);
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: registry,
      KeyConditionExpression: building === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :building)',
      ExpressionAttributeValues: { ':pk': pk, ...(building === undefined ? {} : { ':building': roomsOf(building) }) },
      ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  const items = (Items as Item[]).map(entryOf);
  return { items, ...(LastEvaluatedKey ? { next: LastEvaluatedKey.sk as string } : {}) };
};

/**
 * A page of a stretch of a site's directory: the units of its first building, of its last, and of all between; like
 * `unitsOf`.
 */
export const unitsBetween = async (
  { doc, registry }: Directory,
  site: string,
  { first, last, after, limit }: { first: string; last: string; after?: string | undefined; limit: number },
): Promise<{ items: UnitEntry[]; next?: string }> => {
  const pk = unitsKey(site);
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: registry,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
      ExpressionAttributeValues: { ':pk': pk, ':from': roomsOf(first), ':until': last + AFTER_BUILDING },
      ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  const items = (Items as Item[]).map(entryOf);
  return { items, ...(LastEvaluatedKey ? { next: LastEvaluatedKey.sk as string } : {}) };
};

/**
 * A site's buildings, each once, in order: one read a building, however many units it has.
 * @param after the last of those before, when there were `limit`
 */
export const buildingsOf = async (
  { doc, registry }: Directory,
  site: string,
  { after, limit = 1_000 }: { after?: string | undefined; limit?: number } = {},
): Promise<string[]> => {
  const found: string[] = [];
  for (let last = after; found.length < limit; ) {
    const { Items = [] } = await doc.send(
      new QueryCommand({
        TableName: registry,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: {
          ':pk': unitsKey(site),
          ':after': last === undefined ? AFTER_BUILDING : last + AFTER_BUILDING,
        },
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    if (!Items[0]) break;
    last = buildingOf(Items[0] as UnitFacts & Item);
    found.push(last);
  }
  return found;
};

/** One unit by its id, as it is now. */
export const unitById = async (
  { doc, registry }: Directory,
  site: string,
  unit: string,
): Promise<UnitEntry | undefined> => {
  const { Item } = await doc.send(
    new GetCommand({ TableName: registry, Key: unitIdKey(site, unit), ConsistentRead: true }),
  );
  return Item && entryOf(Item as Item);
};

/** Many units by their ids; those that aren't there are left out. */
export const unitsById = async (
  { doc, registry }: Directory,
  site: string,
  units: readonly string[],
  how?: { consistent: boolean },
): Promise<Map<string, UnitEntry>> => {
  const keys = units.map((unit) => unitIdKey(site, unit));
  const items = await getAll({ doc, table: registry }, keys, how);
  return new Map(items.map((item) => [item.sk, entryOf(item)]));
};

/**
 * Items of units with where each unit is, as people know it: ids alone tell nobody anything.
 */
export const placed = async <T extends { unit: string }>(
  directory: Directory,
  { site, placeFormat }: Pick<SiteFacts, 'site' | 'placeFormat'>,
  items: readonly T[],
): Promise<(T & Partial<Place> & { place?: string })[]> => {
  const units = await unitsById(
    directory,
    site,
    items.map(({ unit }) => unit),
  );
  return items.map((item) => ({ ...item, ...placeOf(units.get(item.unit), placeFormat) }));
};
