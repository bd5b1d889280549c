import * as z from 'zod';
import { log } from '../../shared/log.ts';
import { compareDay, compareEvents, compareRoot, type Finding, type Stores } from './compare.ts';
import { type Cursor, type Done, JOURNALS, type Rebuild, type Rebuilds } from './rebuild-store.ts';
import { verdictsOf } from './row.ts';
import { cellOf, rowOf } from './store.ts';

/**
 * Recomputes every figure from the journals and compares it with what the streams counted. Three journals are walked
 * first: every row must know what their events teach. Then the rows: each must be exactly what its journals say; and the
 * days: each must be the sum of its rows. A step is one page, so that no machine has to hold more.
 */
export const message = z.object({ rebuild: z.string(), step: z.number().int(), tries: z.number().int() });
export type StepMessage = z.output<typeof message>;
export type Send = (message: StepMessage, delaySeconds?: number) => Promise<void>;
export interface RebuildDeps extends Stores {
  rebuilds: Rebuilds;
  send: Send;
}

const EVENTS_A_PAGE = 400;
const ITEMS_A_PAGE = 200;
/** Roots looked at side by side. */
const SIDE_BY_SIDE = 10;
/** What the streams have not brought yet is waited for, this often and this long (seconds), before it is a difference. */
const PATIENCE = 5;
const DELAY = 10;

interface Page extends Done {
  findings: Finding[];
  next: Cursor | undefined;
}

/** Only events from before it began: later ones are the streams' business. */
const journalPage = async (deps: RebuildDeps, { cursor, startedAt }: Rebuild): Promise<Page> => {
  const { events, next } = await deps.journals.events(JOURNALS[cursor.pass]!, EVENTS_A_PAGE, cursor.after);
  const earlier = events.filter(({ at }) => at <= startedAt);
  const bySite = Map.groupBy(earlier, ({ site }) => site);
  const findings = await Promise.all([...bySite].map(([site, some]) => compareEvents(deps, site, some)));
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
  const roots = new Map(rows.map(({ key: { site, root } }) => [`${site}#${root}`, { site, root }]));
  const checks = [...roots.values()].map(
    ({ site, root }) =>
      () =>
        compareRoot(deps, site, root),
  );
  for (const { site, day } of cells) checks.push(() => compareDay(deps, site, day));
  for (const { site, day } of await uncounted(deps, rows.flatMap(daysOf))) {
    checks.push(() => compareDay(deps, site, day));
  }
  const findings: Finding[] = [];
  for (let i = 0; i < checks.length; i += SIDE_BY_SIDE) {
    findings.push(...(await Promise.all(checks.slice(i, i + SIDE_BY_SIDE).map((check) => check()))).flat());
  }
  const after = next ? { pass: cursor.pass, after: next } : undefined;
  return { findings, events: 0, rows: rows.length, days: cells.length, next: after };
};

const daysOf = (row: Parameters<typeof verdictsOf>[0]) =>
  verdictsOf(row).map(({ day }) => ({ site: row.key.site, day }));

/** Days that have cases but no counts at all; a walk over the counts would never meet them. */
const uncounted = async ({ reporting }: RebuildDeps, days: readonly { site: string; day: string }[]) => {
  const distinct = [...new Map(days.map((one) => [`${one.site}#${one.day}`, one])).values()];
  const cells = await Promise.all(distinct.map(({ site, day }) => reporting.day(site, day)));
  return distinct.filter((_, i) => cells[i] === undefined);
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
  const page = await (state.cursor.pass < JOURNALS.length ? journalPage : rowsPage)(deps, state);
  if (page.findings.length > 0 && tries < PATIENCE) return deps.send({ rebuild, step, tries: tries + 1 }, DELAY);
  await deps.rebuilds.note(
    rebuild,
    page.findings.map(({ difference }) => difference),
  );
  if (state.repair) for (const { repair } of page.findings) await repair();
  const { events, rows, days, next } = page;
  const went = await deps.rebuilds.advance(state, next, { events, rows, days });
  log('HY-REB-1', { rebuild, step, differences: page.findings.length });
  if (went && next) await deps.send({ rebuild, step: step + 1, tries: 0 });
};
