import { buildingsOf, roomsOf, type UnitEntry, unitsKey } from '../../../shared/directory/units.ts';
import type { MessageKey } from '../../../shared/text/catalogue.ts';
import { buildingOf, type Place, roomOf, writePlace } from '../../../shared/values/place.ts';
import type { RowFault } from '../events.ts';
import type { ImportContext } from './importer.ts';

/** A row whose place isn't in the directory. */
interface Stranger {
  line: number;
  place: Place;
  kind?: UnitEntry['kind'] | undefined;
}

/** Units of one building that are read to look for whom a row could mean; a high-rise has fewer. */
const READ = 2_000;
const PAGE = 500;
/** Units that are named. */
const NAMED = 5;

const inBuilding = async ({ registry, site }: ImportContext, building: string): Promise<UnitEntry[]> => {
  const found: UnitEntry[] = [];
  let after: string | undefined;
  do {
    const page = await registry.publishedPage(unitsKey(site), PAGE, after, { prefix: roomsOf(building) });
    found.push(...(page.items as unknown as UnitEntry[]));
    after = page.next;
  } while (after !== undefined && found.length < READ);
  return found;
};

/** Whether two rooms are called the same, whatever is said of their entrances. */
const sameRoom = (a: Place, b: Place): boolean => {
  const [one, other] = [roomOf(a), roomOf(b)];
  return one.number === other.number && (!one.floor || !other.floor || one.floor === other.floor);
};
const hasEntrance = (place: Place): boolean => roomOf(place).entrance !== undefined;

/** What a place could be among the units of its building. */
const doubtOf = ({ place, kind = 'flat' }: Stranger, there: readonly UnitEntry[]): Doubt | undefined => {
  const same = there.filter((unit) => sameRoom(unit, place) && hasEntrance(unit) !== hasEntrance(place));
  if (same.length > 0)
    return { rule: hasEntrance(place) ? 'import.entrance-said' : 'import.entrance-unsaid', units: same };
  const homes = there.filter((unit) => unit.kind === 'flat' && hasEntrance(unit));
  return !hasEntrance(place) && kind === 'flat' && homes.length > 0
    ? { rule: 'import.entrance-needed', units: homes.slice(0, 1) }
    : undefined;
};
interface Doubt {
  rule: MessageKey;
  units: readonly UnitEntry[];
}

/** Of a building that isn't there: the same room of one that is, with its phase or without. */
const phaseDoubt = ({ place }: Stranger, there: readonly UnitEntry[]): Doubt | undefined => {
  const same = there.filter((unit) => sameRoom(unit, place) && roomOf(unit).entrance === roomOf(place).entrance);
  const rule = place.phase === undefined ? 'import.phase-unsaid' : 'import.phase-said';
  return same.length > 0 ? { rule, units: same } : undefined;
};

/**
 * Rows that aren't in the directory but could be a home that is: a sheet without 单元 beside homes with entrances would quietly make, or
 * mean, another one, and so one without 期 beside phases. Parking spaces and the like have no entrance, and are asked about only
 * where one is called the same. Reads the buildings of the rows, and the names of all where one isn't there.
 * @returns by line
 */
export const doubtsIn = async (rows: readonly Stranger[], context: ImportContext): Promise<Map<number, RowFault>> => {
  const { registry, site, placeFormat } = context;
  const doubts = new Map<number, RowFault>();
  let names: Promise<string[]> | undefined;
  for (const [building, some] of Map.groupBy(rows, ({ place }) => buildingOf(place))) {
    const there = await inBuilding(context, building);
    let elsewhere: UnitEntry[] = [];
    if (there.length === 0) {
      names ??= buildingsOf({ doc: registry.units.doc, registry: registry.units.own }, site);
      const phase = some[0]?.place.phase;
      const alike = (await names).filter((one) =>
        phase === undefined ? withoutPhase(one) === building : one === withoutPhase(building),
      );
      elsewhere = (await Promise.all(alike.map((one) => inBuilding(context, one)))).flat();
    }
    for (const stranger of some) {
      const doubt = there.length > 0 ? doubtOf(stranger, there) : phaseDoubt(stranger, elsewhere);
      if (!doubt) continue;
      const places = doubt.units.slice(0, NAMED).map((unit) => writePlace(unit, placeFormat));
      doubts.set(stranger.line, {
        line: stranger.line,
        field: 'number',
        rule: doubt.rule,
        details: { places: places.join('、') },
      });
    }
  }
  return doubts;
};
const withoutPhase = (building: string): string => building.slice(building.lastIndexOf('·') + 1);
