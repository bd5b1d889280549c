import type { Directory, UnitEntry } from '../../../shared/directory/units.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt, type PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { localDay } from '../../../shared/time/clock.ts';
import type { Month } from '../../../shared/time/month.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import {
  type BillingPlan,
  type Discount,
  type Pool,
  type Priced,
  periodOfRun,
  planOf,
  planSpan,
  price,
} from '../tariffs/contract.ts';
import { discountsBetween, type Fees, poolsOf, readingsOf, scheduleBetween } from '../tariffs/contract-store.ts';
import { sharesIn } from './shares-store.ts';

export interface PlanDeps {
  fees: Fees;
  directory: Directory;
  policies: Policies;
}

/** Everything that holds for all units of a run; read once, good for as long as a worker goes through some pages. */
export interface Planned {
  site: string;
  run: string;
  context: PolicyContext;
  plan: BillingPlan;
  discounts: Map<string, Discount[]>;
  pools: Map<string, Pool[]>;
}

export const codesOf = (plan: BillingPlan, basis: 'metered' | 'shared') =>
  plan.due.filter(({ item }) => item.basis === basis).map(({ code }) => code);

/** What a run has to bill of any unit, by schedule and policy alone. */
export const scheduledFor = async ({ fees, policies }: PlanDeps, site: string, run: string, now: Instant) => {
  const period: Month = periodOfRun(run);
  const { from, to } = planSpan(period);
  const [context, versions] = await Promise.all([
    contextAt(policies, site, now),
    scheduleBetween(fees, site, from, to),
  ]);
  const { zone, policy } = context;
  const plan = planOf(versions, period, { today: localDay(now, zone), zone, dueDay: policy.dueDay });
  return { context, plan };
};

export const planFor = async (deps: PlanDeps, site: string, run: string, now: Instant): Promise<Planned> => {
  const { fees } = deps;
  const period: Month = periodOfRun(run);
  const { from, to } = planSpan(period);
  const [{ context, plan }, discounts] = await Promise.all([
    scheduledFor(deps, site, run, now),
    discountsBetween(fees, site, from, to),
  ]);
  const pools = await poolsOf(fees, site, period, codesOf(plan, 'shared'));
  return { site, run, context, plan, discounts, pools };
};

/** What each unit bears of each pool, by unit and item; worked out and frozen with the run. */
const frozenShares = async (
  { fees, directory }: Pick<PlanDeps, 'fees' | 'directory'>,
  { site, run, plan, pools }: Planned,
  units: readonly UnitEntry[],
): Promise<ReadingsAndShares['shares']> => {
  const found: ReadingsAndShares['shares'] = new Map();
  for (const due of plan.due.filter(({ code }) => pools.get(code)?.length)) {
    for (const building of new Set(units.map(buildingOf))) {
      const sharing = { site, run, due, pools: pools.get(due.code) ?? [] };
      for (const [unit, fen] of await sharesIn(fees, directory, sharing, building)) {
        found.set(unit, (found.get(unit) ?? new Map()).set(due.code, fen));
      }
    }
  }
  return found;
};

/** What is known of units besides the directory and the plan: readings, and shares of pools, by unit and item. */
export interface ReadingsAndShares {
  readings: Map<string, Map<string, number>>;
  shares: Map<string, Map<string, number>>;
}

/** Pure. */
export const priceKnown = (
  { plan, discounts }: Planned,
  units: readonly UnitEntry[],
  known: ReadingsAndShares,
): Priced[] =>
  units.map((unit) =>
    price(plan, unit, {
      discounts: discounts.get(unit.unit) ?? [],
      readings: known.readings.get(unit.unit) ?? new Map(),
      shares: known.shares.get(unit.unit) ?? new Map(),
    }),
  );

/** Prices some units with all that is known of them. */
export const priceUnits = async (
  deps: Pick<PlanDeps, 'fees' | 'directory'>,
  planned: Planned,
  units: readonly UnitEntry[],
): Promise<Priced[]> => {
  const { site, plan } = planned;
  const ids = units.map(({ unit }) => unit);
  const [readings, shares] = await Promise.all([
    readingsOf(deps.fees, site, plan.period, ids, codesOf(plan, 'metered')),
    frozenShares(deps, planned, units),
  ]);
  return priceKnown(planned, units, { readings, shares });
};
