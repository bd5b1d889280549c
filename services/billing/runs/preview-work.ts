import { type UnitEntry, unitsOf } from '../../../shared/directory/units.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { byBuilding, byUnit, type LeftOut, sharedArea } from '../tariffs/contract.ts';
import { allReadings } from '../tariffs/contract-store.ts';
import { codesOf, type PlanDeps, type Planned, planFor, priceKnown } from './plan-store.ts';
import { addTotals, NOTHING, type Totals, totalsOf } from './tally.ts';

/** Units read at once: as many as a page of a megabyte holds, of long entries fewer. */
const PAGE = 4_000;
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

/**
 * What a run would bill if it were issued now, and what it would leave out and why; writes nothing. Units and readings are
 * read by whole pages side by side: however many buildings a site has, nothing is read building by building.
 */
export const preview = async (deps: PlanDeps, site: string, run: string, now: Instant): Promise<Preview> => {
  const planning = planFor(deps, site, run, now);
  const reading = planning.then(({ plan }) =>
    codesOf(plan, 'metered').length > 0 ? allReadings(deps.fees, site, plan.period) : new Map<string, never>(),
  );
  const [planned, units, readings] = await Promise.all([planning, allUnits(deps, site), reading]);
  const known = { readings, shares: presentShares(planned, units) };
  const buildings: Preview['buildings'] = [];
  const leftOut: LeftOut[] = [];
  for (const [building, some] of Map.groupBy(units, buildingOf)) {
    const priced = priceKnown(planned, some, known);
    const out = priced.flatMap((one) => one.leftOut);
    const bills = priced.flatMap(({ payers }) => payers.map((payer) => payer.bills));
    buildings.push({ building, totals: totalsOf(some.length, bills, out) });
    leftOut.push(...out);
  }
  return { buildings, leftOut, totals: buildings.reduce((sum, one) => addTotals(sum, one.totals), NOTHING) };
};
