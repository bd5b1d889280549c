import { isDeepStrictEqual } from 'node:util';
import { type UnitEntry, unitsById } from '../../../shared/directory/units.ts';
import { someoneWasFirst } from '../../../shared/journal/again.ts';
import { append } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { accountId, itemOf } from '../accounts/contract.ts';
import type { LeftOut, Priced } from '../tariffs/contract.ts';
import { type AlignDeps, type AlignTerms, alignPayers } from './align-work.ts';
import { type AccountEntry, RUN_ACTOR } from './bills.ts';
import { type ChargeDeps, chargePage } from './charge-work.ts';
import { closeSold } from './close-work.ts';
import { partDone } from './decide.ts';
import { unitsPageOf } from './page-store.ts';
import { partId, progress, type RunPart } from './part.ts';
import { type Planned, planFor, priceUnits } from './plan-store.ts';
import type { Run } from './run.ts';
import { billsOn, stretchesIn } from './store.ts';
import { totalsOf } from './tally.ts';

export interface PartDeps extends ChargeDeps, AlignDeps {
  clock: Clock;
}

/** Units priced and charged together. */
const PAGE = 100;
/** Pages a worker goes through before it hands on: a message's work stays short, and a crash repeats little. */
const PAGES = 10;

const entriesOf = (units: readonly UnitEntry[], priced: readonly Priced[]): AccountEntry[] =>
  units.flatMap(({ unit, ...place }, i) =>
    (priced[i] as Priced).payers.map(({ party, bills }) => ({
      account: accountId(unit, party),
      unit,
      party,
      building: buildingOf(place),
      bills,
    })),
  );

/**
 * A unit may have changed hands since its page was first read. Whoever hears of that sees the bills, or we see here that
 * it has happened: one of the two comes second.
 */
const alignMoved = async (deps: PartDeps, at: AlignTerms, units: readonly UnitEntry[]): Promise<void> => {
  const now = await unitsById(
    deps.directory,
    at.site,
    units.map(({ unit }) => unit),
  );
  for (const { unit, payers } of units) {
    const present = now.get(unit);
    if (present && !isDeepStrictEqual(present.payers, payers)) await alignPayers(deps, at, present);
  }
};

/**
 * In a later round a sale that nobody has told us of yet looks like days that nobody was billed for: units with something
 * new to charge are brought in line first, and what the buyer then has isn't charged again.
 */
const alignUntold = async (
  deps: PartDeps,
  at: AlignTerms & { run: string },
  units: readonly UnitEntry[],
  entries: readonly AccountEntry[],
): Promise<void> => {
  const known = await billsOn(deps.runs, at.site, at.run, entries);
  const isKnown = ({ account }: AccountEntry, bill: string) =>
    known.get(account)?.bills.some((one) => one.bill === bill);
  const fresh = entries.filter((entry) => entry.bills.some(({ bill }) => !isKnown(entry, bill)));
  const wanted = new Set(fresh.map(({ unit }) => unit));
  for (const unit of units) {
    const moved = unit.payers.some(({ from }) => from !== undefined);
    if (moved && wanted.has(unit.unit)) await alignPayers(deps, at, unit);
  }
};

/** A page of units: priced, charged, and what it came to by building. */
const billUnits = async (
  deps: PartDeps,
  planned: Planned,
  { run, round }: { run: string; round: number },
  units: readonly UnitEntry[],
) => {
  const priced = await priceUnits(deps, planned, units);
  const { site, context } = planned;
  const charging = { site, run, round, now: deps.clock(), context };
  const entries = entriesOf(units, priced);
  if (round > 1) await alignUntold(deps, charging, units, entries);
  const charged = await chargePage(deps, charging, entries);
  await closeSold(deps.accounts, charging, units);
  await alignMoved(deps, charging, units);
  const leftOut: LeftOut[] = [
    ...priced.flatMap((one) => one.leftOut),
    ...charged.flatMap(({ entry, elsewhere }) =>
      elsewhere.map(
        (bill): LeftOut => ({
          unit: entry.unit,
          item: itemOf(bill),
          reason: 'billed-before',
        }),
      ),
    ),
  ];
  const byBuilding = Map.groupBy(units, buildingOf);
  const buildings = [...byBuilding].map(([building, some]) => {
    const inIt = new Set(some.map(({ unit }) => unit));
    const bills = charged.flatMap((one) => (inIt.has(one.entry.unit) && one.bills ? [one.bills.bills] : []));
    const out = leftOut.filter(({ unit }) => inIt.has(unit));
    return { building, totals: totalsOf(some.length, bills, out) };
  });
  return { buildings, leftOut };
};

/** The run hears that a part is done. */
const tellDone = async ({ runs, clock }: PartDeps, site: string, part: RunPart): Promise<boolean> => {
  const { staff: by } = RUN_ACTOR;
  await execute(runs, { site, id: part.run, now: clock(), by, decide: (state) => partDone(state, part) });
  return false;
};

const stillOpen = (run: Run | undefined, part: number) => run?.status === 'charging' && run.open.includes(part);

/**
 * Goes on with a part of a run, page by page: prices, charges, and records how far it has come. A message is only a hint:
 * one too many, too late or twice at once finds what was done, and does nothing twice. Between two pages it looks whether
 * the run was cancelled.
 * @returns whether it is to be called again
 */
export const workOnPart = async (deps: PartDeps, site: string, run: string, part: number): Promise<boolean> => {
  const id = partId(run, part);
  let planned: Planned | undefined;
  for (let turn = 0; turn < PAGES; turn++) {
    const [{ state: of }, current] = await Promise.all([deps.runs.head(site, run), deps.parts.head(site, id)]);
    if (!of || !stillOpen(of, part)) return false;
    const known = current.state?.round === of.round ? current.state : undefined;
    if (known?.done) {
      return tellDone(deps, site, known);
    }
    planned ??= await planFor(deps, site, run, deps.clock());
    const stretch = known?.stretch ?? (await stretchesIn(deps, site, run, of.since))[part];
    if (!stretch) throw new Error(`${id} is no part of ${run}`);
    const { version } = current;
    const page = await unitsPageOf(deps, { site, part: id, version, stretch, after: known?.after, limit: PAGE });
    // Another worker has recorded the page, and is at the next.
    if (!page) continue;
    const { items, next } = page;
    const { round } = of;
    const done = await billUnits(deps, planned, { run, round }, items);
    const newEvents = progress(current.state, { run, part, round, stretch }, { after: next, ...done });
    const { events, next: after } = append(deps.parts.type, current, newEvents, deps.clock(), RUN_ACTOR.staff);
    try {
      await deps.parts.write({ next: after, from: current.version, events, personal: [] });
    } catch (error) {
      // Another worker goes through this part as well; whoever was first has recorded the page.
      if (!someoneWasFirst(error)) throw error;
      continue;
    }
    const { state } = after;
    if (state?.done) return tellDone(deps, site, state);
  }
  return true;
};
