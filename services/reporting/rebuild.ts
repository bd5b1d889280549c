import * as z from 'zod';
import { log } from '../../shared/log.ts';
import { inParallel } from '../../shared/many.ts';
import { monthOf } from '../../shared/month.ts';
import { Refusal } from '../../shared/refusal.ts';
import { cellOf } from './cell-store.ts';
import { compareBuilding, compareLevels, comparePosted, type Deps as Money, unsummed } from './collection/compare.ts';
import { postedOf } from './collection/items.ts';
import { compareDay, compareEvents, compareMonth, compareRoot, type Stores } from './compare.ts';
import type { Page } from './finding.ts';
import { JOURNALS } from './journal-store.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';
import { verdictsOf } from './row.ts';
import { samplePage } from './sample/pages.ts';
import { rowOf } from './store.ts';

/**
 * Recomputes every figure from the journals and compares it with what the streams counted. Every table's journals are walked
 * first: every row must know what their events teach, and every account must be posted. Then the rows: each must be exactly
 * what its journals say; and the days: each must be the sum of its rows, and each month that of its days. Then the money, building by building: each sum must
 * be that of its accounts' ledgers, and each site's that of its buildings. A step is one page, or one building, so that no
 * machine has to hold more.
 */
export const message = z.object({ rebuild: z.string(), step: z.number().int(), tries: z.number().int() });
export type StepMessage = z.output<typeof message>;
export type Send = (message: StepMessage, delaySeconds?: number) => Promise<void>;
/** Somebody has to look into it: what is counted isn't what the journals say, and nothing put it right. */
export type Alarm = (found: { rebuild: string; differences: number }) => Promise<void>;
export interface RebuildDeps extends Stores, Money {
  rebuilds: Rebuilds;
  send: Send;
  alarm: Alarm;
}

/** What a rebuild needs to begin. */
export interface Beginning {
  rebuilds: Rebuilds;
  send: Send;
}

/**
 * A rebuild is started, or told again that had been started before under the same id: whoever started it may have died
 * before saying so.
 * @returns the one that stands
 * @throws Refusal when it was asked for otherwise
 */
export const begin = async (
  { rebuilds, send }: Beginning,
  wanted: Pick<Rebuild, 'id' | 'repair' | 'startedAt' | 'asker' | 'body' | 'sample'>,
): Promise<Rebuild> => {
  const from = { status: 'running', step: 0, cursor: { pass: 0 }, events: 0, rows: 0, days: 0 } as const;
  const rebuild = await rebuilds.start({ ...wanted, ...from });
  if (rebuild.body !== wanted.body) throw new Refusal('conflict', 'request.key-reused');
  await rebuilds.list(rebuild);
  if (rebuild.step === 0) await send({ rebuild: rebuild.id, step: 0, tries: 0 });
  return rebuild;
};

const EVENTS_A_PAGE = 400;
const ITEMS_A_PAGE = 200;
/** Roots looked at side by side. */
const SIDE_BY_SIDE = 10;
/** What the streams have not brought yet is waited for, this often and this long (seconds), before it is a difference. */
const PATIENCE = 5;
const DELAY = 10;

/** Only events from before it began: later ones are the streams' business. */
const journalPage = async (deps: RebuildDeps, { cursor, startedAt }: Rebuild): Promise<Page> => {
  const { events, next } = await deps.journals.events(JOURNALS[cursor.pass]!, EVENTS_A_PAGE, cursor.after);
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
    next: next ? { pass: cursor.pass, after: next } : { pass: cursor.pass + 1 },
  };
};

const rowsPage = async (deps: RebuildDeps, { cursor }: Rebuild): Promise<Page> => {
  const { items, next } = await deps.rebuilds.items(ITEMS_A_PAGE, cursor.after);
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
  const after = next ? { pass: cursor.pass, after: next } : { pass: MONEY };
  return { findings, events: 0, rows: rows.length + accounts.length, days: days.length, next: after };
};

const daysOf = (row: Parameters<typeof verdictsOf>[0]) =>
  verdictsOf(row).map(({ day }) => ({ site: row.key.site, day }));

/** Days that have cases but no counts at all; a walk over the counts would never meet them. */
const uncounted = async ({ reporting }: RebuildDeps, days: readonly { site: string; day: string }[]) => {
  const distinct = [...new Map(days.map((one) => [`${one.site}#${one.day}`, one])).values()];
  const cells = await Promise.all(distinct.map(({ site, day }) => reporting.cell(site, 'day', day)));
  return distinct.filter((_, i) => cells[i] === undefined);
};

/** One building of one site; after the last, the site's own sums. */
const moneyPage = async (deps: RebuildDeps, { cursor }: Rebuild): Promise<Page> => {
  const nothing = { events: 0, rows: 0, days: 0 };
  const siteAfter = async (site?: string) => {
    const { items, more } = await deps.policies.list(1, site);
    return items[0] ? { pass: cursor.pass, after: { site: items[0].site, more } } : undefined;
  };
  if (!cursor.after) return { ...nothing, findings: [], next: await siteAfter() };
  const { site, building, more } = cursor.after as { site: string; building?: string; more: boolean };
  const next = await deps.collection.nextBuilding(site, building);
  if (next !== undefined) {
    const findings = await compareBuilding(deps, site, next);
    return { ...nothing, findings, next: { pass: cursor.pass, after: { site, building: next, more } } };
  }
  const findings = await compareLevels(deps, site);
  return { ...nothing, findings, next: more ? await siteAfter(site) : undefined };
};

/** Which pass comes when: each table's journals, then the rows and days, then the money. */
const ROWS = JOURNALS.length;
const MONEY = ROWS + 1;
const pageOf = (pass: number) => (pass < ROWS ? journalPage : pass === ROWS ? rowsPage : moneyPage);

/** At the end, before it is done: whoever dies in between rings again, never not at all. */
const ring = async ({ rebuilds, alarm }: RebuildDeps, rebuild: string) => {
  const { count } = await rebuilds.differences(rebuild, 0);
  if (count === 0) return;
  log('HY-REB-2', { rebuild, differences: count });
  await alarm({ rebuild, differences: count });
};

/**
 * One step. Done twice it does nothing more; died half-way it is done again; of two at once, one goes on.
 * @param redelivered the message was seen before: whoever had it may have died before passing the word on
 */
export const takeStep = async (deps: RebuildDeps, { rebuild, step, tries }: StepMessage, redelivered: boolean) => {
  const state = await deps.rebuilds.read(rebuild);
  if (state?.status !== 'running') return;
  if (redelivered && state.step === step + 1) return deps.send({ rebuild, step: state.step, tries: 0 });
  if (state.step !== step) return;
  const { sample } = state;
  const page = await (sample ? samplePage(deps, state, sample) : pageOf(state.cursor.pass)(deps, state));
  if (page.findings.length > 0 && tries < PATIENCE) return deps.send({ rebuild, step, tries: tries + 1 }, DELAY);
  await deps.rebuilds.note(
    rebuild,
    page.findings.map(({ difference }) => difference),
  );
  if (state.repair) for (const { repair } of page.findings) await repair();
  const { events, rows, days, next } = page;
  if (!next && !state.repair) await ring(deps, rebuild);
  const went = await deps.rebuilds.advance(state, next, { events, rows, days });
  log('HY-REB-1', { rebuild, step, differences: page.findings.length });
  if (went && next) await deps.send({ rebuild, step: step + 1, tries: 0 });
};
