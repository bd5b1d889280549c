import type { UnitEntry } from '../../../shared/directory/units.ts';
import type { Pool } from './metering.ts';
import { rateFor } from './pieces.ts';
import type { DueItem } from './plan.ts';
import { split } from './split.ts';

/** Of units, those that share an item's pools, each with the area by which it does. */
const sharers = ({ item }: DueItem, units: readonly UnitEntry[]): UnitEntry[] =>
  units.filter((unit) => rateFor(item, unit) !== undefined);

export const sharedArea = (due: DueItem, units: readonly UnitEntry[]): bigint =>
  sharers(due, units).reduce((sum, { areaMicro }) => sum + BigInt(areaMicro), 0n);

/**
 * What each building bears of a pool (fen), by the area of its units. A unit that can't be billed bears its share all the
 * same: it isn't put on the others.
 * @param areas of the pool's buildings
 */
export const byBuilding = (pool: Pool, areas: ReadonlyMap<string, bigint>, { item }: DueItem): Map<string, number> => {
  const buildings = [...pool.buildings].sort();
  const shares = split(
    pool.fen,
    buildings.map((building) => areas.get(building) ?? 0n),
    item.rounding,
  );
  return new Map(buildings.map((building, i) => [building, shares[i] as number]));
};

/** What each unit of a building bears of the building's part (fen); it adds up. @param units all of the building, in order */
export const byUnit = (fen: number, units: readonly UnitEntry[], due: DueItem): Map<string, number> => {
  const some = sharers(due, units);
  const shares = split(
    fen,
    some.map(({ areaMicro }) => BigInt(areaMicro)),
    due.item.rounding,
  );
  return new Map(some.map(({ unit }, i) => [unit, shares[i] as number]));
};
