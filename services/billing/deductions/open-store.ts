import type { Current } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { calendarOf, rolled } from '../../../shared/time/calendar/calendar.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { lineOf } from './collect.ts';
import { openBatch } from './decide.ts';
import { type BatchLine, type Deduction, deductionId } from './deduction.ts';
import { type Deductions, held, mandated, putUnderWay, readUnderWay } from './store.ts';

/** Lines of one batch: what one transaction takes, fifty lines an event. */
const LINES_MAX = 2000;
/** Parts of one day at most: 40,000 mandates. */
const PARTS_MAX = 20;
/** Accounts read at once. */
const PAGE = 100;

export interface OpenDeps {
  deductions: Deductions;
  accounts: Accounts;
}
export interface Opening {
  site: string;
  /** The cut-off; also what makes it happen once. */
  day: Day;
  now: Instant;
  by: string;
  context: PolicyContext;
}

/** Goes through mandates after an account until a batch is full. */
const collect = async (
  { accounts }: OpenDeps,
  { site, day, context }: Opening,
  after: string | undefined,
  taken: ReadonlySet<string>,
) => {
  const by = rolled(day, calendarOf(context.zone));
  const lines: BatchLine[] = [];
  let last = after;
  let more = true;
  while (more && lines.length <= LINES_MAX - PAGE) {
    const page = await mandated(accounts, site, last, PAGE);
    for (const { id, state } of await accounts.heads(site, page.accounts)) {
      const line = taken.has(id) ? undefined : lineOf(id, state, by);
      if (line) lines.push({ ...line, line: lines.length + 1 });
    }
    last = page.accounts.at(-1) ?? last;
    more = page.more;
  }
  return { lines, last: last ?? '', more };
};

/**
 * Opens the batches of a site and day: each once, however often this is done or breaks off. What is due by the day is in
 * them, a due day on a holiday rolled as bills' are; an account that another batch still waits for isn't.
 * @returns the day's batches; none when nothing is to be deducted
 */
export const openBatches = async (deps: OpenDeps, opening: Opening): Promise<Current<Deduction>[]> => {
  const { site, day, now, by, context } = opening;
  const { deductions } = deps;
  const batches: Current<Deduction>[] = [];
  let after: string | undefined;
  for (let part = 1; part <= PARTS_MAX; part++) {
    const id = deductionId(site, day, part);
    const { current } = await execute(deductions, {
      site,
      id,
      now,
      by,
      // Anew for each try: another batch may have been opened meanwhile.
      read: async (state) => {
        if (state) return undefined;
        const known = await readUnderWay(deductions, site);
        const holding = await held(deps, site, known.batches);
        const batch = await collect(deps, opening, after, holding.accounts);
        return { batch, underWay: { v: known.v, batches: [...holding.batches, id] } };
      },
      decide: (state, found) =>
        found && found.batch.lines.length > 0 ? openBatch({ state, now, context }, { day, part, ...found.batch }) : [],
      extraItems: (_, found) => (found ? [putUnderWay(deductions, site, found.underWay)] : []),
    });
    if (!current.state) break;
    batches.push(current);
    if (!current.state.more) break;
    after = current.state.last;
  }
  return batches;
};
