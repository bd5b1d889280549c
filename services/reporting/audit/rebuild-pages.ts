import { inParallel } from '../../../shared/aws/many.ts';
import { monthOf } from '../../../shared/time/month.ts';
import { postedOf } from '../collections/contract.ts';
import { caseOutcomesOf } from '../figures/contract.ts';
import { cellOf, rowOf, type StartKey } from '../figures/contract-store.ts';
import { compareDay, compareEvents, compareMonth, compareRoot, type Stores } from './compare.ts';
import { compareBuilding, compareLevels, comparePosted, type Deps as Money, unsummed } from './compare-money.ts';
import type { RebuildPage } from './finding.ts';
import { type SamplePlace, samplePage } from './nightly/pages.ts';
import type { RebuildChain, RebuildTask } from './rebuild-chains-store.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';

export interface PageDeps extends Stores, Money {
  rebuilds: Rebuilds;
}

const EVENTS_A_PAGE = 400;
const ITEMS_A_PAGE = 200;
/** Roots looked at side by side. */
const SIDE_BY_SIDE = 10;
type Of<P extends RebuildTask['pass']> = Extract<RebuildTask, { pass: P }>;

/** Only events from before it began: later ones are the streams' business. */
const journalPage = async (
  deps: PageDeps,
  { table, slice }: Of<'journals'>,
  { startedAt }: Rebuild,
  from: StartKey | undefined,
): Promise<RebuildPage> => {
  const { events, next } = await deps.journals.events(table, EVENTS_A_PAGE, from, slice);
  const earlier = events.filter(({ at }) => at <= startedAt);
  const bySite = Map.groupBy(earlier, ({ site }) => site);
  const findings = await Promise.all(
    [...bySite].flatMap(([site, some]) => [compareEvents(deps, site, some), comparePosted(deps, site, some)]),
  );
  return {
    findings: findings.flat(),
    events: earlier.length,
    rows: 0,
    days: 0,
    next,
  };
};

const rowsPage = async (deps: PageDeps, { slice }: Of<'rows'>, from: StartKey | undefined): Promise<RebuildPage> => {
  const { items, next } = await deps.rebuilds.items(ITEMS_A_PAGE, from, slice);
  const rows = items.flatMap((item) => rowOf(item) ?? []);
  const cells = items.flatMap((item) => cellOf(item) ?? []);
  const accounts = items.flatMap((item) => postedOf(item) ?? []);
  const roots = new Map(rows.map(({ key: { site, root } }) => [`${site}#${root}`, { site, root }]));
  const checks = [...roots.values()].map(
    ({ site, root }) =>
      () =>
        compareRoot(deps, site, root),
  );
  const days = cells.filter(({ grain }) => grain === 'day');
  for (const { site, day } of [...days, ...(await uncounted(deps, rows.flatMap(daysOf)))]) {
    checks.push(() => compareDay(deps, site, day));
  }
  const months = new Map(cells.map(({ site, day }) => [`${site}#${monthOf(day)}`, { site, day }]));
  for (const { site, day } of months.values()) checks.push(() => compareMonth(deps, site, day));
  for (const { site, building } of await unsummed(deps, accounts)) {
    checks.push(() => compareBuilding(deps, site, building));
  }
  const findings = (await inParallel(checks, SIDE_BY_SIDE, (check) => check())).flat();
  return { findings, events: 0, rows: rows.length + accounts.length, days: days.length, next };
};

const daysOf = (row: Parameters<typeof caseOutcomesOf>[0]) =>
  caseOutcomesOf(row).map(({ day }) => ({ site: row.key.site, day }));

/** Days that have cases but no counts at all; a walk over the counts would never meet them. */
const uncounted = async ({ reporting }: PageDeps, days: readonly { site: string; day: string }[]) => {
  const distinct = [...new Map(days.map((one) => [`${one.site}#${one.day}`, one])).values()];
  const cells = await Promise.all(distinct.map(({ site, day }) => reporting.cell(site, 'day', day)));
  return distinct.filter((_, i) => cells[i] === undefined);
};

/** One building of a site; after the last, the site's own sums. */
const moneyPage = async (deps: PageDeps, site: string, from: StartKey | undefined): Promise<RebuildPage> => {
  const nothing = { events: 0, rows: 0, days: 0 };
  const building = await deps.collection.nextBuilding(site, from?.building as string | undefined);
  if (building === undefined) return { ...nothing, findings: await compareLevels(deps, site), next: undefined };
  return { ...nothing, findings: await compareBuilding(deps, site, building), next: { building } };
};

/** What the next step of a chain looks at and finds. */
export const rebuildPageOf = (
  deps: PageDeps,
  rebuild: Rebuild,
  { task, after }: RebuildChain,
): Promise<RebuildPage> => {
  if (task.pass === 'journals') return journalPage(deps, task, rebuild, after);
  if (task.pass === 'rows') return rowsPage(deps, task, after);
  return task.pass === 'money'
    ? moneyPage(deps, task.site, after)
    : samplePage(deps, rebuild, task.site, after as SamplePlace | undefined);
};
