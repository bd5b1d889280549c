import type { Instant } from '../../../shared/clock.ts';
import { buildingOf } from '../../../shared/place.ts';
import { type UnitEntry, unitsOf } from '../../../shared/units.ts';
import { byBuilding, byUnit, sharedArea } from '../fees/pools.ts';
import type { LeftOut } from '../fees/price.ts';
import { type PlanDeps, type Planned, planFor, priceUnits, type Shares } from './plan-store.ts';
import { addTotals, NOTHING, type Totals, totalsOf } from './tally.ts';

/** Units read at once. */
const PAGE = 1_000;
/** More than any site has. */
export const UNITS_MAX = 200_000;

/** Every unit of a site, by building and number. */
export const allUnits = async ({ directory }: Pick<PlanDeps, 'directory'>, site: string): Promise<UnitEntry[]> => {
  const units: UnitEntry[] = [];
  for (let after: string | undefined, more = true; more && units.length <= UNITS_MAX; more = after !== undefined) {
    const page = await unitsOf(directory, site, { after, limit: PAGE });
    units.push(...page.items);
    after = page.next;
  }
  return units;
};

/** What each unit bears of each pool, as the directory now is; nothing is kept. */
const presentShares = ({ plan, pools }: Planned, units: readonly UnitEntry[]): Map<string, Map<string, number>> => {
  const buildings = Map.groupBy(units, buildingOf);
  const found = new Map<string, Map<string, number>>();
  for (const due of plan.due) {
    for (const pool of pools.get(due.code) ?? []) {
      const areas = new Map(pool.buildings.map((one) => [one, sharedArea(due, buildings.get(one) ?? [])]));
      for (const [building, fen] of byBuilding(pool, areas, due)) {
        for (const [unit, share] of byUnit(fen, buildings.get(building) ?? [], due)) {
          found.set(unit, (found.get(unit) ?? new Map()).set(due.code, share));
        }
      }
    }
  }
  return found;
};

export interface Preview {
  totals: Totals;
  /** In the order of the directory. */
  buildings: { building: string; totals: Totals }[];
  leftOut: LeftOut[];
}

/** What a run would bill if it were issued now, and what it would leave out and why; writes nothing. */
export const preview = async (deps: PlanDeps, site: string, run: string, now: Instant): Promise<Preview> => {
  const [planned, units] = await Promise.all([planFor(deps, site, run, now), allUnits(deps, site)]);
  const borne = presentShares(planned, units);
  const shares: Shares = () => Promise.resolve(borne);
  const buildings: Preview['buildings'] = [];
  const leftOut: LeftOut[] = [];
  for (const [building, some] of Map.groupBy(units, buildingOf)) {
    const priced = await priceUnits(deps, planned, some, shares);
    const out = priced.flatMap((one) => one.leftOut);
    const bills = priced.flatMap(({ payers }) => payers.map((payer) => payer.bills));
    buildings.push({ building, totals: totalsOf(some.length, bills, out) });
    leftOut.push(...out);
  }
  return { buildings, leftOut, totals: buildings.reduce((sum, one) => addTotals(sum, one.totals), NOTHING) };
};
